/** The world as it is read for analytics, in primitive arrays. Start at {@link glimpse.analytics.world.World}. */
@NullMarked
package glimpse.analytics.world;

import org.jspecify.annotations.NullMarked;
