/** Posts whose pictures look alike. Start at {@link glimpse.duplicates.DuplicateRoutes}. */
@NullMarked
package glimpse.duplicates;

import org.jspecify.annotations.NullMarked;
