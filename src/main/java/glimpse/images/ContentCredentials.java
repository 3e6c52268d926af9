package glimpse.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Tells whether a file bears a C2PA manifest store, in whatever format: encoding it anew would lose it. */
final class ContentCredentials {
    // The type of the store's outermost box (C2PA 2.2, section 11.1.4.2): it stands uncompressed in JPEG, PNG, WebP,
    // GIF
    // and AVIF alike. No file has these 16 bytes by chance.
    private static final byte[] MANIFEST_STORE = HexFormat.of().parseHex("63327061001100108000" + "00aa00389b71");

    private ContentCredentials() {}

    static boolean areIn(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int matched = 0;
            for (int b = in.read(); b >= 0 && matched < MANIFEST_STORE.length; b = in.read()) {
                // Its first byte comes in it only once, so a match can't begin within another.
                if ((byte) b == MANIFEST_STORE[matched]) {
                    matched++;
                } else {
                    matched = (byte) b == MANIFEST_STORE[0] ? 1 : 0;
                }
            }
            return matched == MANIFEST_STORE.length;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
