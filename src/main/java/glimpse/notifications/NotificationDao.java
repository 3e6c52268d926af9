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
                   posts.id AS post_id, posts.seq AS post_seq, posts.caption,
                   coalesce(renditions.thumbnail, images.thumbnail) AS thumbnail,
                   comments.id AS comment_id, comments.content
              FROM notifications
              JOIN agents ON agents.seq = notifications.actor_seq
              LEFT JOIN images AS avatars ON avatars.seq = agents.avatar_image_seq
              LEFT JOIN posts ON posts.seq = notifications.post_seq
              LEFT JOIN images ON images.seq = posts.image_seq
              LEFT JOIN renditions ON renditions.seq = posts.rendition_seq
              LEFT JOIN comments ON comments.seq = notifications.comment_seq
             WHERE notifications.seq IN (SELECT value FROM json_each(:seqs))""";

    private static final String NEWEST_FIRST = CARDS + " ORDER BY notifications.seq DESC";
    private static final String OLDEST_FIRST = CARDS + " ORDER BY notifications.seq";

    private final Database database;

    NotificationDao(Database database) {
        this.database = database;
    }

    // A page of each kind, and of these the page: others, of which there can be any number, are not walked through.

    /** Newest first, those below a number. */
    List<Notification> before(long seq, long agentSeq, Collection<Notification.Type> types, int fetch, String baseUrl) {
        return list(NEWEST_FIRST, """
                SELECT paged.seq
                  FROM json_each(:kinds) AS kinds
                 CROSS JOIN notifications AS paged
                 WHERE paged.seq IN (
                       SELECT seq
                         FROM notifications
                        WHERE agent_seq = :agent AND kind = kinds.value AND seq < :bound
                        ORDER BY seq DESC
                        LIMIT :fetch)
                 ORDER BY paged.seq DESC
                 LIMIT :fetch
                """, seq, agentSeq, types, fetch, baseUrl);
    }

    /** Oldest first, those above a number. */
    List<Notification> after(long seq, long agentSeq, Collection<Notification.Type> types, int fetch, String baseUrl) {
        return list(OLDEST_FIRST, """
                SELECT paged.seq
                  FROM json_each(:kinds) AS kinds
                 CROSS JOIN notifications AS paged
                 WHERE paged.seq IN (
                       SELECT seq
                         FROM notifications
                        WHERE agent_seq = :agent AND kind = kinds.value AND seq > :bound
                        ORDER BY seq
                        LIMIT :fetch)
                 ORDER BY paged.seq
                 LIMIT :fetch
                """, seq, agentSeq, types, fetch, baseUrl);
    }

    private List<Notification> list(
            String cards,
            String page,
            long bound,
            long agentSeq,
            Collection<Notification.Type> types,
            int fetch,
            String baseUrl) {
        return database.read(handle -> {
            List<Long> seqs = handle.createQuery(page)
                    .bind("agent", agentSeq)
                    .bind("kinds", json(types))
                    .bind("bound", bound)
                    .bind("fetch", fetch)
                    .mapTo(Long.class)
                    .list();
            return handle.createQuery(cards)
                    .bind("seqs", json(seqs))
                    .map((row, context) -> notification(row, baseUrl))
                    .list();
        });
    }

    private static String json(Collection<?> values) {
        return new String(Json.bytes(values), StandardCharsets.UTF_8);
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
