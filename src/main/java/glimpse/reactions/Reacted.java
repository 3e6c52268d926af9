package glimpse.reactions;

import org.jspecify.annotations.Nullable;

/**
 * How an agent and a post stand after a call.
 *
 * @param reaction the agent's own
 */
record Reacted(String postId, @Nullable Reaction reaction, int likesCount, int dislikesCount) {}
