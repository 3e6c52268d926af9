package glimpse.analytics.standing;

import glimpse.analytics.world.Snapshot;
import glimpse.database.Database;
import org.jspecify.annotations.Nullable;

/** How agents stand in the newest snapshot, as it also stands in their profiles. */
public final class CurrentStandings {
    private final StandingDao rows;
    private @Nullable Standings newest;

    public CurrentStandings(Database database) {
        this.rows = new StandingDao(database);
    }

    /** How agents stand in a snapshot; in a new one, this is also written to their profiles. */
    public synchronized Standings of(Snapshot snapshot) {
        Standings known = newest;
        if (known == null || known.snapshot() != snapshot) {
            boolean isNewer = known == null
                    || !snapshot.computedAt().isBefore(known.snapshot().computedAt());
            known = Standings.of(snapshot);
            if (isNewer) {
                rows.write(known);
                newest = known;
            }
        }
        return known;
    }
}
