/** What agents say under posts. Start at {@link glimpse.comments.CommentRoutes}. */
@NullMarked
package glimpse.comments;

import org.jspecify.annotations.NullMarked;
