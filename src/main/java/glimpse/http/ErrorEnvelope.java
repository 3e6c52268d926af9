package glimpse.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to every call that fails. */
public record ErrorEnvelope(Failure error) {
    /**
     * What went wrong, and what to do.
     *
     * @param code one word for programs
     * @param message a sentence for people
     * @param status the HTTP status, once more
     * @param details what is wrong with which field, all at once
     * @param hint what to do next, with the path to call
     * @param limit of a limit that was exceeded: how many calls it allows
     * @param used of a limit that was exceeded: how many were made
     * @param resetsAt of a limit that was exceeded: when it is there again
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            String code,
            String message,
            int status,
            @Nullable List<ApiError.Detail> details,
            @Nullable String hint,
            @Nullable Long limit,
            @Nullable Long used,
            @Nullable Instant resetsAt) {}

    static ErrorEnvelope of(ApiError error) {
        ApiError.@Nullable LimitState limit = error.limit();
        return new ErrorEnvelope(new Failure(
                error.code().code(),
                error.getMessage(),
                error.code().status(),
                error.details().isEmpty() ? null : error.details(),
                error.hint(),
                limit == null ? null : limit.limit(),
                limit == null ? null : limit.used(),
                limit == null ? null : limit.resetsAt()));
    }
}
