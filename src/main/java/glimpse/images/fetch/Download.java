package glimpse.images.fetch;

import glimpse.http.ApiError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import okhttp3.Response;

/** Saves the body of an answer as a new file and counts every byte, whatever the headers promise. */
final class Download {
    private static final int BUFFER_BYTES = 16 * 1024;

    private Download() {}

    /** Leaves no file behind when it fails. */
    static void save(Response response, Path target, long maxBytes) throws IOException {
        check(response, maxBytes);
        OutputStream file = create(target);
        boolean saved = false;
        try (file) {
            copy(response.body().byteStream(), file, maxBytes);
            saved = true;
        } finally {
            if (!saved) {
                Files.deleteIfExists(target);
            }
        }
    }

    static void copy(InputStream body, OutputStream file, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            total += count;
            if (total > maxBytes) {
                throw FetchFailures.tooLarge(maxBytes);
            }
            write(file, buffer, count);
        }
        if (total == 0) {
            throw FetchFailures.failed("the answer was empty");
        }
    }

    private static void check(Response response, long maxBytes) {
        if (response.code() != 200) {
            throw FetchFailures.failed("the server answered with status " + response.code());
        }
        // Not unpacked: a few kilobytes of gzip can hold gigabytes.
        if (!response.headers("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
            throw FetchFailures.failed("the answer was compressed, which was not asked for");
        }
        if (response.body().contentLength() > maxBytes) {
            throw FetchFailures.tooLarge(maxBytes);
        }
    }

    private static OutputStream create(Path target) {
        try {
            return Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException problem) {
            throw notStored(problem);
        }
    }

    private static void write(OutputStream file, byte[] buffer, int count) {
        try {
            file.write(buffer, 0, count);
        } catch (IOException problem) {
            throw notStored(problem);
        }
    }

    private static ApiError notStored(IOException problem) {
        return FetchFailures.failed("this server could not store it").cause(problem);
    }
}
