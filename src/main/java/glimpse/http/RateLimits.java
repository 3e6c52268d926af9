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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** A window under way: how often a caller has used a limit, and until when that counts. */
    public record Window(Limit limit, String caller, long used, Instant endsAt) {}

    /**
     * What has to be written down, so that it outlasts this process.
     *
     * @param forgotten whether everything that was written before is void
     */
    public record Changes(boolean forgotten, List<Window> windows) {
        public boolean isEmpty() {
            return !forgotten && windows.isEmpty();
        }
    }

    private record Key(Limit limit, String caller) {}

    private final Clock clock;
    private final Map<Limit, Integer> documented;
    private final TimeMeter meter;
    private final Cache<Key, Bucket> buckets;
    private final Set<Key> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean forgotten = new AtomicBoolean();
    private volatile CompletableFuture<?> restored = CompletableFuture.completedFuture(true);
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
        changed.clear();
        buckets.invalidateAll();
        forgotten.set(true);
    }

    /** Has limits that outlast a restart wait until their windows are {@link #restore}d. */
    public void keptFrom(CompletableFuture<?> allRestored) {
        restored = allRestored;
    }

    /** Goes on with a window that was written down; for no longer than a new one would last, when the clock was put back. */
    public void restore(Window window) {
        Instant now = clock.instant();
        Instant latest = now.plus(window.limit().window());
        Instant endsAt = window.endsAt().isAfter(latest) ? latest : window.endsAt();
        if (endsAt.isAfter(now)) {
            buckets.asMap()
                    .putIfAbsent(
                            new Key(window.limit(), window.caller()), bucket(window.limit(), window.used(), endsAt));
        }
    }

    /** Has the changes since the last time written down. When that fails, they are there again the next time. */
    public void save(Consumer<Changes> writing) {
        boolean all = forgotten.getAndSet(false);
        List<Key> keys = List.copyOf(changed);
        keys.forEach(changed::remove); // before they are read: what changes meanwhile is a change again
        Changes changes = new Changes(
                all, keys.stream().map(this::window).filter(Objects::nonNull).toList());
        try {
            if (!changes.isEmpty()) {
                writing.accept(changes);
            }
        } catch (RuntimeException notWritten) {
            changed.addAll(keys);
            forgotten.compareAndSet(false, all);
            throw notWritten;
        }
    }

    private @Nullable Window window(Key key) {
        if (buckets.getIfPresent(key) == null) {
            return null;
        }
        State state = look(key.limit(), key.caller());
        return new Window(key.limit(), key.caller(), state.limit() - state.remaining(), state.resetsAt());
    }

    // What a sandbox has loosened is for this run.
    private void noteChange(Limit limit, String caller) {
        if (limit.isKept() && enabled && scale == 1) {
            changed.add(new Key(limit, caller));
        }
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
        awaitRestored(limit);
        ConsumptionProbe probe = bucket(limit, caller).tryConsumeAndReturnRemaining(1);
        Instant resetsAt = later(probe.getNanosToWaitForReset());
        int capacity = capacity(limit);
        if (probe.isConsumed()) {
            noteChange(limit, caller);
            return new State(capacity, probe.getRemainingTokens(), resetsAt);
        }
        throw new ApiError(ErrorCode.RATE_LIMIT_EXCEEDED)
                .limit(new ApiError.LimitState(capacity, capacity, resetsAt))
                .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Gives a call back that came to nothing, and tells how the limit stands then. */
    State giveBack(Limit limit, String caller) {
        bucket(limit, caller).addTokens(1);
        noteChange(limit, caller);
        return look(limit, caller);
    }

    /** The state of a limit, with nothing taken and no window begun. */
    public State look(Limit limit, String caller) {
        awaitRestored(limit);
        int capacity = capacity(limit);
        @Nullable Bucket bucket = buckets.getIfPresent(new Key(limit, caller));
        if (bucket == null) {
            return new State(capacity, capacity, clock.instant());
        }
        EstimationProbe untilFull = bucket.estimateAbilityToConsume(capacity);
        return new State(capacity, untilFull.getRemainingTokens(), later(untilFull.getNanosToWaitForRefill()));
    }

    private void awaitRestored(Limit limit) {
        if (limit.isKept()) {
            restored.join();
        }
    }

    private int capacity(Limit limit) {
        return scaled(documented.getOrDefault(limit, NO_LIMIT));
    }

    private Bucket bucket(Limit limit, String caller) {
        return buckets.get(
                new Key(limit, caller), key -> bucket(limit, 0, clock.instant().plus(limit.window())));
    }

    private Bucket bucket(Limit limit, long used, Instant endsAt) {
        int capacity = capacity(limit);
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(capacity)
                        .refillIntervallyAligned(capacity, limit.window(), endsAt)
                        .initialTokens(Math.max(0, capacity - used))
                        .build())
                .withCustomTimePrecision(meter)
                .build();
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
