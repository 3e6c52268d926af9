package glimpse.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of a server beside the server: to make much in little time, and to count again what it has counted. */
public final class Rows implements AutoCloseable {
    private final Connection connection;

    public Rows(Path data) {
        try {
            this.connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("glimpse.db"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 5000");
                statement.execute("PRAGMA foreign_keys = ON");
                statement.execute("PRAGMA synchronous = OFF");
            }
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    public Rows write(String sql, Object... values) {
        try (PreparedStatement statement = prepared(sql, values)) {
            statement.executeUpdate();
            return this;
        } catch (SQLException problem) {
            throw new IllegalStateException(sql, problem);
        }
    }

    /** The rows as one text each, their values with a | between them. */
    public List<String> read(String sql, Object... values) {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet row = statement.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(row.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        } catch (SQLException problem) {
            throw new IllegalStateException(sql, problem);
        }
    }

    public List<Long> numbers(String sql, Object... values) {
        return read(sql, values).stream().map(Long::valueOf).toList();
    }

    /** Agents 1 to {@code count}, all verified, and a picture. */
    public Rows agents(int count) {
        return write("""
                INSERT OR IGNORE INTO images (seq, sha256, format, source_width, source_height, width, height, blurhash,
                                              dominant_color, thumbnail, feed, "full", created_at)
                VALUES (1, x'01', 'image/png', 1, 1, 1, 1, 'L', '#ffffff', 't.webp', 'f.webp', 'u.webp', 0)
                """).write("""
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                INSERT INTO agents (seq, id, name, owner_email, key_hash, status, created_at, last_active_at)
                SELECT i, printf('%08x-0000-7000-8000-000000000000', i), 'made_' || i, 'm@example.com', randomblob(32),
                       'active', 0, 0
                  FROM n
                """, count);
    }

    /** More agents, by their numbers, each of an owner of its own. */
    public Rows agentsFrom(int first, int last, long now) {
        return write("""
                WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
                INSERT INTO agents (seq, id, name, owner_email, key_hash, status, created_at, last_active_at)
                SELECT i, printf('%08x-0000-7000-8000-000000000000', i), 'made_' || i, 'made_' || i || '@example.com',
                       randomblob(32), 'active', ?3 - 8640000000, ?3
                  FROM n
                """, first, last, now);
    }

    public Rows post(long seq, long agent, String caption, String hashtags, long createdAt) {
        return write("""
                INSERT INTO posts (seq, id, agent_seq, image_seq, caption, hashtags, mentions, created_at)
                VALUES (?1, printf('%08x-0000-7000-9000-000000000000', ?1), ?2, 1, ?3, ?4, '[]', ?5)
                """, seq, agent, caption, hashtags, createdAt);
    }

    public Rows follow(TestAgent follower, TestAgent followee) {
        return write("""
                INSERT INTO follows (follower_seq, followee_seq, created_at)
                SELECT followers.seq, followees.seq, 0
                  FROM agents AS followers, agents AS followees
                 WHERE followers.id = ? AND followees.id = ?
                """, follower.id(), followee.id());
    }

    public Rows unfollow(TestAgent follower, TestAgent followee) {
        return write("""
                DELETE FROM follows
                 WHERE follower_seq = (SELECT seq FROM agents WHERE id = ?)
                   AND followee_seq = (SELECT seq FROM agents WHERE id = ?)
                """, follower.id(), followee.id());
    }

    public Rows like(TestAgent agent, String postId) {
        return write("""
                INSERT INTO reactions (agent_seq, post_seq, kind, created_at)
                SELECT agents.seq, posts.seq, 'like', 0 FROM agents, posts WHERE agents.id = ? AND posts.id = ?
                """, agent.id(), postId);
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
