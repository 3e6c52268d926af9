package glimpse.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Counts calls within windows, in memory. A window begins with its first call and is refilled whole when it ends. */
public final class RateLimits {
    // About 700 bytes each, and a sixteenth of the heap: whoever comes from more addresses pushes out the least used.
    private static final long MOST_CALLERS = Runtime.getRuntime().maxMemory() / 16 / 700;
    private static final int NO_LIMIT = 1_000_000_000;

    /** Where a caller stands with a limit. */
    public record State(long limit, long remaining, Instant resetsAt) {
        State nearer(State other) {
            return other.remaining < remaining ? other : this;
        }
    }

    private record Key(Limit limit, String caller) {}

    private final Clock clock;
    private final Map<Limit, Integer> documented;
    private final TimeMeter meter;
    private final Cache<Key, Bucket> buckets;
    private volatile double scale = 1;
    private volatile boolean enabled = true;

    /** @param capacities calls a window, for every limit but {@link Limit#NONE} */
    public RateLimits(Clock clock, Map<Limit, Integer> capacities) {
        this.clock = clock;
        this.documented = new EnumMap<>(capacities);
        this.meter = new ClockMeter(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(Duration.ofHours(2)) // longer than any window
                .ticker(meter::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /** Loosens all limits, or lifts them; what was counted is forgotten. */
    public void change(double newScale, boolean nowEnabled) {
        scale = newScale;
        enabled = nowEnabled;
        buckets.invalidateAll();
    }

    public double scale() {
        return scale;
    }

    public boolean enabled() {
        return enabled;
    }

    /** What a documented number is at present. */
    public int scaled(int number) {
        return enabled ? (int) Math.min(NO_LIMIT, Math.max(1, Math.round(number * scale))) : NO_LIMIT;
    }

    /**
     * Takes one call from a limit.
     *
     * @throws ApiError RATE_LIMIT_EXCEEDED, with the state of the limit
     */
    public State take(Limit limit, String caller) {
        ConsumptionProbe probe = bucket(limit, caller).tryConsumeAndReturnRemaining(1);
        Instant resetsAt = later(probe.getNanosToWaitForReset());
        int capacity = capacity(limit);
        if (probe.isConsumed()) {
            return new State(capacity, probe.getRemainingTokens(), resetsAt);
        }
        throw new ApiError(ErrorCode.RATE_LIMIT_EXCEEDED)
                .limit(new ApiError.LimitState(capacity, capacity, resetsAt))
                .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Gives a call back that came to nothing, and tells how the limit stands then. */
    State giveBack(Limit limit, String caller) {
        bucket(limit, caller).addTokens(1);
        return look(limit, caller);
    }

    /** The state of a limit, with nothing taken. */
    State look(Limit limit, String caller) {
        int capacity = capacity(limit);
        EstimationProbe untilFull = bucket(limit, caller).estimateAbilityToConsume(capacity);
        return new State(capacity, untilFull.getRemainingTokens(), later(untilFull.getNanosToWaitForRefill()));
    }

    private int capacity(Limit limit) {
        return scaled(documented.getOrDefault(limit, NO_LIMIT));
    }

    private Bucket bucket(Limit limit, String caller) {
        return buckets.get(
                new Key(limit, caller),
                key -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(capacity(limit))
                                .refillIntervally(capacity(limit), limit.window())
                                .build())
                        .withCustomTimePrecision(meter)
                        .build());
    }

    private Instant later(long nanos) {
        return clock.instant().plusNanos(nanos);
    }

    /** Time from the server's own clock, which a sandbox can move. */
    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
