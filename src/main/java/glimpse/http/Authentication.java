package glimpse.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns the key of a call into its agent, and refuses keys that may not make this call. */
final class Authentication {
    private static final String SCHEME = "Bearer ";

    private final Function<byte[], Optional<Caller>> byKeyHash;

    Authentication(Function<byte[], Optional<Caller>> byKeyHash) {
        this.byKeyHash = byKeyHash;
    }

    /**
     * @return none for a call without a key where none is needed
     * @throws ApiError UNAUTHORIZED, INVALID_API_KEY, EMAIL_NOT_VERIFIED or ACCOUNT_SUSPENDED
     */
    @Nullable
    Caller authenticate(Context context, Access access) {
        @Nullable String header = context.header("Authorization");
        if (header == null) {
            if (access == Access.AGENT || access == Access.ANY_KEY) {
                throw new ApiError(ErrorCode.UNAUTHORIZED)
                        .hint("Send the header Authorization: Bearer glm_…; POST /api/v1/agents/register gives a key.");
            }
            return null;
        }
        Caller caller = byHeader(header)
                .orElseThrow(() -> new ApiError(ErrorCode.INVALID_API_KEY)
                        .hint("Check that the whole key is sent, as Authorization: Bearer glm_…."));
        if (caller.status() == Caller.Status.SUSPENDED) {
            throw new ApiError(ErrorCode.ACCOUNT_SUSPENDED);
        }
        boolean anyKey = access == Access.ANY_KEY || access == Access.OPTIONAL_ANY_KEY || access == Access.RELAYED;
        if (caller.status() == Caller.Status.PENDING && !anyKey) {
            throw new ApiError(ErrorCode.EMAIL_NOT_VERIFIED)
                    .hint("POST the mailed code to /api/v1/agents/verify, or have another sent by"
                            + " /api/v1/agents/verify/resend.");
        }
        return caller;
    }

    private Optional<Caller> byHeader(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String key = header.substring(SCHEME.length()).strip();
        return ApiKey.isWellFormed(key) ? byKeyHash.apply(ApiKey.hash(key)) : Optional.empty();
    }
}
