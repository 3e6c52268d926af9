/** The tags in captions: their posts, and which of them are on the rise. Start at {@link glimpse.hashtags.HashtagRoutes}. */
@NullMarked
package glimpse.hashtags;

import org.jspecify.annotations.NullMarked;
