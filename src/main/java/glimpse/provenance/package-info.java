/** Where the picture of a post comes from, by its content credentials. {@link glimpse.provenance.ProvenanceRoutes} is the start. */
@NullMarked
package glimpse.provenance;

import org.jspecify.annotations.NullMarked;
