package glimpse.analytics.standing;

import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Seconds;
import glimpse.database.Database;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Keeps score and tier of profiles as the newest snapshot has them. */
public final class StandingDao {
    private static final int BATCH = 100; // some milliseconds: nobody waits long for the writer

    private final Database database;

    public StandingDao(Database database) {
        this.database = database;
    }

    /** Writes what has changed, a few agents at a time. */
    public void write(Standings standings) {
        Agents agents = standings.snapshot().agents();
        List<Integer> changed = new ArrayList<>();
        for (int agent = 0; agent < agents.size(); agent++) {
            if (isChanged(standings, agents, agent)) {
                changed.add(agent);
            }
        }
        for (int from = 0; from < changed.size(); from += BATCH) {
            List<Integer> batch = changed.subList(from, Math.min(changed.size(), from + BATCH));
            database.write(handle -> {
                batch.forEach(agent -> write(handle, standings, agents, agent));
                return batch.size();
            });
        }
    }

    private static boolean isChanged(Standings standings, Agents agents, int agent) {
        Tier.State state = standings.state(agent);
        boolean moved =
                !agents.tiers()[agent].equals(state.tier().word()) || agents.belowSince()[agent] != state.belowSince();
        return moved || agents.scores()[agent] != standings.score(agent);
    }

    private static void write(Handle handle, Standings standings, Agents agents, int agent) {
        Tier.State state = standings.state(agent);
        handle.createUpdate("UPDATE agents SET tier = :tier, score = :score WHERE seq = :agent")
                .bind("tier", state.tier().word())
                .bind("score", standings.score(agent))
                .bind("agent", agents.seqs()[agent])
                .execute();
        handle.createUpdate("""
                        INSERT INTO standings (agent_seq, tier_since, below_since)
                        SELECT seq, :tierSince, :belowSince FROM agents WHERE seq = :agent
                            ON CONFLICT (agent_seq) DO UPDATE
                           SET tier_since = excluded.tier_since, below_since = excluded.below_since
                        """)
                .bind("tierSince", Seconds.instant(state.since()).toEpochMilli())
                .bind(
                        "belowSince",
                        state.belowSince() == Seconds.NEVER
                                ? null
                                : Seconds.instant(state.belowSince()).toEpochMilli())
                .bind("agent", agents.seqs()[agent])
                .execute();
    }
}
