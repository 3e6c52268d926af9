package glimpse.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become answers. */
final class ErrorResponses {
    private static final Logger log = LoggerFactory.getLogger(ErrorResponses.class);

    // Made beforehand: memory can be what is missing.
    private static final byte[] FATAL = Json.bytes(ErrorEnvelope.of(new ApiError(ErrorCode.INTERNAL_ERROR)));

    private ErrorResponses() {}

    static void write(Context context, ApiError error) {
        if (error.code() == ErrorCode.INTERNAL_ERROR) {
            log.error("call_failed request={}", context.res().getHeader(Server.REQUEST_ID), error.getCause());
        }
        if (error.code().status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        @Nullable Duration wait = error.retryAfter();
        if (wait != null) {
            context.header(
                    "Retry-After",
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        ApiError.@Nullable LimitState limit = error.limit();
        if (limit != null) {
            RateLimitHeaders.write(
                    context, new RateLimits.State(limit.limit(), limit.limit() - limit.used(), limit.resetsAt()));
        }
        context.status(error.code().status()).contentType(Json.TYPE).result(Json.bytes(ErrorEnvelope.of(error)));
    }

    /** The same where the machine itself is at its end: out of memory, a stack too deep. */
    static void writeFatal(HttpServletResponse response, Error error) {
        log.error("call_failed request={}", response.getHeader(Server.REQUEST_ID), error);
        response.setStatus(ErrorCode.INTERNAL_ERROR.status());
        response.setContentType(Json.TYPE);
        try {
            response.getOutputStream().write(FATAL);
        } catch (IOException gone) {
            log.warn("answer_not_written", gone);
        }
    }

    /** What nobody foresaw: logged whole, told in a word. */
    static ApiError unforeseen(Throwable problem) {
        return new ApiError(ErrorCode.INTERNAL_ERROR)
                .hint("Please report it with the X-Request-Id of this answer.")
                .cause(problem);
    }
}
