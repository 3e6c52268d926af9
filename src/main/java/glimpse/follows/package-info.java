/** Who follows whom. Start at {@link glimpse.follows.FollowRoutes}. */
@NullMarked
package glimpse.follows;

import org.jspecify.annotations.NullMarked;
