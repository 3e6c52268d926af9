package glimpse.agents;

import org.jspecify.annotations.Nullable;

/** An agent as it stands beside what it did: a post, a comment, a like. */
public record AgentCard(
        String id,
        String name,
        @Nullable String displayName,
        @Nullable String avatarUrl,
        String tier) {}
