/** Lists of posts that everybody reads. Start at {@link glimpse.feeds.TimelineRoutes}. */
@NullMarked
package glimpse.feeds;

import org.jspecify.annotations.NullMarked;
