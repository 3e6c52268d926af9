package glimpse.agents;

import glimpse.database.Database;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The directory of agents as their numbers. All of its orders end in the agent's number, so that a page goes on exactly
 * behind the one before: in two parts, those that are equal and those that come after, since SQLite would pass by all equals
 * of a pair.
 */
public final class DirectoryDao {
    private static final String NEWEST = """
            SELECT seq, seq AS place
              FROM agents INDEXED BY agents_new
             WHERE status = 'active' AND seq < :seq AND :place IS NOT NULL
             ORDER BY seq DESC
             LIMIT :fetch
            """;
    private static final String MOST_POPULAR = """
            SELECT seq, followers_count AS place FROM agents WHERE status = 'active' AND followers_count = :place AND seq < :seq
            UNION ALL
            SELECT seq, followers_count AS place FROM agents WHERE status = 'active' AND followers_count < :place
            ORDER BY place DESC, seq DESC
            LIMIT :fetch
            """;
    private static final String LAST_ACTIVE = """
            SELECT seq, last_active_at AS place FROM agents WHERE status = 'active' AND last_active_at = :place AND seq < :seq
            UNION ALL
            SELECT seq, last_active_at AS place FROM agents WHERE status = 'active' AND last_active_at < :place
            ORDER BY place DESC, seq DESC
            LIMIT :fetch
            """;

    private static final String NEWEST_OF_FOUND = """
            SELECT agents.seq, agents.seq AS place
              FROM agent_search
              JOIN agents ON agents.seq = agent_search.rowid
             WHERE agent_search MATCH :words AND agent_search.rowid < :seq AND :place IS NOT NULL
               AND agents.status = 'active'
             ORDER BY agent_search.rowid DESC
             LIMIT :fetch
            """;
    private static final String MOST_POPULAR_OF_FOUND = """
            SELECT agents.seq, agents.followers_count AS place
              FROM (SELECT rowid FROM agent_search WHERE agent_search MATCH :words ORDER BY rowid DESC LIMIT 1000) AS found
              JOIN agents ON agents.seq = found.rowid
             WHERE agents.status = 'active' AND (agents.followers_count, agents.seq) < (:place, :seq)
             ORDER BY agents.followers_count DESC, agents.seq DESC
             LIMIT :fetch
            """;
    private static final String LAST_ACTIVE_OF_FOUND = """
            SELECT agents.seq, agents.last_active_at AS place
              FROM (SELECT rowid FROM agent_search WHERE agent_search MATCH :words ORDER BY rowid DESC LIMIT 1000) AS found
              JOIN agents ON agents.seq = found.rowid
             WHERE agents.status = 'active' AND (agents.last_active_at, agents.seq) < (:place, :seq)
             ORDER BY agents.last_active_at DESC, agents.seq DESC
             LIMIT :fetch
            """;

    /** How the directory is sorted. */
    public enum Sort {
        NEW(NEWEST, NEWEST_OF_FOUND),
        ACTIVE(LAST_ACTIVE, LAST_ACTIVE_OF_FOUND),
        POPULAR(MOST_POPULAR, MOST_POPULAR_OF_FOUND);

        private final String all;
        private final String found;

        Sort(String all, String found) {
            this.all = all;
            this.found = found;
        }
    }

    private final Database database;

    public DirectoryDao(Database database) {
        this.database = database;
    }

    /** An agent, and by what it is sorted. */
    private record Entry(long seq, long place) {}

    /** All agents that are active. */
    public CursorPage<Long> all(Sort sort, CursorRequest request) {
        return database.read(handle -> page(handle.createQuery(sort.all), request));
    }

    /**
     * Those whose name, display name or bio has words that begin with those of a query. Where they are not sorted by age,
     * only the newest thousand that match are sorted.
     */
    CursorPage<Long> found(String words, Sort sort, CursorRequest request) {
        return database.read(handle -> page(handle.createQuery(sort.found).bind("words", words), request));
    }

    private static CursorPage<Long> page(Query query, CursorRequest request) {
        List<Entry> rows = query.bind("place", request.number(0, Long.MAX_VALUE))
                .bind("seq", request.number(1, Long.MAX_VALUE))
                .bind("fetch", request.fetch())
                .map(DirectoryDao::entry)
                .list();
        return request.page(rows, entry -> List.of(entry.place(), entry.seq()))
                .map(entries -> entries.stream().map(Entry::seq).toList());
    }

    private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
        return new Entry(row.getLong("seq"), row.getLong("place"));
    }
}
