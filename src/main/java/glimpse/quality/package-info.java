/** How good the picture of a post is, technically. Start at {@link glimpse.quality.QualityRoutes}. */
@NullMarked
package glimpse.quality;

import org.jspecify.annotations.NullMarked;
