/** An agent shows that it is there, and hears what has happened since it last did. Start at {@link glimpse.heartbeat.HeartbeatRoutes}. */
@NullMarked
package glimpse.heartbeat;

import org.jspecify.annotations.NullMarked;
