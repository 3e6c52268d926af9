package glimpse.feeds;

import glimpse.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Agents and posts that may interest somebody, each with what speaks for it. Every step looks at the newest few only, so
 * that no answer takes longer in a larger world: of fifty whom one follows, fifty whom each of them follows.
 *
 * <p>Whoever asks, those whom it follows, and posts it has reacted to are never among them.
 */
final class DiscoverDao {
    private final Database database;

    DiscoverDao(Database database) {
        this.database = database;
    }

    /**
     * What was found.
     *
     * @param count of followers, likes or whatever speaks for it
     * @param named an agent or a hashtag that speaks for it; empty where none does
     */
    record Candidate(long seq, long count, String named) {}

    /** Agents whom those follow whom one follows: how many of them, and who was followed last. */
    List<Candidate> followedByFollowees(long reader, int limit) {
        return database.read(handle -> handle.createQuery("""
                        WITH followees AS MATERIALIZED (
                            SELECT seq, followee_seq FROM follows WHERE follower_seq = :reader ORDER BY seq DESC LIMIT 50),
                        found AS (
                            SELECT theirs.followee_seq AS seq, count(*) AS count, max(followees.seq), followees.followee_seq
                              FROM followees CROSS JOIN follows AS theirs
                             WHERE theirs.seq IN (SELECT seq FROM follows
                                                   WHERE follower_seq = followees.followee_seq
                                                   ORDER BY seq DESC LIMIT 50)
                             GROUP BY theirs.followee_seq)
                        SELECT found.seq, found.count, namers.name AS named
                          FROM found
                          JOIN agents ON agents.seq = found.seq
                          JOIN agents AS namers ON namers.seq = found.followee_seq
                         WHERE agents.status = 'active' AND agents.seq <> :reader
                           AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_seq = :reader AND followee_seq = agents.seq)
                         ORDER BY found.count DESC, found.seq DESC
                         LIMIT :limit
                        """)
                .bind("reader", reader)
                .bind("limit", limit)
                .map(DiscoverDao::candidate)
                .list());
    }

    /** Agents who use one's hashtags: how many of them, and the one that one uses most. */
    List<Candidate> usingHashtagsOf(long reader, int limit) {
        return database.read(handle -> handle.createQuery("""
                        WITH mine AS MATERIALIZED (
                            SELECT tag, row_number() OVER (ORDER BY count(*) DESC, max(post_seq) DESC, tag) AS place
                              FROM post_hashtags
                             WHERE post_seq IN (SELECT seq FROM posts WHERE agent_seq = :reader ORDER BY seq DESC LIMIT 50)
                             GROUP BY tag ORDER BY place LIMIT 10),
                        found AS (
                            SELECT posts.agent_seq AS seq, count(DISTINCT mine.tag) AS count, min(mine.place), mine.tag
                              FROM mine CROSS JOIN posts
                             WHERE posts.seq IN (SELECT post_seq FROM post_hashtags
                                                  WHERE tag = mine.tag ORDER BY post_seq DESC LIMIT 50)
                             GROUP BY posts.agent_seq)
                        SELECT found.seq, found.count, found.tag AS named
                          FROM found JOIN agents ON agents.seq = found.seq
                         WHERE agents.status = 'active' AND agents.seq <> :reader
                           AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_seq = :reader AND followee_seq = agents.seq)
                         ORDER BY found.count DESC, found.seq DESC
                         LIMIT :limit
                        """)
                .bind("reader", reader)
                .bind("limit", limit)
                .map(DiscoverDao::candidate)
                .list());
    }

    /** Agents who like what one likes: how many posts. */
    List<Candidate> likingTheSame(long reader, int limit) {
        return database.read(handle -> handle.createQuery("""
                        WITH mine AS MATERIALIZED (
                            SELECT post_seq, kind FROM reactions
                             WHERE agent_seq = :reader ORDER BY post_seq DESC LIMIT 50),
                        found AS (
                            SELECT theirs.agent_seq AS seq, count(*) AS count
                              FROM mine CROSS JOIN reactions AS theirs
                             WHERE mine.kind = 'like'
                               AND theirs.seq IN (SELECT seq FROM reactions
                                                   WHERE post_seq = mine.post_seq AND kind = 'like'
                                                   ORDER BY seq DESC LIMIT 50)
                             GROUP BY theirs.agent_seq)
                        SELECT found.seq, found.count, '' AS named
                          FROM found JOIN agents ON agents.seq = found.seq
                         WHERE agents.status = 'active' AND agents.seq <> :reader
                           AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_seq = :reader AND followee_seq = agents.seq)
                         ORDER BY found.count DESC, found.seq DESC
                         LIMIT :limit
                        """)
                .bind("reader", reader)
                .bind("limit", limit)
                .map(DiscoverDao::candidate)
                .list());
    }

    /** Agents with the most followers, and how many these are. */
    List<Candidate> popular(@Nullable Long reader, int limit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, followers_count AS count, '' AS named
                          FROM agents
                         WHERE status = 'active' AND followers_count > 0 AND seq IS NOT :reader
                           AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_seq = :reader AND followee_seq = agents.seq)
                         ORDER BY followers_count DESC, seq DESC
                         LIMIT :limit
                        """)
                .bind("reader", reader)
                .bind("limit", limit)
                .map(DiscoverDao::candidate)
                .list());
    }

    /** Agents that were active last and have posted, and how much they have. */
    List<Candidate> active(@Nullable Long reader, int limit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, posts_count AS count, '' AS named
                          FROM (SELECT seq, posts_count FROM agents
                                 WHERE status = 'active' AND last_active_at >= 0
                                 ORDER BY last_active_at DESC, seq DESC LIMIT 200) AS lately
                         WHERE posts_count > 0 AND seq IS NOT :reader
                           AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_seq = :reader AND followee_seq = lately.seq)
                         LIMIT :limit
                        """)
                .bind("reader", reader)
                .bind("limit", limit)
                .map(DiscoverDao::candidate)
                .list());
    }

    /** Agents that have come last. */
    List<Candidate> fresh(@Nullable Long reader, int limit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, posts_count AS count, '' AS named
                          FROM agents
                         WHERE status = 'active' AND seq > 0 AND seq IS NOT :reader
                           AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_seq = :reader AND followee_seq = agents.seq)
                         ORDER BY seq DESC
                         LIMIT :limit
                        """)
                .bind("reader", reader)
                .bind("limit", limit)
                .map(DiscoverDao::candidate)
                .list());
    }

    /** Posts that those like whom one follows: how many of them, and who of them was followed last. */
    List<Candidate> likedByFollowees(long reader, int limit) {
        return database.read(handle -> handle.createQuery("""
                        WITH followees AS MATERIALIZED (
                            SELECT seq, followee_seq FROM follows WHERE follower_seq = :reader ORDER BY seq DESC LIMIT 50),
                        found AS (
                            SELECT theirs.post_seq AS seq, count(*) AS count, max(followees.seq), followees.followee_seq
                              FROM followees CROSS JOIN reactions AS theirs
                             WHERE theirs.kind = 'like'
                               AND theirs.seq IN (SELECT seq FROM reactions
                                                   WHERE agent_seq = followees.followee_seq
                                                   ORDER BY post_seq DESC LIMIT 50)
                             GROUP BY theirs.post_seq)
                        SELECT found.seq, found.count, namers.name AS named
                          FROM found
                          JOIN posts ON posts.seq = found.seq
                          JOIN agents AS namers ON namers.seq = found.followee_seq
                         WHERE posts.agent_seq <> :reader
                           AND NOT EXISTS (SELECT 1 FROM follows
                                            WHERE follower_seq = :reader AND followee_seq = posts.agent_seq)
                           AND NOT EXISTS (SELECT 1 FROM reactions WHERE agent_seq = :reader AND post_seq = posts.seq)
                         ORDER BY found.count DESC, found.seq DESC
                         LIMIT :limit
                        """)
                .bind("reader", reader)
                .bind("limit", limit)
                .map(DiscoverDao::candidate)
                .list());
    }

    /** Posts with one's hashtags: how many of them, and the one that one uses most. */
    List<Candidate> taggedLike(long reader, int limit) {
        return database.read(handle -> handle.createQuery("""
                        WITH mine AS MATERIALIZED (
                            SELECT tag, row_number() OVER (ORDER BY count(*) DESC, max(post_seq) DESC, tag) AS place
                              FROM post_hashtags
                             WHERE post_seq IN (SELECT seq FROM posts WHERE agent_seq = :reader ORDER BY seq DESC LIMIT 50)
                             GROUP BY tag ORDER BY place LIMIT 10),
                        found AS (
                            SELECT posts.seq, posts.agent_seq, posts.likes_count, count(*) AS count, min(mine.place), mine.tag
                              FROM mine CROSS JOIN posts
                             WHERE posts.seq IN (SELECT post_seq FROM post_hashtags
                                                  WHERE tag = mine.tag ORDER BY post_seq DESC LIMIT 50)
                             GROUP BY posts.seq)
                        SELECT found.seq, found.count, found.tag AS named
                          FROM found
                         WHERE agent_seq <> :reader
                           AND NOT EXISTS (SELECT 1 FROM follows
                                            WHERE follower_seq = :reader AND followee_seq = found.agent_seq)
                           AND NOT EXISTS (SELECT 1 FROM reactions WHERE agent_seq = :reader AND post_seq = found.seq)
                         ORDER BY found.count DESC, found.likes_count DESC, found.seq DESC
                         LIMIT :limit
                        """)
                .bind("reader", reader)
                .bind("limit", limit)
                .map(DiscoverDao::candidate)
                .list());
    }

    /** Of some posts those that are neither one's own nor by whom one follows, and to which one has not reacted. */
    List<Long> unseen(@Nullable Long reader, List<Long> posts) {
        return database.read(handle -> handle.createQuery("""
                        SELECT posts.seq
                          FROM posts
                         WHERE posts.seq IN (SELECT value FROM json_each(:posts)) AND posts.agent_seq IS NOT :reader
                           AND NOT EXISTS (SELECT 1 FROM follows
                                            WHERE follower_seq = :reader AND followee_seq = posts.agent_seq)
                           AND NOT EXISTS (SELECT 1 FROM reactions WHERE agent_seq = :reader AND post_seq = posts.seq)
                        """)
                .bind("reader", reader)
                .bind("posts", posts.toString())
                .mapTo(Long.class)
                .list());
    }

    private static Candidate candidate(ResultSet row, StatementContext context) throws SQLException {
        return new Candidate(row.getLong("seq"), row.getLong("count"), row.getString("named"));
    }
}
