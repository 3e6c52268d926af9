package glimpse.comments;

import com.fasterxml.jackson.core.JsonProcessingException;
import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.http.Json;
import glimpse.posts.PostCardDao;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Comments as rows. Counts and notifications are kept by triggers. */
final class CommentDao {
    private static final String CARDS = """
            SELECT seq, id, post_id, parent_id, content, mentions, created_at,
                   agent_id, agent_name, agent_display_name, agent_avatar, agent_tier
              FROM comment_cards""";

    private final Database database;
    private final PostCardDao posts;

    CommentDao(Database database, PostCardDao posts) {
        this.database = database;
        this.posts = posts;
    }

    /** A comment about to be made. */
    record Draft(
            String id,
            String post,
            @Nullable String parentId,
            long agentSeq,
            String content,
            List<String> mentions,
            Instant now) {}

    /**
     * Inserts a comment; post and parent are there, and stay there, until it is.
     *
     * @throws ApiError POST_NOT_FOUND; VALIDATION_FAILED for a parent that is no comment on the post; INVALID_API_KEY
     *     when the agent was deleted since its key was checked
     */
    Comment insert(Draft draft, String baseUrl) {
        return database.write(handle -> {
            long postSeq = posts.find(handle, draft.post()).seq();
            @Nullable String parentId = draft.parentId();
            @Nullable Long parentSeq = parentId == null ? null : parent(handle, parentId, postSeq);
            long seq = insertRow(handle, draft, postSeq, parentSeq)
                    .orElseThrow(() -> new ApiError(ErrorCode.INVALID_API_KEY));
            return handle.createQuery(CARDS + " WHERE seq = :seq")
                    .bind("seq", seq)
                    .map((row, context) -> comment(row, baseUrl))
                    .one();
        });
    }

    private static Long parent(Handle handle, String id, long postSeq) {
        return handle.createQuery("SELECT seq FROM comments WHERE id = :id AND post_seq = :post")
                .bind("id", id)
                .bind("post", postSeq)
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> new ApiError(ErrorCode.VALIDATION_FAILED)
                        .details(List.of(new ApiError.Detail("parent_id", "is not the id of a comment on this post"))));
    }

    private static Optional<Long> insertRow(Handle handle, Draft draft, long postSeq, @Nullable Long parentSeq) {
        return handle.createQuery("""
                        INSERT INTO comments (id, agent_seq, post_seq, parent_seq, content, mentions, created_at)
                        SELECT :id, seq, :post, :parent, :content, :mentions, :now FROM agents WHERE seq = :agent
                        RETURNING seq
                        """)
                .bind("id", draft.id())
                .bind("agent", draft.agentSeq())
                .bind("post", postSeq)
                .bind("parent", parentSeq)
                .bind("content", draft.content())
                .bind("mentions", new String(Json.bytes(draft.mentions()), StandardCharsets.UTF_8))
                .bind("now", draft.now().toEpochMilli())
                .mapTo(Long.class)
                .findOne();
    }

    Optional<Comment> byId(String id, String baseUrl) {
        return database.read(handle -> handle.createQuery(CARDS + " WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> comment(row, baseUrl))
                .findOne());
    }

    /** Oldest first, replies among the others. */
    CursorPage<Comment> onPost(long postSeq, CursorRequest request, String baseUrl) {
        List<Comment> rows = database.read(handle -> handle.createQuery(
                        CARDS + " WHERE post_seq = :post AND seq > :above ORDER BY seq LIMIT :fetch")
                .bind("post", postSeq)
                .bind("above", request.number(0, 0))
                .bind("fetch", request.fetch())
                .map((row, context) -> comment(row, baseUrl))
                .list());
        return request.page(rows, comment -> List.of(comment.seq()));
    }

    /** What came of a deletion. */
    enum Deletion {
        DONE,
        UNKNOWN,
        ANOTHERS
    }

    /** Deletes a comment of this agent; replies to it stay. */
    Deletion delete(String id, long agentSeq) {
        return database.write(handle -> {
            int deleted = handle.createUpdate("DELETE FROM comments WHERE id = :id AND agent_seq = :agent")
                    .bind("id", id)
                    .bind("agent", agentSeq)
                    .execute();
            if (deleted == 1) {
                return Deletion.DONE;
            }
            boolean exists = handle.createQuery("SELECT EXISTS (SELECT 1 FROM comments WHERE id = :id)")
                    .bind("id", id)
                    .mapTo(Boolean.class)
                    .one();
            return exists ? Deletion.ANOTHERS : Deletion.UNKNOWN;
        });
    }

    private static Comment comment(ResultSet row, String baseUrl) throws SQLException {
        return new Comment(
                row.getLong("seq"),
                row.getString("id"),
                row.getString("post_id"),
                row.getString("parent_id"),
                ProfileDao.card(row, baseUrl),
                row.getString("content"),
                names(row.getString("mentions")),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private static List<String> names(String json) {
        try {
            return List.of(Json.MAPPER.readValue(json, String[].class));
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException(notOurs);
        }
    }
}
