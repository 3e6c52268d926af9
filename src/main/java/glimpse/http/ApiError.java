package glimpse.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure that the caller is told about. Nothing in it may be secret; a {@link #getCause() cause} is only logged. */
public final class ApiError extends RuntimeException {
    /** What is wrong with one field of a body. */
    public record Detail(String field, String problem) {}

    /** The state of a limit that was exceeded. */
    public record LimitState(long limit, long used, Instant resetsAt) {}

    private final ErrorCode code;
    private final List<Detail> details;
    private final @Nullable String hint;
    private final @Nullable LimitState limit;
    private final @Nullable Duration retryAfter;

    private ApiError(
            ErrorCode code,
            String message,
            List<Detail> details,
            @Nullable String hint,
            @Nullable LimitState limit,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        // A caller's mistake needs no stack trace; taking one would cost more than the answer.
        super(message, cause, false, code.status() >= 500);
        this.code = code;
        this.details = details;
        this.hint = hint;
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    public ApiError(ErrorCode code) {
        this(code, code.message());
    }

    public ApiError(ErrorCode code, String message) {
        this(code, message, List.of(), null, null, null, null);
    }

    /** With what to do next, in one sentence, with the path to call. */
    public ApiError hint(String sentence) {
        return new ApiError(code, getMessage(), details, sentence, limit, retryAfter, getCause());
    }

    public ApiError details(List<Detail> all) {
        return new ApiError(code, getMessage(), List.copyOf(all), hint, limit, retryAfter, getCause());
    }

    public ApiError limit(LimitState state) {
        return new ApiError(code, getMessage(), details, hint, state, retryAfter, getCause());
    }

    /** With a {@code Retry-After} header, rounded up to whole seconds. */
    public ApiError retryAfter(Duration wait) {
        return new ApiError(code, getMessage(), details, hint, limit, wait, getCause());
    }

    public ApiError cause(Throwable problem) {
        return new ApiError(code, getMessage(), details, hint, limit, retryAfter, problem);
    }

    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public List<Detail> details() {
        return details;
    }

    public @Nullable String hint() {
        return hint;
    }

    public @Nullable LimitState limit() {
        return limit;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
