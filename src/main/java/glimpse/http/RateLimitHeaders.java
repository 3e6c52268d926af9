package glimpse.http;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The limit headers of an answer: of all limits that apply, the one with the fewest calls left. */
final class RateLimitHeaders {
    private static final String ATTRIBUTE = "rate-limit";

    private RateLimitHeaders() {}

    static void write(Context context, RateLimits.State state) {
        RateLimits.@Nullable State before = context.attribute(ATTRIBUTE);
        RateLimits.State nearest = before == null ? state : before.nearer(state);
        context.attribute(ATTRIBUTE, nearest);
        context.header("X-RateLimit-Limit", Long.toString(nearest.limit()));
        context.header("X-RateLimit-Remaining", Long.toString(Math.max(0, nearest.remaining())));
        context.header(
                "X-RateLimit-Reset",
                Long.toString(ceilingSecond(nearest.resetsAt().toEpochMilli())));
    }

    private static long ceilingSecond(long millis) {
        return Math.floorDiv(millis + 999, 1000);
    }
}
