package glimpse.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that came with a request, spooled to disk: uploads that wait their turn cost no memory. Gone when the call ends. */
public record Upload(Path file, long size) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upload.class);

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException problem) {
            log.warn("upload_not_removed file={}", file, problem);
        }
    }
}
