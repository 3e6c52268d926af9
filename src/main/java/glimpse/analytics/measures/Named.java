package glimpse.analytics.measures;

import glimpse.analytics.world.Agents;
import org.jspecify.annotations.Nullable;

/**
 * An agent in a list of analytics.
 *
 * @param id none for an agent that does not want to be named
 */
public record Named(@Nullable String id, String name) {
    static final Named ANONYMOUS = new Named(null, "anonymous");

    /** The agent at a place. */
    public static Named of(Agents agents, int agent) {
        return agents.visible()[agent] ? new Named(agents.ids()[agent], agents.names()[agent]) : ANONYMOUS;
    }
}
