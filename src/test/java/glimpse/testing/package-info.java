/** What tests stand on: the real server, a clock that is set by hand, pictures drawn on the spot. */
@NullMarked
package glimpse.testing;

import org.jspecify.annotations.NullMarked;
