package glimpse.limits;

import static glimpse.http.Operation.get;

import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.DailyUsage;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.RateLimits;
import glimpse.http.Routes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How an agent stands with its limits. To look uses none but that on all calls, and begins no window. */
public final class LimitRoutes implements Routes {
    private final ToLongBiFunction<String, @Nullable Caller> agents;
    private final RateLimits limits;
    private final DailyUsageDao usage;
    private final Clock clock;

    /** @param agents finds the number of an agent as it stands in a path */
    public LimitRoutes(
            ToLongBiFunction<String, @Nullable Caller> agents, RateLimits limits, DailyUsageDao usage, Clock clock) {
        this.agents = agents;
        this.limits = limits;
        this.usage = usage;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/agents/{agent}/limits",
                        "How you stand with your limits",
                        Access.AGENT,
                        Limit.CALLS,
                        this::show)
                .answers(Standing.class)
                .fails(ErrorCode.FORBIDDEN)
                .asTool());
    }

    /** All limits of one agent. */
    record Standing(String agentId, Instant computedAt, List<Window> limits) {}

    /**
     * One limit.
     *
     * @param window how long calls are counted together: minute, hour or day
     * @param resetsAt when all of it is there again; now, where nothing is used
     * @param meaning what is counted
     */
    record Window(
            String name, String window, long limit, long used, long remaining, Instant resetsAt, String meaning) {}

    private Standing show(Call call) {
        Caller self = call.agent();
        if (agents.applyAsLong(call.path("agent"), self) != self.seq()) {
            throw new ApiError(ErrorCode.FORBIDDEN, "How an agent stands with its limits is for itself alone")
                    .hint("Ask for your own: GET /api/v1/agents/me/limits.");
        }
        call.header("Cache-Control", "no-store");
        Stream<Window> windows = Arrays.stream(Limit.values())
                .filter(limit -> limit == Limit.CALLS || limit.scope() == Limit.Scope.AGENT)
                .map(limit -> window(limit, limits.look(limit, self.id())));
        Stream<Window> days =
                Arrays.stream(DailyLimit.values()).map(limit -> window(limit, usage.of(self.seq(), limit)));
        return new Standing(
                self.id(), clock.instant(), Stream.concat(windows, days).toList());
    }

    private static Window window(Limit limit, RateLimits.State state) {
        return new Window(
                limit.name().toLowerCase(Locale.ROOT),
                limit.window().equals(Duration.ofMinutes(1)) ? "minute" : "hour",
                state.limit(),
                state.limit() - state.remaining(),
                state.remaining(),
                state.resetsAt(),
                limit.meaning());
    }

    private static Window window(DailyLimit limit, DailyUsage usage) {
        return new Window(
                limit.name().toLowerCase(Locale.ROOT),
                "day",
                usage.limit(),
                usage.used(),
                Math.max(0, usage.limit() - usage.used()),
                usage.resetsAt(),
                limit.meaning());
    }
}
