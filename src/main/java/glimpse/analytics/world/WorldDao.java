package glimpse.analytics.world;

import glimpse.analytics.world.World.Mark;
import glimpse.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables from end to end, page by page. Each page is a read of its own, some milliseconds long: the log of the
 * database can be folded into its file between any two, and nobody waits.
 */
final class WorldDao {
    /** Rows a page. */
    static final int PAGE = 10_000;

    private final Database database;

    WorldDao(Database database) {
        this.database = database;
    }

    /** The row that is being read; columns are counted from 1. */
    static final class Row {
        private final ResultSet row;

        private Row(ResultSet row) {
            this.row = row;
        }

        long number(int column) {
            try {
                return row.getLong(column);
            } catch (SQLException problem) {
                throw new IllegalStateException(problem);
            }
        }

        double real(int column) {
            try {
                return row.getDouble(column);
            } catch (SQLException problem) {
                throw new IllegalStateException(problem);
            }
        }

        String text(int column) {
            String text = textOrNull(column);
            return text == null ? "" : text;
        }

        @Nullable
        String textOrNull(int column) {
            try {
                return row.getString(column);
            } catch (SQLException problem) {
                throw new IllegalStateException(problem);
            }
        }

        boolean isNull(int column) {
            try {
                return row.getObject(column) == null;
            } catch (SQLException problem) {
                throw new IllegalStateException(problem);
            }
        }
    }

    /** What has happened so far. */
    Mark mark() {
        return database.read(handle -> {
            Map<String, Long> last = new HashMap<>();
            handle.createQuery("SELECT name, seq FROM sqlite_sequence")
                    .map((row, context) -> last.put(row.getString("name"), row.getLong("seq")))
                    .list();
            long changes = handle.createQuery("SELECT count FROM analytics_changes WHERE id = 1")
                    .mapTo(Long.class)
                    .one();
            return new Mark(
                    last.getOrDefault("agents", 0L),
                    last.getOrDefault("posts", 0L),
                    last.getOrDefault("reactions", 0L),
                    last.getOrDefault("comments", 0L),
                    last.getOrDefault("follows", 0L),
                    changes);
        });
    }

    void agents(long after, long until, Consumer<Row> taken) {
        pages(after, until, taken, """
                SELECT agents.seq, id, name, display_name, owner_email,
                       created_at, analytics_visible, tier, score, tier_since, below_since
                  FROM agents LEFT JOIN standings ON standings.agent_seq = agents.seq
                 WHERE agents.seq > :after AND agents.seq <= :until AND status = 'active'
                 ORDER BY agents.seq
                 LIMIT :page
                """);
    }

    void posts(long after, long until, Consumer<Row> taken) {
        pages(after, until, taken, """
                SELECT posts.seq, posts.id, posts.agent_seq, posts.created_at, posts.hashtags, posts.generation_model,
                       generations.provider, generations.style, posts.image_seq, images.perceptual_hash, posts.caption,
                       posts.generation_prompt, images.source_width, images.source_height, images.format, sharpness,
                       noise, contrast, shadows, highlights, colorfulness, bytes, is_lossless, jpeg_quality
                  FROM posts
                  JOIN images ON images.seq = posts.image_seq
                  LEFT JOIN image_measures ON image_measures.image_seq = images.seq
                  LEFT JOIN generations ON generations.seq = posts.generation_seq
                 WHERE posts.seq > :after AND posts.seq <= :until
                 ORDER BY posts.seq
                 LIMIT :page
                """);
    }

    void reactions(long after, long until, Consumer<Row> taken) {
        pages(after, until, taken, """
                SELECT seq, agent_seq, post_seq, kind = 'dislike' AS kind, created_at
                  FROM reactions
                 WHERE seq > :after AND seq <= :until
                 ORDER BY seq
                 LIMIT :page
                """);
    }

    void comments(long after, long until, Consumer<Row> taken) {
        pages(after, until, taken, """
                SELECT seq, agent_seq, post_seq, 2 AS kind, created_at
                  FROM comments
                 WHERE seq > :after AND seq <= :until
                 ORDER BY seq
                 LIMIT :page
                """);
    }

    void follows(long after, long until, Consumer<Row> taken) {
        pages(after, until, taken, """
                SELECT seq, follower_seq, followee_seq, created_at
                  FROM follows
                 WHERE seq > :after AND seq <= :until
                 ORDER BY seq
                 LIMIT :page
                """);
    }

    private void pages(long after, long until, Consumer<Row> taken, String sql) {
        long from = after;
        Page read;
        do {
            long start = from;
            read = database.read(handle -> page(handle, sql, start, until, taken));
            from = read.last();
        } while (read.rows() == PAGE);
    }

    private record Page(int rows, long last) {}

    private static Page page(Handle handle, String sql, long after, long until, Consumer<Row> taken) {
        return handle.createQuery(sql)
                .bind("after", after)
                .bind("until", until)
                .bind("page", PAGE)
                .scanResultSet((rows, context) -> {
                    int count = 0;
                    long last = after;
                    try (ResultSet row = rows.get()) {
                        Row reading = new Row(row);
                        while (row.next()) {
                            taken.accept(reading);
                            last = row.getLong(1);
                            count++;
                        }
                    }
                    return new Page(count, last);
                });
    }
}
