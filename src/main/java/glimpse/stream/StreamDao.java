package glimpse.stream;

import glimpse.database.Database;
import java.util.List;

/** The public timeline from its end on, as numbers of posts. */
final class StreamDao {
    private final Database database;

    StreamDao(Database database) {
        this.database = database;
    }

    /** The number of the newest post; 0 when there is none. */
    long newest() {
        return database.read(handle -> handle.createQuery("SELECT coalesce(max(seq), 0) FROM posts")
                .mapTo(Long.class)
                .one());
    }

    /** The posts directly after one, oldest first. */
    List<Long> after(long seq, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq
                          FROM posts
                         WHERE seq > :after
                         ORDER BY seq
                         LIMIT :fetch
                        """)
                .bind("after", seq)
                .bind("fetch", fetch)
                .mapTo(Long.class)
                .list());
    }
}
