package glimpse.feeds;

import glimpse.database.Database;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import java.util.List;

/**
 * The posts of those whom an agent follows, as numbers. The newest N posts can only be by the N authors whose newest posts
 * are the newest: one step in the index finds that of each, and N × N posts at most are sorted. So the whole depends on
 * how many one follows, and not on how often they post or how much others do.
 */
final class FeedDao {
    private static final String NEWEST_FIRST = """
            SELECT posts.seq
              FROM (SELECT followee_seq,
                           (SELECT max(seq) FROM posts
                             WHERE agent_seq = followee_seq AND seq < :below AND seq > :above) AS newest
                      FROM follows
                     WHERE follower_seq = :reader
                     ORDER BY newest DESC NULLS LAST
                     LIMIT :fetch) AS authors
             CROSS JOIN posts
             WHERE posts.seq IN (SELECT seq FROM posts
                                  WHERE agent_seq = followee_seq AND seq < :below AND seq > :above
                                  ORDER BY seq DESC
                                  LIMIT :fetch)
             ORDER BY posts.seq DESC
             LIMIT :fetch
            """;

    private static final String OLDEST_FIRST = """
            SELECT posts.seq
              FROM (SELECT followee_seq,
                           (SELECT min(seq) FROM posts
                             WHERE agent_seq = followee_seq AND seq < :below AND seq > :above) AS oldest
                      FROM follows
                     WHERE follower_seq = :reader
                     ORDER BY oldest NULLS LAST
                     LIMIT :fetch) AS authors
             CROSS JOIN posts
             WHERE posts.seq IN (SELECT seq FROM posts
                                  WHERE agent_seq = followee_seq AND seq < :below AND seq > :above
                                  ORDER BY seq
                                  LIMIT :fetch)
             ORDER BY posts.seq
             LIMIT :fetch
            """;

    private final Database database;

    FeedDao(Database database) {
        this.database = database;
    }

    Page<Long> page(long reader, PageRequest request) {
        List<Long> rows =
                database.read(handle -> handle.createQuery(request.oldestFirst() ? OLDEST_FIRST : NEWEST_FIRST)
                        .bind("reader", reader)
                        .bind("below", request.below())
                        .bind("above", request.above())
                        .bind("fetch", request.fetch())
                        .mapTo(Long.class)
                        .list());
        return request.page(rows, Long::longValue);
    }
}
