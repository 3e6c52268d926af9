package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts a manifest store at the end of a WebP file, in place of any that is there. */
final class WebpEmbedder {
    private static final int SIZE_AT = 4;

    private WebpEmbedder() {}

    /** The file without its store. */
    static byte[] stripped(byte[] webp) {
        ByteBuffer in = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream out = new ByteArrayOutputStream(webp.length);
        out.write(webp, 0, WebpLocator.FIRST_CHUNK);
        int end = Math.min(webp.length, WebpLocator.HEADER + in.getInt(SIZE_AT));
        for (int position = WebpLocator.FIRST_CHUNK; position < end; ) {
            int length = in.getInt(position + 4);
            int next = Math.min(end, position + WebpLocator.HEADER + length + length % 2);
            if (length < 0 || next <= position) {
                throw new IllegalArgumentException("no WebP");
            }
            if (!new String(webp, position, 4, ISO_8859_1).equals(WebpLocator.CHUNK)) {
                out.write(webp, position, next - position);
            }
            position = next;
        }
        if (out.size() % 2 != 0) {
            out.write(0); // the padding of the last chunk, which some leave out
        }
        return sized(out.toByteArray());
    }

    /** The file with a store, which has to be of even length: then nothing follows it. */
    static byte[] embed(byte[] stripped, byte[] store) {
        if (store.length % 2 != 0) {
            throw new IllegalArgumentException("a store of odd length");
        }
        ByteBuffer out = ByteBuffer.allocate(stripped.length + WebpLocator.HEADER + store.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(stripped)
                .put(WebpLocator.CHUNK.getBytes(ISO_8859_1))
                .putInt(store.length)
                .put(store);
        return sized(out.array());
    }

    private static byte[] sized(byte[] webp) {
        ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(SIZE_AT, webp.length - WebpLocator.HEADER);
        return webp;
    }
}
