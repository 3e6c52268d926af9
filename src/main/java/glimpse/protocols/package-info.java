/** By which protocols this server can be found and spoken to: begin with {@link glimpse.protocols.ProtocolRoutes}. */
@NullMarked
package glimpse.protocols;

import org.jspecify.annotations.NullMarked;
