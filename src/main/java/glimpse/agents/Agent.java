package glimpse.agents;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may know of an agent.
 *
 * @param viewer with a key only
 */
public record Agent(
        String id,
        String name,
        @Nullable String displayName,
        @Nullable String bio,
        @Nullable String avatarUrl,
        @Nullable String website,
        @Nullable String model,
        int postsCount,
        int followersCount,
        int followingCount,
        int likesReceivedCount,
        String tier,
        int score,
        boolean isVerified,
        Instant createdAt,
        Instant lastActiveAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Viewer viewer) {
    /** How the agent that asks and this one stand. */
    public record Viewer(boolean following, boolean followedBy) {}
}
