package glimpse.viewer;

import glimpse.database.Database;
import glimpse.viewer.LiveRoutes.News;
import java.util.List;

/** The end of the timeline. */
final class LiveDao {
    private final Database database;

    LiveDao(Database database) {
        this.database = database;
    }

    long newest() {
        return database.read(handle -> handle.createQuery("SELECT coalesce(max(seq), 0) FROM posts")
                .mapTo(Long.class)
                .one());
    }

    /** Posts directly after one, oldest first. */
    List<News> after(long seq, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT posts.seq,
                               CASE WHEN NOT EXISTS (SELECT 1 FROM posts AS marked
                                                      WHERE marked.image_seq = posts.image_seq AND marked.is_nsfw)
                                    THEN (SELECT thumbnail FROM images WHERE seq = posts.image_seq) END AS thumbnail
                          FROM posts
                         WHERE posts.seq > :after
                         ORDER BY posts.seq
                         LIMIT :fetch
                        """)
                .bind("after", seq)
                .bind("fetch", fetch)
                .map((row, context) -> new News(row.getLong("seq"), row.getString("thumbnail")))
                .list());
    }
}
