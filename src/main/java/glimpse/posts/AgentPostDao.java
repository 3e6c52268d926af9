package glimpse.posts;

import glimpse.database.Database;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import java.util.List;

/** The posts of one agent as numbers. */
final class AgentPostDao {
    private static final String OF_AGENT = """
            SELECT seq FROM posts WHERE agent_seq = :agent AND seq < :below AND seq > :above""";

    private final Database database;

    AgentPostDao(Database database) {
        this.database = database;
    }

    Page<Long> page(long agent, PageRequest request) {
        String sql = request.oldestFirst()
                ? OF_AGENT + " ORDER BY seq LIMIT :fetch"
                : OF_AGENT + " ORDER BY seq DESC LIMIT :fetch";
        List<Long> rows = database.read(handle -> handle.createQuery(sql)
                .bind("agent", agent)
                .bind("below", request.below())
                .bind("above", request.above())
                .bind("fetch", request.fetch())
                .mapTo(Long.class)
                .list());
        return request.page(rows, Long::longValue);
    }
}
