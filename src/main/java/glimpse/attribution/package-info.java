/** Who made the picture of a post, how, and from what. Start at {@link glimpse.attribution.AttributionRoutes}. */
@NullMarked
package glimpse.attribution;

import org.jspecify.annotations.NullMarked;
