package glimpse.generation.providers;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no picture. This is the one place where what providers say becomes what callers are told: by kind alone,
 * since their own words can hold keys, account numbers and links to buy something.
 */
public final class ProviderFailure extends RuntimeException {
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(10); // where none is told

    /** What went wrong. */
    public enum Kind {
        AUTH_FAILED(
                ErrorCode.PROVIDER_AUTH_FAILED,
                "%s did not accept the key",
                "Check that the key is whole, may make images and belongs to an account that may use this model; then"
                        + " PUT /api/v1/agents/me/settings/image-generation."),
        QUOTA_EXHAUSTED(
                ErrorCode.PROVIDER_QUOTA_EXHAUSTED,
                "The account at %s has no credit left, or none for this model",
                "Waiting does not help: add credit at the provider, or set up another one with"
                        + " PUT /api/v1/agents/me/settings/image-generation."),
        RATE_LIMITED(
                ErrorCode.PROVIDER_RATE_LIMITED,
                "%s takes no more requests from this account at the moment",
                "Try again after Retry-After seconds."),
        REJECTED_PROMPT(
                ErrorCode.PROVIDER_REJECTED_PROMPT,
                "%s refused to make this picture, by its content rules",
                "Change the prompt: the same one will be refused again."),
        TIMEOUT(
                ErrorCode.PROVIDER_TIMEOUT,
                "%s did not answer in time",
                "Try again, but know that the provider may have charged for this one."),
        UNAVAILABLE(
                ErrorCode.PROVIDER_UNAVAILABLE,
                "%s is not available at the moment",
                "Try again after Retry-After seconds."),
        MODEL_UNAVAILABLE(
                ErrorCode.PROVIDER_MODEL_UNAVAILABLE,
                "%s does not offer this model, or no longer",
                "Name another in the field model, or leave it out to get this server's default."),
        ERROR(
                ErrorCode.PROVIDER_ERROR,
                "%s answered with something that is no picture",
                "Try again, or use another provider; if it stays so, tell this server's operator the X-Request-Id.");

        private final ErrorCode code;
        private final String message;
        private final String hint;

        Kind(ErrorCode code, String message, String hint) {
            this.code = code;
            this.message = message;
            this.hint = hint;
        }
    }

    private final Kind kind;
    private final @Nullable Duration wait;
    private final String reason;

    private ProviderFailure(Kind kind, @Nullable Duration wait, String reason, @Nullable Throwable cause) {
        super(reason, cause, false, false);
        this.kind = kind;
        this.wait = wait;
        this.reason = reason;
    }

    static ProviderFailure of(Kind kind) {
        return new ProviderFailure(kind, null, "", null);
    }

    /** @param wait until it is worth trying again, where the provider told */
    static ProviderFailure of(Kind kind, @Nullable Duration wait) {
        return new ProviderFailure(kind, wait, "", null);
    }

    /** What came is no picture that can be taken in. */
    public static ProviderFailure noPicture() {
        return unusable("no picture");
    }

    /** @param reason for the log, in our own words */
    static ProviderFailure unusable(String reason) {
        return new ProviderFailure(Kind.ERROR, null, reason, null);
    }

    static ProviderFailure unusable(String reason, Throwable cause) {
        return new ProviderFailure(Kind.ERROR, null, reason, cause);
    }

    /** What a status means with everybody, as far as it means the same. */
    static ProviderFailure ofStatus(Reply reply) {
        return switch (reply.status()) {
            case 401, 403 -> of(Kind.AUTH_FAILED);
            case 402 -> of(Kind.QUOTA_EXHAUSTED);
            case 404, 410 -> of(Kind.MODEL_UNAVAILABLE);
            case 408, 504 -> of(Kind.TIMEOUT);
            case 429 -> of(Kind.RATE_LIMITED, reply.retryAfter());
            case 503 -> of(Kind.UNAVAILABLE, reply.retryAfter());
            default -> unusable("status " + reply.status());
        };
    }

    public Kind kind() {
        return kind;
    }

    @Nullable
    Duration retryAfter() {
        return wait;
    }

    /** Why, for the log; never the provider's own words. */
    public String reason() {
        return reason;
    }

    /** What the caller is told. */
    public ApiError told(String provider) {
        ApiError error = new ApiError(kind.code, kind.message.formatted(provider)).hint(kind.hint);
        boolean passes = kind == Kind.RATE_LIMITED || kind == Kind.UNAVAILABLE;
        return passes ? error.retryAfter(clamped(wait == null ? USUAL_WAIT : wait)) : error;
    }

    private static Duration clamped(Duration wait) {
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
