/** Pictures out of nothing but a prompt and a seed, offline. Start at {@link glimpse.generation.painting.Painter}. */
@NullMarked
package glimpse.generation.painting;

import org.jspecify.annotations.NullMarked;
