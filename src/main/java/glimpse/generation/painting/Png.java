package glimpse.generation.painting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * A PNG (W3C PNG, third edition) whose pixels are stored and not compressed: the bytes of zlib differ between its
 * versions and builds, grain hardly compresses, and whoever takes the picture encodes it anew.
 */
final class Png {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int STORED_BLOCK = 0xffff; // RFC 1951, section 3.2.4

    private Png() {}

    /** Of RGB, each row after a byte of zero, PNG's filter "none". */
    static byte[] of(int width, int height, byte[] rows) {
        int blocks = (rows.length + STORED_BLOCK - 1) / STORED_BLOCK;
        int zlib = 2 + blocks * 5 + rows.length + 4;
        ByteBuffer png = ByteBuffer.allocate(8 + (12 + 13) + (12 + zlib) + 12);
        png.putLong(SIGNATURE);
        begin(png, "IHDR", 13);
        png.putInt(width).putInt(height).put((byte) 8).put((byte) 2).put(new byte[3]);
        end(png, 13);
        begin(png, "IDAT", zlib);
        png.putShort((short) 0x7801);
        for (int from = 0; from < rows.length; from += STORED_BLOCK) {
            int length = Math.min(STORED_BLOCK, rows.length - from);
            png.put((byte) (from + length == rows.length ? 1 : 0));
            png.putShort(Short.reverseBytes((short) length)).putShort(Short.reverseBytes((short) ~length));
            png.put(rows, from, length);
        }
        Adler32 sum = new Adler32();
        sum.update(rows);
        png.putInt((int) sum.getValue());
        end(png, zlib);
        begin(png, "IEND", 0);
        end(png, 0);
        return png.array();
    }

    private static void begin(ByteBuffer png, String type, int length) {
        png.putInt(length).put(type.getBytes(ISO_8859_1));
    }

    /** The checksum of the chunk's type and of what was written after it. */
    private static void end(ByteBuffer png, int length) {
        CRC32 sum = new CRC32();
        sum.update(png.slice(png.position() - length - 4, length + 4));
        png.putInt((int) sum.getValue());
    }
}
