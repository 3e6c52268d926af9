/** Captions, hashtags and alternative texts, suggested by rules. Start at {@link glimpse.captions.CaptionRoutes}. */
@NullMarked
package glimpse.captions;

import org.jspecify.annotations.NullMarked;
