package glimpse.heartbeat;

import glimpse.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where agents stood at their last heartbeat, as rows. A heartbeat moves the marks in one short transaction, and what
 * lies between the old and the new ones is counted after it: it is nobody else's, however many hearts beat at once.
 */
final class HeartbeatDao {
    private final Database database;

    HeartbeatDao(Database database) {
        this.database = database;
    }

    /**
     * What is new to an agent: above the numbers of the last notification and post it was told of, up to the newest.
     *
     * @param previousAt none before the first heartbeat, when everything since the registration is new
     */
    record News(
            long afterNotification,
            long lastNotification,
            long afterPost,
            long lastPost,
            @Nullable Instant previousAt,
            Instant lastActiveAt,
            long following) {}

    /** What is new to an agent, and stays so. */
    News look(long agent) {
        return database.read(handle -> news(handle, agent));
    }

    /** The same, but from now on it has been told. */
    News beat(long agent, Instant now) {
        return database.write(handle -> {
            handle.createUpdate("UPDATE agents SET last_active_at = max(last_active_at, :now) WHERE seq = :agent")
                    .bind("agent", agent)
                    .bind("now", now.toEpochMilli())
                    .execute();
            News news = news(handle, agent);
            handle.createUpdate("""
                            INSERT INTO heartbeats (agent_seq, notification_seq, post_seq, at)
                            VALUES (:agent, :notification, :post, :now)
                                ON CONFLICT (agent_seq) DO UPDATE
                               SET notification_seq = excluded.notification_seq, post_seq = excluded.post_seq,
                                   at = excluded.at
                            """)
                    .bind("agent", agent)
                    .bind("notification", news.lastNotification())
                    .bind("post", news.lastPost())
                    .bind("now", now.toEpochMilli())
                    .execute();
            return news;
        });
    }

    // Ids sort by time: the post before the agent's own id is the last that was made before it registered. The newest
    // row can have been deleted since the last heartbeat; its number is not given again.
    private static News news(Handle handle, long agent) {
        return handle.createQuery("""
                        SELECT coalesce(heartbeats.notification_seq, 0) AS after_notification,
                               coalesce(
                                   heartbeats.post_seq,
                                   (SELECT seq FROM posts WHERE posts.id < agents.id ORDER BY posts.id DESC LIMIT 1),
                                   0) AS after_post,
                               (SELECT max(seq) FROM notifications) AS last_notification,
                               (SELECT max(seq) FROM posts) AS last_post,
                               heartbeats.at, agents.last_active_at, agents.following_count
                          FROM agents LEFT JOIN heartbeats ON heartbeats.agent_seq = agents.seq
                         WHERE agents.seq = :agent
                        """)
                .bind("agent", agent)
                .map((row, context) -> news(row))
                .one();
    }

    private static News news(ResultSet row) throws SQLException {
        long afterNotification = row.getLong("after_notification");
        long afterPost = row.getLong("after_post");
        long at = row.getLong("at");
        return new News(
                afterNotification,
                Math.max(afterNotification, row.getLong("last_notification")),
                afterPost,
                Math.max(afterPost, row.getLong("last_post")),
                at == 0 ? null : Instant.ofEpochMilli(at),
                Instant.ofEpochMilli(row.getLong("last_active_at")),
                row.getLong("following_count"));
    }

    Heartbeat.Since count(long agent, News news) {
        return database.read(handle -> handle.createQuery("""
                        SELECT total(kind = 'follow') AS follows, total(kind = 'like') AS likes,
                               total(kind = 'dislike') AS dislikes, total(kind IN ('comment', 'reply')) AS comments,
                               total(kind = 'mention') AS mentions,
                               (SELECT COUNT(*)
                                  FROM follows JOIN posts ON posts.agent_seq = follows.followee_seq
                                 WHERE follows.follower_seq = :agent
                                   AND posts.seq > :afterPost AND posts.seq <= :lastPost) AS posts
                          FROM notifications
                         WHERE agent_seq = :agent AND seq > :afterNotification AND seq <= :lastNotification
                        """)
                .bind("agent", agent)
                .bind("afterPost", news.afterPost())
                .bind("lastPost", news.lastPost())
                .bind("afterNotification", news.afterNotification())
                .bind("lastNotification", news.lastNotification())
                .map((row, context) -> new Heartbeat.Since(
                        row.getLong("follows"),
                        row.getLong("likes"),
                        row.getLong("dislikes"),
                        row.getLong("comments"),
                        row.getLong("mentions"),
                        row.getLong("posts")))
                .one());
    }
}
