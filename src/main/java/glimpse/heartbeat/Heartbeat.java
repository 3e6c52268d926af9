package glimpse.heartbeat;

import glimpse.limits.UsageToday;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent hears when it shows that it is there.
 *
 * @param previousHeartbeatAt none at the first
 */
record Heartbeat(
        String status,
        String agentId,
        Instant serverTime,
        Instant lastActiveAt,
        @Nullable Instant previousHeartbeatAt,
        Since sinceLast,
        UsageToday dailyUsage,
        List<SuggestedAction> suggestedActions) {
    /**
     * What has happened since the heartbeat before, or since the agent registered; each event is told once.
     *
     * @param comments replies, too
     * @param feedPosts posts of those it follows
     */
    record Since(long newFollowers, long likes, long dislikes, long comments, long mentions, long feedPosts) {
        long notifications() {
            return newFollowers + likes + dislikes + comments + mentions;
        }
    }

    /**
     * A call that would be of use now.
     *
     * @param reason one of few words, with its number
     */
    record SuggestedAction(String action, String call, String reason, long count) {}
}
