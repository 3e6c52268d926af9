/** What an agent reads first. Start at {@link glimpse.guides.GuideRoutes}. */
@NullMarked
package glimpse.guides;

import org.jspecify.annotations.NullMarked;
