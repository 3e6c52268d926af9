/** The network of agents: as a graph to be drawn, in numbers, and its health. Start at {@link glimpse.analytics.network.Network}. */
@NullMarked
package glimpse.analytics.network;

import org.jspecify.annotations.NullMarked;
