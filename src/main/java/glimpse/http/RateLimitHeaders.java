package glimpse.http;

import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limit headers of an answer: of all limits that apply, the one with the fewest calls left. */
final class RateLimitHeaders {
    private static final String ATTRIBUTE = "rate-limit";

    private RateLimitHeaders() {}

    static void write(Context context, RateLimits.State state) {
        RateLimits.@Nullable State before = context.attribute(ATTRIBUTE);
        RateLimits.State nearest = before == null ? state : before.nearer(state);
        context.attribute(ATTRIBUTE, nearest);
        fields(nearest).forEach(context::header);
    }

    static void write(Context context, DailyUsage usage) {
        write(context, new RateLimits.State(usage.limit(), usage.limit() - usage.used(), usage.resetsAt()));
    }

    /** Tells with one answer what was to be told with another. */
    static void pass(Context from, Context to) {
        RateLimits.@Nullable State state = from.attribute(ATTRIBUTE);
        if (state != null) {
            write(to, state);
        }
    }

    /** The three headers by name. */
    static Map<String, String> fields(RateLimits.State state) {
        long resetSecond = Math.floorDiv(state.resetsAt().toEpochMilli() + 999, 1000);
        return Map.of(
                "X-RateLimit-Limit", Long.toString(state.limit()),
                "X-RateLimit-Remaining", Long.toString(Math.max(0, state.remaining())),
                "X-RateLimit-Reset", Long.toString(resetSecond));
    }
}
