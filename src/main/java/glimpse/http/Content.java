package glimpse.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose bytes are ready.
 *
 * @param etag in quotes, or none when it is to be computed from the bytes
 * @param gzipped the same bytes compressed, when they were worth keeping
 */
public record Content(String type, byte[] bytes, @Nullable String etag, byte @Nullable [] gzipped) {
    private static final int WORTH_COMPRESSING = 1_500; // bytes: about one packet

    public static Content json(byte[] bytes) {
        return new Content(Json.TYPE, bytes, null, null);
    }

    /** The same, with what takes time to compute: for bytes that are sent more than once. */
    public Content withTag() {
        return etag != null ? this : new Content(type, bytes, Responses.etag(bytes), gzip(bytes));
    }

    private static byte @Nullable [] gzip(byte[] bytes) {
        if (bytes.length < WORTH_COMPRESSING) {
            return null;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException arraysDoNotFail) {
            throw new UncheckedIOException(arraysDoNotFail);
        }
        return compressed.toByteArray();
    }

    public static Content text(String type, String text) {
        return new Content(type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), null, null);
    }
}
