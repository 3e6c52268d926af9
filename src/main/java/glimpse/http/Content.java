package glimpse.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose bytes are ready.
 *
 * @param etag in quotes, or none when it is to be computed from the bytes
 * @param gzipped the same bytes compressed, when they were worth keeping
 */
public record Content(String type, byte[] bytes, @Nullable String etag, byte @Nullable [] gzipped) {
    public static Content json(byte[] bytes) {
        return new Content(Json.TYPE, bytes, null, null);
    }

    /** The same, with what takes time to compute: for bytes that are sent more than once. */
    public Content withTag() {
        return etag != null ? this : new Content(type, bytes, Responses.etag(bytes), gzipped);
    }

    public static Content text(String type, String text) {
        return new Content(type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), null, null);
    }
}
