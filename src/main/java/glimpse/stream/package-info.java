/** New posts as they come, as server-sent events. Start at {@link glimpse.stream.StreamRoutes}. */
@NullMarked
package glimpse.stream;

import org.jspecify.annotations.NullMarked;
