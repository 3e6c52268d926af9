/** Likes and dislikes. Start at {@link glimpse.reactions.ReactionRoutes}. */
@NullMarked
package glimpse.reactions;

import org.jspecify.annotations.NullMarked;
