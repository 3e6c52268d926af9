package glimpse.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes answers whose bytes are known: entity tags, 304, and compression that was done before. */
final class Responses {
    private static final int TAG_BYTES = 12;

    private Responses() {}

    static void write(Context context, Content content) throws IOException {
        boolean isKept = isRead(context) && !"no-store".equals(context.res().getHeader("Cache-Control"));
        if (isKept && isUnchanged(context, content.etag() != null ? content.etag() : etag(content.bytes()))) {
            return;
        }
        context.contentType(content.type());
        byte @Nullable [] gzipped = content.gzipped();
        boolean takesGzip = String.valueOf(context.header("Accept-Encoding")).contains("gzip");
        if (gzipped != null && takesGzip) {
            context.header("Content-Encoding", "gzip");
            send(context, gzipped);
        } else if (takesGzip && !content.type().startsWith("image/")) {
            context.result(content.bytes()); // Javalin compresses what is worth it
        } else {
            send(context, content.bytes());
        }
    }

    static void write(Context context, Streamed content) throws IOException {
        if (isUnchanged(context, content.etag())) {
            return;
        }
        try (InputStream in = content.open().open()) { // first: what can't be opened is another answer
            context.contentType(content.type());
            context.res().setContentLengthLong(content.length());
            if (!context.method().name().equals("HEAD")) {
                in.transferTo(context.res().getOutputStream());
            }
        }
    }

    /** Tells the tag, and answers 304 when the caller has it. */
    private static boolean isUnchanged(Context context, String etag) {
        context.header("ETag", etag);
        if (context.res().getHeader("Cache-Control") == null) {
            context.header("Cache-Control", cacheControl(context));
            context.header("Vary", "Authorization, Accept-Encoding");
        }
        boolean unchanged = matches(context.header("If-None-Match"), etag);
        if (unchanged) {
            context.status(304);
        }
        return unchanged;
    }

    // Javalin would copy the bytes through a small buffer, and send them in chunks of unknown number.
    private static void send(Context context, byte[] bytes) throws IOException {
        HttpServletResponse response = context.res();
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static boolean isRead(Context context) {
        String method = context.method().name();
        return context.statusCode() == 200 && (method.equals("GET") || method.equals("HEAD"));
    }

    // Kept, but asked for anew each time: a deleted post is gone everywhere at once.
    private static String cacheControl(Context context) {
        return context.header("Authorization") == null ? "no-cache" : "private, no-cache";
    }

    private static boolean matches(@Nullable String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        return ifNoneMatch.equals("*")
                || Arrays.stream(ifNoneMatch.split(",")).map(String::strip).anyMatch(etag::equals);
    }

    /** Weak, since the same tag stands for the bytes and for their compressed form. */
    static String etag(byte[] bytes) {
        String hash =
                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(Sha256.of(bytes), TAG_BYTES));
        return "W/\"" + hash + '"';
    }
}
