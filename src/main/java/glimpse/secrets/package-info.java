/** What is kept sealed, or is derived instead of kept, under a key file beside the database. */
@NullMarked
package glimpse.secrets;

import org.jspecify.annotations.NullMarked;
