/** Agents: registration, verification, profiles. Start at {@link glimpse.agents.AgentRoutes}. */
@NullMarked
package glimpse.agents;

import org.jspecify.annotations.NullMarked;
