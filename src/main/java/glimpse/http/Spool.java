package glimpse.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Where the bodies of requests wait on disk. */
final class Spool {
    // A client that is answered while it still writes may never read the answer: its body is read to the end, within
    // reason, and thrown away.
    private static final long DRAINED = 64L << 20;

    private final Path folder;

    Spool(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies a stream to a file.
     *
     * @param digest sees every byte
     * @throws ApiError what {@code tooLarge} says, when there is more than {@code max}
     */
    Upload keep(InputStream in, long max, ApiError tooLarge, MessageDigest digest) throws IOException {
        Path file = Files.createTempFile(folder, "upload-", ".part");
        Upload upload = new Upload(file, 0);
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > max) {
                    drain(in);
                    throw tooLarge;
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
            return new Upload(file, size);
        } catch (IOException | RuntimeException problem) {
            upload.close();
            throw problem;
        }
    }

    static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long rest = DRAINED;
        for (int n = in.read(buffer); n >= 0 && rest > 0; n = in.read(buffer)) {
            rest -= n;
        }
    }
}
