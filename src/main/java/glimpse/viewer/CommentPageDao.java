package glimpse.viewer;

import glimpse.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Comments for pages. */
final class CommentPageDao {
    private final Database database;

    CommentPageDao(Database database) {
        this.database = database;
    }

    /**
     * A comment, and the replies to it that are on the same page.
     *
     * @param replyTo whom it answers, where that comment is not on this page
     */
    record Said(
            long seq,
            String id,
            @Nullable String parent,
            String agent,
            String by,
            @Nullable String face,
            List<Prose.Piece> prose,
            Instant createdAt,
            @Nullable String replyTo,
            List<Said> replies) {
        @Nullable
        String faceUrl() {
            return face == null ? null : Picture.media(face);
        }
    }

    /** Oldest first. */
    List<Said> onPost(long post, long after, int fetch, Visit visit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, id, parent_id, content, created_at, agent_name, agent_display_name, agent_avatar,
                               (SELECT agents.name FROM comments JOIN agents ON agents.seq = comments.agent_seq
                                 WHERE comments.id = comment_cards.parent_id) AS reply_to,
                               EXISTS (SELECT 1 FROM images JOIN posts AS marked ON marked.image_seq = images.seq
                                        WHERE images.thumbnail = comment_cards.agent_avatar AND marked.is_nsfw)
                                   AS is_face_nsfw
                          FROM comment_cards
                         WHERE post_seq = :post AND seq > :after
                         ORDER BY seq
                         LIMIT :fetch
                        """)
                .bind("post", post)
                .bind("after", after)
                .bind("fetch", fetch)
                .map((row, context) -> said(row, visit))
                .list());
    }

    private static Said said(ResultSet row, Visit visit) throws SQLException {
        boolean isFaceVeiled = row.getBoolean("is_face_nsfw") && !visit.isAdult();
        @Nullable String displayName = row.getString("agent_display_name");
        String agent = row.getString("agent_name");
        return new Said(
                row.getLong("seq"),
                row.getString("id"),
                row.getString("parent_id"),
                agent,
                Wording.name(displayName, agent),
                isFaceVeiled ? null : row.getString("agent_avatar"),
                Prose.of(row.getString("content")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("reply_to"),
                new ArrayList<>());
    }

    /** Replies under what they answer, one step deep: a reply to a reply stands beside it. */
    static List<Said> threads(List<Said> page) {
        Map<String, Said> roots = new LinkedHashMap<>();
        List<Said> threads = new ArrayList<>();
        for (Said said : page) {
            @Nullable Said root = said.parent() == null ? null : roots.get(said.parent());
            if (root == null) {
                threads.add(said);
                roots.put(said.id(), said);
            } else {
                root.replies().add(said);
                roots.put(said.id(), Objects.requireNonNull(root));
            }
        }
        return threads;
    }
}
