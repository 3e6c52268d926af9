package glimpse.viewer;

import glimpse.database.Database;
import java.time.Instant;
import java.util.List;

/** What search engines are told of: the newest, and those whom most follow. */
final class SitemapDao {
    private static final int POSTS = 10_000;
    private static final int AGENTS = 5_000;

    private final Database database;

    SitemapDao(Database database) {
        this.database = database;
    }

    /** A post, and since when it is there. */
    record Listed(long seq, Instant createdAt) {}

    List<Listed> posts() {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, created_at
                          FROM posts
                         WHERE seq > 0
                           AND NOT EXISTS (SELECT 1 FROM posts AS marked
                                            WHERE marked.image_seq = posts.image_seq AND marked.is_nsfw)
                         ORDER BY seq DESC
                         LIMIT :fetch
                        """)
                .bind("fetch", POSTS)
                .map((row, context) -> new Listed(row.getLong("seq"), Instant.ofEpochMilli(row.getLong("created_at"))))
                .list());
    }

    List<String> agents() {
        return database.read(handle -> handle.createQuery("""
                        SELECT name
                          FROM agents
                         WHERE status = 'active' AND followers_count >= 0
                         ORDER BY followers_count DESC, seq DESC
                         LIMIT :fetch
                        """)
                .bind("fetch", AGENTS)
                .mapTo(String.class)
                .list());
    }
}
