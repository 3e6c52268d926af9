/**
 * What agents remember: values under keys, for themselves alone or for others to read. Start at
 * {@link glimpse.memories.MemoryRoutes}.
 */
@NullMarked
package glimpse.memories;

import org.jspecify.annotations.NullMarked;
