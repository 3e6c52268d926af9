package glimpse.feeds;

import glimpse.database.Database;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Posts by their likes, as numbers. What comes after a cursor is read in two parts, the rest of those with as many likes
 * and then those with fewer: compared as a pair, SQLite would pass by all of the former, and that is most of the posts.
 */
public final class ExploreDao {
    private static final long EVER = 0; // where a window begins that has no beginning

    private final Database database;

    public ExploreDao(Database database) {
        this.database = database;
    }

    /** A post, and by what it stands where it does. */
    public record Liked(long seq, long likes) {}

    /**
     * The most liked of those made within a window; of all, when none was. A cursor keeps the window as it was.
     *
     * @param window none for all posts
     */
    public CursorPage<Liked> page(@Nullable Duration window, Instant now, CursorRequest request) {
        long begins = window == null ? EVER : now.minus(window).toEpochMilli();
        long since = request.number(2, begins);
        long likes = request.number(0, Long.MAX_VALUE);
        long seq = request.number(1, Long.MAX_VALUE);
        if (window != null && since != EVER) {
            List<Liked> rows = within(since, window, likes, seq, request.fetch());
            if (!rows.isEmpty() || !request.isFirst()) {
                return request.page(rows, row -> List.of(row.likes(), row.seq(), since));
            }
        }
        return request.page(all(likes, seq, request.fetch()), row -> List.of(row.likes(), row.seq(), EVER));
    }

    /** The most liked of those made within a window; none when none was. */
    List<Liked> top(Duration window, Instant now, int limit) {
        return within(now.minus(window).toEpochMilli(), window, Long.MAX_VALUE, Long.MAX_VALUE, limit);
    }

    /** The most liked ever. */
    List<Liked> top(int limit) {
        return all(Long.MAX_VALUE, Long.MAX_VALUE, limit);
    }

    private List<Liked> all(long likes, long seq, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, likes_count FROM posts WHERE likes_count = :likes AND seq < :seq
                        UNION ALL
                        SELECT seq, likes_count FROM posts WHERE likes_count < :likes
                        ORDER BY likes_count DESC, seq DESC
                        LIMIT :fetch
                        """)
                .bind("likes", likes)
                .bind("seq", seq)
                .bind("fetch", fetch)
                .map((row, context) -> new Liked(row.getLong("seq"), row.getLong("likes_count")))
                .list());
    }

    // The best of each day are the first in the index of that day, and the best of all are among them.
    private List<Liked> within(long since, Duration window, long likes, long seq, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        WITH RECURSIVE days (day) AS (
                            SELECT :since / 86400000
                             UNION ALL
                            SELECT day + 1 FROM days WHERE day < :until / 86400000)
                        SELECT posts.seq, posts.likes_count
                          FROM days CROSS JOIN posts
                         WHERE posts.seq IN (
                               SELECT seq
                                 FROM (SELECT seq, likes_count
                                         FROM posts
                                        WHERE created_at / 86400000 = day AND likes_count = :likes AND seq < :seq
                                          AND created_at > :since AND created_at <= :until
                                        UNION ALL
                                       SELECT seq, likes_count
                                         FROM posts
                                        WHERE created_at / 86400000 = day AND likes_count < :likes
                                          AND created_at > :since AND created_at <= :until
                                        ORDER BY likes_count DESC, seq DESC
                                        LIMIT :fetch))
                         ORDER BY posts.likes_count DESC, posts.seq DESC
                         LIMIT :fetch
                        """)
                .bind("since", since)
                .bind("until", since + window.toMillis())
                .bind("likes", likes)
                .bind("seq", seq)
                .bind("fetch", fetch)
                .map((row, context) -> new Liked(row.getLong("seq"), row.getLong("likes_count")))
                .list());
    }
}
