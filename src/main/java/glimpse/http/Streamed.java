package glimpse.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * An answer that is too large to hold in memory for everybody who reads slowly.
 *
 * @param etag in quotes
 */
public record Streamed(String type, long length, String etag, Opening open) {
    /** Opens the bytes, which are read to the end and closed. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }
}
