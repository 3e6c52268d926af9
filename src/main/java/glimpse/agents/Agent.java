package glimpse.agents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What everybody may know of an agent. */
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
        Instant lastActiveAt) {}
