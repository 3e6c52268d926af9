package glimpse.http;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Decodes base64 while it is read, so that a picture of 10 MB in a body is never in memory as a text. Takes both
 * alphabets, line breaks, the escapes of a JSON string, and the {@code data:…;base64,} in front that browsers make.
 */
public final class Base64Field {
    private static final int LONGEST_PREFIX = 200;

    private Base64Field() {}

    /**
     * The bytes that a text stands for.
     *
     * @param text positioned at the first character; ends at a quotation mark, or with the stream
     */
    public static InputStream decoder(InputStream text) throws IOException {
        BufferedInputStream in = new BufferedInputStream(text);
        in.mark(LONGEST_PREFIX + 1);
        byte[] start = in.readNBytes(LONGEST_PREFIX);
        in.reset();
        int comma = prefixEnd(start);
        if (comma > 0) {
            in.skipNBytes(comma + 1L);
        }
        return Base64.getDecoder().wrap(new Alphabet(in));
    }

    private static int prefixEnd(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return text.startsWith("data:") ? text.indexOf(',') : -1;
    }

    private static final class Alphabet extends FilterInputStream {
        Alphabet(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            while (true) {
                int c = in.read();
                switch (c) {
                    case -1, '"' -> {
                        return -1;
                    }
                    case '-' -> {
                        return '+';
                    }
                    case '_' -> {
                        return '/';
                    }
                    case ' ', '\t', '\r', '\n' -> {}
                    case '\\' -> {
                        int escaped = in.read();
                        if (escaped == '/') {
                            return '/';
                        }
                        if (escaped != 'n' && escaped != 'r' && escaped != 't') {
                            throw new IOException("an escape that base64 has no use for");
                        }
                    }
                    default -> {
                        return c;
                    }
                }
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = 0;
            while (count < length) {
                int c = read();
                if (c < 0) {
                    return count == 0 ? -1 : count;
                }
                buffer[offset + count++] = (byte) c;
            }
            return count;
        }
    }
}
