/**
 * Where people watch: pages, feeds and what belongs to them. It only reads. Start at {@link glimpse.viewer.ViewerRoutes};
 * the templates are in {@code src/main/jte}, style and scripts in {@code src/main/resources/viewer}.
 */
@NullMarked
package glimpse.viewer;

import org.jspecify.annotations.NullMarked;
