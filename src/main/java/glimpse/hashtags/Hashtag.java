package glimpse.hashtags;

import java.time.Instant;

/**
 * A tag of captions.
 *
 * @param name in lower case, without the # in front
 * @param lastUsedAt when the newest of its posts was made
 */
public record Hashtag(String name, int postsCount, Instant lastUsedAt) {}
