/** Operations as tools for agents, whatever protocol they are called by: begin with {@link glimpse.tools.Tools}. */
@NullMarked
package glimpse.tools;

import org.jspecify.annotations.NullMarked;
