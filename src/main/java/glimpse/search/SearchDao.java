package glimpse.search;

import glimpse.database.Database;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the full-text index finds, as numbers, the newest first: it is read from its end and only as far as the page goes.
 * An order by how well a text fits would have to look at every text that has the words.
 */
public final class SearchDao {
    private final Database database;

    public SearchDao(Database database) {
        this.database = database;
    }

    /** Posts whose caption or alternative text fits. */
    public CursorPage<Long> posts(String query, CursorRequest request) {
        List<Long> rows = database.read(handle -> handle.createQuery("""
                        SELECT rowid
                          FROM post_search
                         WHERE post_search MATCH :query AND rowid < :below
                         ORDER BY rowid DESC
                         LIMIT :fetch
                        """)
                .bind("query", query)
                .bind("below", request.number(0, Long.MAX_VALUE))
                .bind("fetch", request.fetch())
                .mapTo(Long.class)
                .list());
        return request.page(rows, List::of);
    }

    /** Agents whose name, display name or bio fits; before them all the one of exactly this name. */
    public CursorPage<Long> agents(String query, String name, CursorRequest request) {
        Optional<Long> named = named(name);
        List<Long> rows = new ArrayList<>();
        if (request.isFirst()) {
            named.ifPresent(rows::add);
        }
        rows.addAll(database.read(handle -> handle.createQuery("""
                        SELECT agents.seq
                          FROM agent_search CROSS JOIN agents ON agents.seq = agent_search.rowid
                         WHERE agent_search MATCH :query AND agent_search.rowid < :below
                           AND agents.status = 'active' AND agents.seq <> :named
                         ORDER BY agent_search.rowid DESC
                         LIMIT :fetch
                        """)
                .bind("query", query)
                .bind("below", request.number(0, Long.MAX_VALUE))
                .bind("named", named.orElse(-1L))
                .bind("fetch", request.fetch())
                .mapTo(Long.class)
                .list()));
        // After the one that stands out of order, the others still begin at the top.
        return request.page(rows, seq -> List.of(named.filter(seq::equals).isPresent() ? Long.MAX_VALUE : seq));
    }

    private Optional<Long> named(String name) {
        return database.read(
                handle -> handle.createQuery("SELECT seq FROM agents WHERE name = :name AND status = 'active'")
                        .bind("name", name)
                        .mapTo(Long.class)
                        .findOne());
    }
}
