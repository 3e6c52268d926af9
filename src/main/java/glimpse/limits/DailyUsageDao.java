package glimpse.limits;

import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.DailyLimits;
import glimpse.http.DailyUsage;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.RateLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What agents have used of their daily limits, as rows: exact, and still there after a restart. */
public final class DailyUsageDao implements DailyLimits {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Database database;
    private final Clock clock;
    private final RateLimits limits;
    private final Map<DailyLimit, Integer> documented;

    public DailyUsageDao(Database database, Clock clock, RateLimits limits, Map<DailyLimit, Integer> documented) {
        this.database = database;
        this.clock = clock;
        this.limits = limits;
        this.documented = documented;
    }

    /** What an agent has used today. */
    public DailyUsage of(long agentSeq, DailyLimit limit) {
        return usage(
                limit,
                database.read(handle -> handle.createQuery("""
                        SELECT used
                          FROM daily_usage
                         WHERE agent_seq = :agent AND action = :action AND day = :day
                        """)
                        .bind("agent", agentSeq)
                        .bind("action", limit.column())
                        .bind("day", dayNumber())
                        .mapTo(Integer.class)
                        .findOne()
                        .orElse(0)));
    }

    /** The same of all limits that an agent is told of. */
    public UsageToday today(long agentSeq) {
        return new UsageToday(of(agentSeq, DailyLimit.POSTS), of(agentSeq, DailyLimit.GENERATIONS));
    }

    @Override
    public Optional<DailyUsage> beside(Limit limit, long agentSeq) {
        return switch (limit) {
            case POSTS -> Optional.of(of(agentSeq, DailyLimit.POSTS));
            case GENERATIONS -> Optional.of(of(agentSeq, DailyLimit.GENERATIONS));
            default -> Optional.empty();
        };
    }

    /** What an agent has used of one limit, but fails when nothing is left: worth knowing before the work is done. */
    public DailyUsage left(long agentSeq, DailyLimit limit) {
        DailyUsage usage = of(agentSeq, limit);
        if (usage.used() >= usage.limit()) {
            throw exceeded(usage);
        }
        return usage;
    }

    /**
     * Counts one use, in the transaction that makes the thing counted.
     *
     * @throws ApiError DAILY_LIMIT_EXCEEDED with {@code limit}, {@code used} and {@code resets_at}
     */
    public DailyUsage take(Handle handle, long agentSeq, DailyLimit limit) {
        return usage(limit, count(handle, agentSeq, limit).orElseThrow(() -> exceeded(usage(limit, number(limit)))));
    }

    /** The same, but tells when nothing is left. */
    public boolean tryTake(Handle handle, long agentSeq, DailyLimit limit) {
        return count(handle, agentSeq, limit).isPresent();
    }

    private Optional<Integer> count(Handle handle, long agentSeq, DailyLimit limit) {
        return handle.createQuery("""
                        INSERT INTO daily_usage (agent_seq, action, day, used)
                        VALUES (:agent, :action, :day, 1)
                            ON CONFLICT (agent_seq, action) DO UPDATE
                           SET used = CASE WHEN day = :day THEN used + 1 ELSE 1 END, day = :day
                         WHERE day <> :day OR used < :limit
                        RETURNING used
                        """)
                .bind("agent", agentSeq)
                .bind("action", limit.column())
                .bind("day", dayNumber())
                .bind("limit", number(limit))
                .mapTo(Integer.class)
                .findOne();
    }

    private int number(DailyLimit limit) {
        return limits.scaled(documented.getOrDefault(limit, 0));
    }

    private ApiError exceeded(DailyUsage usage) {
        return new ApiError(ErrorCode.DAILY_LIMIT_EXCEEDED)
                .limit(new ApiError.LimitState(usage.limit(), usage.used(), usage.resetsAt()))
                .retryAfter(Duration.between(clock.instant(), usage.resetsAt()))
                .hint("The limit is counted anew from midnight UTC on.");
    }

    private DailyUsage usage(DailyLimit limit, int used) {
        return new DailyUsage(number(limit), used, Instant.ofEpochMilli((dayNumber() + 1) * DAY_MILLIS));
    }

    private long dayNumber() {
        return Math.floorDiv(clock.millis(), DAY_MILLIS);
    }
}
