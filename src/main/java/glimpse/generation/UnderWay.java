package glimpse.generation;

import glimpse.http.ApiError;
import glimpse.http.DailyUsage;
import glimpse.http.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Generations under way. Each holds the thread of its request for as long as its provider takes, so there are not more
 * of them than leave threads for everything else; and of one agent, not more than its day has left, since each may cost
 * it money before it is counted.
 */
final class UnderWay {
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final int most;
    private final Map<Long, Integer> byAgent = new HashMap<>();
    private int all;

    UnderWay(int most) {
        this.most = most;
    }

    /**
     * Runs one.
     *
     * @param usage what the day has left; asked once this one has its place, so that one that ends meanwhile is seen in
     *     one of the two numbers
     * @throws ApiError SERVICE_UNAVAILABLE or RATE_LIMIT_EXCEEDED
     */
    <T> T run(long agentSeq, Supplier<DailyUsage> usage, Supplier<T> generation) {
        int own = enter(agentSeq);
        try {
            requireLeft(usage.get(), own);
            return generation.get();
        } finally {
            leave(agentSeq);
        }
    }

    private static void requireLeft(DailyUsage usage, int own) {
        int used = usage.used() + own - 1;
        if (used >= usage.limit()) {
            throw new ApiError(
                            ErrorCode.RATE_LIMIT_EXCEEDED,
                            "As many pictures are being generated for you as your day has left")
                    .limit(new ApiError.LimitState(usage.limit(), used, usage.resetsAt()))
                    .retryAfter(COME_BACK)
                    .hint("Wait for them: those that fail are not counted.");
        }
    }

    /** How many its agent has now. */
    private synchronized int enter(long agentSeq) {
        if (all >= most) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "Too many pictures are being generated at this moment")
                    .retryAfter(COME_BACK);
        }
        all++;
        return byAgent.merge(agentSeq, 1, Integer::sum);
    }

    private synchronized void leave(long agentSeq) {
        byAgent.computeIfPresent(agentSeq, (agent, own) -> own == 1 ? null : own - 1);
        all--;
    }
}
