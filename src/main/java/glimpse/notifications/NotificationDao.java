package glimpse.notifications;

import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.http.Json;
import glimpse.images.ImageDao;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notifications as rows; triggers write them, and take them away again with what they tell of. */
final class NotificationDao {
    private static final String CARDS = """
            SELECT notifications.seq, notifications.kind, notifications.created_at,
                   agents.id AS agent_id, agents.name AS agent_name, agents.display_name AS agent_display_name,
                   agents.tier AS agent_tier, avatars.thumbnail AS agent_avatar,
                   posts.id AS post_id, posts.seq AS post_seq, posts.caption, images.thumbnail,
                   comments.id AS comment_id, comments.content
              FROM notifications
              JOIN agents ON agents.seq = notifications.actor_seq
              LEFT JOIN images AS avatars ON avatars.seq = agents.avatar_image_seq
              LEFT JOIN posts ON posts.seq = notifications.post_seq
              LEFT JOIN images ON images.seq = posts.image_seq
              LEFT JOIN comments ON comments.seq = notifications.comment_seq
             WHERE notifications.agent_seq = :agent AND kind IN (SELECT value FROM json_each(:kinds))""";

    private static final String NEWEST_FIRST =
            CARDS + " AND notifications.seq < :bound ORDER BY notifications.seq DESC LIMIT :fetch";
    private static final String OLDEST_FIRST =
            CARDS + " AND notifications.seq > :bound ORDER BY notifications.seq LIMIT :fetch";

    private final Database database;

    NotificationDao(Database database) {
        this.database = database;
    }

    /** Newest first, those below a number. */
    List<Notification> before(long seq, long agentSeq, Collection<Notification.Type> types, int fetch, String baseUrl) {
        return list(NEWEST_FIRST, seq, agentSeq, types, fetch, baseUrl);
    }

    /** Oldest first, those above a number. */
    List<Notification> after(long seq, long agentSeq, Collection<Notification.Type> types, int fetch, String baseUrl) {
        return list(OLDEST_FIRST, seq, agentSeq, types, fetch, baseUrl);
    }

    private List<Notification> list(
            String sql, long bound, long agentSeq, Collection<Notification.Type> types, int fetch, String baseUrl) {
        return database.read(handle -> handle.createQuery(sql)
                .bind("agent", agentSeq)
                .bind("kinds", new String(Json.bytes(types), StandardCharsets.UTF_8))
                .bind("bound", bound)
                .bind("fetch", fetch)
                .map((row, context) -> notification(row, baseUrl))
                .list());
    }

    private static Notification notification(ResultSet row, String baseUrl) throws SQLException {
        @Nullable String postId = row.getString("post_id");
        @Nullable String commentId = row.getString("comment_id");
        return new Notification(
                Long.toString(row.getLong("seq")),
                Notification.Type.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                ProfileDao.card(row, baseUrl),
                postId == null
                        ? null
                        : new Notification.PostSummary(
                                postId,
                                row.getLong("post_seq"),
                                row.getString("caption"),
                                ImageDao.url(baseUrl, row.getString("thumbnail"))),
                commentId == null ? null : new Notification.CommentSummary(commentId, row.getString("content")),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
