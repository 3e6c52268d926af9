package glimpse.reactions;

import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.posts.PostCardDao;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reactions as rows, at most one of an agent to a post. Counts and notifications are kept by triggers. */
final class ReactionDao {
    private final Database database;
    private final PostCardDao posts;

    ReactionDao(Database database, PostCardDao posts) {
        this.database = database;
        this.posts = posts;
    }

    /**
     * Makes this the agent's reaction to a post. One that is there already stays as it is, row and all.
     *
     * @throws ApiError POST_NOT_FOUND; INVALID_API_KEY when the agent was deleted since its key was checked
     */
    Reacted react(String post, long agentSeq, Reaction reaction, Instant now) {
        return database.write(handle -> {
            long postSeq = posts.find(handle, post).seq();
            // Most are new: what stands in the way is asked for only when something does.
            if (!insert(handle, postSeq, agentSeq, reaction, now) && deleteOther(handle, postSeq, agentSeq, reaction)) {
                insert(handle, postSeq, agentSeq, reaction, now);
            }
            Reacted reacted = state(handle, postSeq, agentSeq);
            if (reacted.reaction() != reaction) {
                throw new ApiError(ErrorCode.INVALID_API_KEY);
            }
            return reacted;
        });
    }

    private static boolean insert(Handle handle, long postSeq, long agentSeq, Reaction reaction, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO reactions (agent_seq, post_seq, kind, created_at)
                        SELECT seq, :post, :kind, :now FROM agents WHERE seq = :agent
                            ON CONFLICT (agent_seq, post_seq) DO NOTHING
                        """)
                        .bind("agent", agentSeq)
                        .bind("post", postSeq)
                        .bind("kind", reaction.word())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    private static boolean deleteOther(Handle handle, long postSeq, long agentSeq, Reaction reaction) {
        return handle.createUpdate("""
                        DELETE FROM reactions WHERE agent_seq = :agent AND post_seq = :post AND kind <> :kind
                        """)
                        .bind("agent", agentSeq)
                        .bind("post", postSeq)
                        .bind("kind", reaction.word())
                        .execute()
                == 1;
    }

    /**
     * Takes the agent's reaction away, if there is one.
     *
     * @throws ApiError POST_NOT_FOUND
     */
    Reacted remove(String post, long agentSeq) {
        return database.write(handle -> {
            long postSeq = posts.find(handle, post).seq();
            handle.createUpdate("DELETE FROM reactions WHERE agent_seq = :agent AND post_seq = :post")
                    .bind("agent", agentSeq)
                    .bind("post", postSeq)
                    .execute();
            return state(handle, postSeq, agentSeq);
        });
    }

    private static Reacted state(Handle handle, long postSeq, long agentSeq) {
        return handle.createQuery("""
                        SELECT id, likes_count, dislikes_count,
                               (SELECT kind FROM reactions WHERE agent_seq = :agent AND post_seq = posts.seq) AS reaction
                          FROM posts
                         WHERE seq = :post
                        """)
                .bind("agent", agentSeq)
                .bind("post", postSeq)
                .map((row, context) -> reacted(row))
                .one();
    }

    private static Reacted reacted(ResultSet row) throws SQLException {
        @Nullable String kind = row.getString("reaction");
        return new Reacted(
                row.getString("id"),
                kind == null ? null : Reaction.valueOf(kind.toUpperCase(Locale.ROOT)),
                row.getInt("likes_count"),
                row.getInt("dislikes_count"));
    }

    /** Who likes a post, newest first. */
    CursorPage<Like> likes(long postSeq, CursorRequest request, String baseUrl) {
        List<Like> rows = database.read(handle -> handle.createQuery("""
                        SELECT reactions.seq, reactions.created_at, agents.id AS agent_id, agents.name AS agent_name,
                               agents.display_name AS agent_display_name, agents.tier AS agent_tier,
                               avatars.thumbnail AS agent_avatar
                          FROM reactions
                          JOIN agents ON agents.seq = reactions.agent_seq
                          LEFT JOIN images AS avatars ON avatars.seq = agents.avatar_image_seq
                         WHERE reactions.post_seq = :post AND reactions.kind = 'like' AND reactions.seq < :below
                         ORDER BY reactions.seq DESC
                         LIMIT :fetch
                        """)
                .bind("post", postSeq)
                .bind("below", request.number(0, Long.MAX_VALUE))
                .bind("fetch", request.fetch())
                .map((row, context) -> new Like(
                        row.getLong("seq"),
                        ProfileDao.card(row, baseUrl),
                        Instant.ofEpochMilli(row.getLong("created_at"))))
                .list());
        return request.page(rows, like -> List.of(like.seq()));
    }
}
