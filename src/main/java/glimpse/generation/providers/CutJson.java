package glimpse.generation.providers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON in a file, with a mark in place of each long text: a picture in base64 stays on disk, however many there are at
 * the same time.
 *
 * @param json small enough for memory
 * @param offsets where each long text begins in the file, by the number in its mark
 */
record CutJson(byte[] json, List<Long> offsets) {
    private static final int LONGEST_KEPT = 16 << 10; // bytes
    private static final int LARGEST = 512 << 10; // bytes, after the cut
    private static final char MARK = 0;

    /** @throws IOException also when there is too much of it apart from long texts */
    static CutJson of(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new Cutting(in).cut();
        }
    }

    /** Where a long text begins, if this value stands for one. */
    @Nullable
    Long offset(String value) {
        if (value.isEmpty() || value.charAt(0) != MARK) {
            return null;
        }
        try {
            return offsets.get(Integer.parseInt(value.substring(1)));
        } catch (NumberFormatException | IndexOutOfBoundsException notOurs) {
            return null;
        }
    }

    private static final class Cutting {
        private final InputStream in;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final List<Long> offsets = new ArrayList<>();
        private long position;

        Cutting(InputStream in) {
            this.in = in;
        }

        CutJson cut() throws IOException {
            for (int c = next(); c >= 0; c = next()) {
                out.write(c);
                if (c == '"') {
                    text();
                }
                if (out.size() > LARGEST) {
                    throw new IOException("too much JSON");
                }
            }
            return new CutJson(out.toByteArray(), List.copyOf(offsets));
        }

        private void text() throws IOException {
            long start = position;
            text.reset();
            for (int c = next(); c >= 0; c = next()) {
                if (c == '"') {
                    end(start);
                    return;
                }
                keep(c);
                if (c == '\\') {
                    keep(next());
                }
            }
        }

        private void keep(int c) {
            if (c >= 0 && text.size() <= LONGEST_KEPT) {
                text.write(c);
            }
        }

        private void end(long start) {
            if (text.size() <= LONGEST_KEPT) {
                out.writeBytes(text.toByteArray());
            } else {
                out.writeBytes(("\\u0000" + offsets.size()).getBytes(StandardCharsets.US_ASCII));
                offsets.add(start);
            }
            out.write('"');
        }

        private int next() throws IOException {
            position++;
            return in.read();
        }
    }
}
