package glimpse.analytics.measures;

import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a measure.
 *
 * @param limit how many are listed at most
 * @param agent the place of the agent that is asked about; {@link #ALL} where none is
 * @param form what else can be chosen, as the operation says; empty where nothing can
 */
public record Question(Snapshot snapshot, Window window, int limit, int agent, String form) {
    public static final int ALL = -1;

    public View view() {
        return snapshot.in(window);
    }

    public Agents agents() {
        return snapshot.agents();
    }

    /** The id of a post; none where it would tell the name of an agent that does not want to be named. */
    public @Nullable String post(int post) {
        return agents().visible()[snapshot.world().posts().authors()[post]]
                ? snapshot.world().posts().id(post)
                : null;
    }

    /** An agent as answers name it. */
    public Named named(int agent) {
        return Named.of(agents(), agent);
    }
}
