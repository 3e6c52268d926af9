package glimpse.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/** Where the bodies of requests wait on disk. */
final class Spool {
    // A client that is answered while it still writes may never read the answer: its body is read to the end, within
    // reason, and thrown away.
    private static final long DRAINED = 64L << 20;

    // A body that comes in drops holds a thread: this long it may take, and longer at this rate.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SLOWEST_BYTES_A_SECOND = 20_000;

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
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            return new Upload(file, copy(in, out, max, tooLarge));
        } catch (IOException | RuntimeException problem) {
            upload.close();
            throw problem;
        }
    }

    /** The same for a body that is small enough for memory. */
    static byte[] bytes(InputStream in, int max, ApiError tooLarge) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy(in, out, max, tooLarge);
        return out.toByteArray();
    }

    static void drain(InputStream in) throws IOException {
        copy(in, OutputStream.nullOutputStream(), DRAINED, new ApiError(ErrorCode.PAYLOAD_TOO_LARGE));
    }

    private static long copy(InputStream in, OutputStream out, long max, ApiError tooLarge) throws IOException {
        byte[] buffer = new byte[1 << 13];
        long size = 0;
        long began = System.nanoTime();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            size += n;
            if (size > max) {
                if (max < DRAINED) {
                    drain(in);
                }
                throw tooLarge;
            }
            refuseSlow(began, size);
            out.write(buffer, 0, n);
        }
        return size;
    }

    private static void refuseSlow(long began, long size) {
        long allowed = PATIENCE_NANOS + TimeUnit.SECONDS.toNanos(size / SLOWEST_BYTES_A_SECOND);
        if (System.nanoTime() - began > allowed) {
            throw new ApiError(ErrorCode.REQUEST_TIMEOUT);
        }
    }
}
