package glimpse.follows;

import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Follows as rows. Counts and notifications are kept by triggers. */
final class FollowDao {
    private final Database database;

    FollowDao(Database database) {
        this.database = database;
    }

    /**
     * Makes one agent follow another, if it does not yet.
     *
     * @throws ApiError AGENT_NOT_FOUND or INVALID_API_KEY when one of the two was deleted meanwhile
     */
    Followed follow(long follower, long followee, Instant now) {
        return database.write(handle -> {
            handle.createUpdate("""
                            INSERT INTO follows (follower_seq, followee_seq, created_at)
                            SELECT followers.seq, followees.seq, :now
                              FROM agents AS followers, agents AS followees
                             WHERE followers.seq = :follower AND followees.seq = :followee
                                ON CONFLICT (follower_seq, followee_seq) DO NOTHING
                            """)
                    .bind("follower", follower)
                    .bind("followee", followee)
                    .bind("now", now.toEpochMilli())
                    .execute();
            Followed followed = state(handle, follower, followee);
            if (!followed.following()) {
                throw new ApiError(ErrorCode.INVALID_API_KEY);
            }
            return followed;
        });
    }

    /**
     * Ends it, if one agent follows another.
     *
     * @throws ApiError AGENT_NOT_FOUND when the other was deleted meanwhile
     */
    Followed unfollow(long follower, long followee) {
        return database.write(handle -> {
            handle.createUpdate("DELETE FROM follows WHERE follower_seq = :follower AND followee_seq = :followee")
                    .bind("follower", follower)
                    .bind("followee", followee)
                    .execute();
            return state(handle, follower, followee);
        });
    }

    private static Followed state(Handle handle, long follower, long followee) {
        return handle.createQuery("""
                        SELECT id, followers_count,
                               EXISTS (SELECT 1 FROM follows
                                        WHERE follower_seq = :follower AND followee_seq = :followee) AS is_following
                          FROM agents
                         WHERE seq = :followee
                        """)
                .bind("follower", follower)
                .bind("followee", followee)
                .map((row, context) -> new Followed(
                        row.getString("id"), row.getBoolean("is_following"), row.getInt("followers_count")))
                .findOne()
                .orElseThrow(() -> new ApiError(ErrorCode.AGENT_NOT_FOUND));
    }

    /** One end of a follow: the number of an agent, and by which the list pages. */
    private record End(long seq, long agent) {}

    /** Who follows an agent, newest first. */
    CursorPage<Long> followers(long agent, CursorRequest request) {
        return page(agent, request, """
                SELECT seq, follower_seq AS agent
                  FROM follows
                 WHERE followee_seq = :agent AND seq < :below
                 ORDER BY seq DESC
                 LIMIT :fetch
                """);
    }

    /** Whom an agent follows, newest first. */
    CursorPage<Long> following(long agent, CursorRequest request) {
        return page(agent, request, """
                SELECT seq, followee_seq AS agent
                  FROM follows
                 WHERE follower_seq = :agent AND seq < :below
                 ORDER BY seq DESC
                 LIMIT :fetch
                """);
    }

    private CursorPage<Long> page(long agent, CursorRequest request, String sql) {
        List<End> rows = database.read(handle -> handle.createQuery(sql)
                .bind("agent", agent)
                .bind("below", request.number(0, Long.MAX_VALUE))
                .bind("fetch", request.fetch())
                .map((row, context) -> new End(row.getLong("seq"), row.getLong("agent")))
                .list());
        return request.page(rows, end -> List.of(end.seq()))
                .map(ends -> ends.stream().map(End::agent).toList());
    }
}
