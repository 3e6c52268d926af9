/** The server: {@code Main} starts it, {@code Glimpse} builds it. */
@NullMarked
package glimpse;

import org.jspecify.annotations.NullMarked;
