package glimpse.analytics;

import glimpse.agents.ProfileDao;
import glimpse.analytics.network.Network;
import glimpse.analytics.network.Positions;
import glimpse.analytics.standing.CurrentStandings;
import glimpse.analytics.world.Snapshot;
import glimpse.database.Database;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.limits.DailyUsageDao;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** All that is answered from snapshots: the platform, the network, and how agents stand. */
public final class Analytics implements Routes, AutoCloseable {
    private final Snapshots snapshots;
    private final Positions positions = new Positions();
    private final AnalyticsRoutes platform;
    private final NetworkRoutes network;
    private final StandingRoutes agents;

    /** @param atOnce whether each answer has all that was written before it, as in a sandbox */
    public Analytics(Database database, ProfileDao profiles, DailyUsageDao usage, Clock clock, boolean atOnce) {
        CurrentStandings standings = new CurrentStandings(database);
        this.snapshots = new Snapshots(database, clock, atOnce, standings::of);
        Answers answers = new Answers(snapshots, profiles);
        this.platform = new AnalyticsRoutes(answers);
        this.network = new NetworkRoutes(answers, positions);
        this.agents = new StandingRoutes(answers, profiles, standings::of, usage::today);
    }

    @Override
    public List<Operation> operations() {
        return Stream.of(platform, network, agents)
                .flatMap(routes -> routes.operations().stream().map(operation -> operation.of(routes.getClass())))
                .toList();
    }

    /** What all of it is computed from. */
    public Snapshot current() {
        return snapshots.current();
    }

    /** The network, drawn where the API draws it, too. */
    public Network network() {
        return new Network(positions);
    }

    /** Begins to look for changes. */
    public void start() {
        snapshots.start(snapshot -> {
            platform.warm(snapshot);
            network.warm(snapshot);
        });
    }

    @Override
    public void close() {
        snapshots.close();
    }
}
