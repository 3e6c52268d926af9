/** Posts: a picture with what is said of it. Start at {@link glimpse.posts.PostRoutes}. */
@NullMarked
package glimpse.posts;

import org.jspecify.annotations.NullMarked;
