/** What every call has in common: declaration, access, limits, bodies, errors. Start at {@code Operation}. */
@NullMarked
package glimpse.http;

import org.jspecify.annotations.NullMarked;
