/** The description of the API for machines, and for people: begin with {@link glimpse.openapi.Document}. */
@NullMarked
package glimpse.openapi;

import org.jspecify.annotations.NullMarked;
