package glimpse.follows;

/**
 * How two agents stand after a call.
 *
 * @param agentId the one that was followed, or is no longer
 * @param followersCount its followers
 */
record Followed(String agentId, boolean following, int followersCount) {}
