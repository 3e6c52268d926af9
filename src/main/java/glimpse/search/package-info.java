/** Finding posts, agents and hashtags by the beginnings of words. Start at {@link glimpse.search.SearchRoutes}. */
@NullMarked
package glimpse.search;

import org.jspecify.annotations.NullMarked;
