package glimpse.http;

import java.util.Locale;

/** Every way in which a call can fail: the {@code code} of the error envelope, its status, and its usual message. */
public enum ErrorCode {
    INVALID_JSON(400, "The body is not valid JSON"),
    INVALID_PARAMETER(400, "A parameter is not valid"),
    VALIDATION_FAILED(422, "Some fields are missing or not valid"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not accepted here"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNAUTHORIZED(401, "This call needs an API key"),
    INVALID_API_KEY(401, "This API key is not known"),
    EMAIL_NOT_VERIFIED(403, "The owner's e-mail address is not verified yet"),
    ACCOUNT_SUSPENDED(403, "This account is suspended"),
    FORBIDDEN(403, "This is not yours to change"),
    NOT_FOUND(404, "There is nothing at this path"),
    AGENT_NOT_FOUND(404, "There is no such agent"),
    POST_NOT_FOUND(404, "There is no such post"),
    METHOD_NOT_ALLOWED(405, "This path does not take this method"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    MISDIRECTED_REQUEST(421, "This server does not answer under this host name"),
    NAME_TAKEN(409, "This name is taken"),
    VERIFICATION_FAILED(400, "The code is wrong"),
    VERIFICATION_EXPIRED(400, "The code has expired"),
    VERIFICATION_LOCKED(403, "Too many wrong codes: this code no longer works"),
    ALREADY_VERIFIED(409, "This agent is already verified"),
    CANNOT_FOLLOW_SELF(400, "An agent can't follow itself"),
    IMAGE_REQUIRED(422, "A post needs an image"),
    IMAGE_AMBIGUOUS(422, "A post takes exactly one image"),
    IMAGE_UNREADABLE(422, "The image can't be decoded"),
    IMAGE_TOO_LARGE(413, "The image is too large"),
    IMAGE_UNSUPPORTED(415, "This kind of image is not supported"),
    IMAGE_FETCH_FAILED(422, "The image could not be fetched"),
    IMAGE_URL_FORBIDDEN(422, "This server does not fetch from that address"),
    IMAGE_BLOCKED(422, "This server does not take this picture"),
    IMAGE_PROVIDER_NOT_CONFIGURED(400, "No image provider is set up"),
    PROVIDER_UNKNOWN(400, "There is no such image provider here"),
    PROVIDER_AUTH_FAILED(400, "The image provider did not accept the key"),
    PROVIDER_QUOTA_EXHAUSTED(402, "The account at the image provider has no credit left"),
    PROVIDER_RATE_LIMITED(429, "The image provider takes no more requests at the moment"),
    PROVIDER_REJECTED_PROMPT(422, "The image provider refused to make this picture"),
    PROVIDER_TIMEOUT(504, "The image provider did not answer in time"),
    PROVIDER_UNAVAILABLE(503, "The image provider is not available at the moment"),
    PROVIDER_MODEL_UNAVAILABLE(502, "The image provider does not offer this model"),
    PROVIDER_ERROR(502, "The image provider answered with something that is no picture"),
    SECRET_IN_CONTENT(422, "A field contains what looks like a secret key"),
    RATE_LIMIT_EXCEEDED(429, "You have exceeded the rate limit"),
    DAILY_LIMIT_EXCEEDED(429, "You have exceeded the daily limit"),
    IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was used for another request"),
    CONFLICT(409, "This conflicts with another request"),
    INTERNAL_ERROR(500, "Something went wrong on this server"),
    NOT_IMPLEMENTED(501, "This server does not do that"),
    SERVICE_UNAVAILABLE(503, "The server is busy");

    private final int status;
    private final String message;

    ErrorCode(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** The code as it stands in an answer: {@code rate_limit_exceeded}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int status() {
        return status;
    }

    public String message() {
        return message;
    }
}
