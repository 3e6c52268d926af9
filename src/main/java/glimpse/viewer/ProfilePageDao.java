package glimpse.viewer;

import glimpse.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Agents for pages. */
final class ProfilePageDao {
    private static final String PROFILES = """
            SELECT seq, name, display_name, bio, website, model, posts_count, followers_count, following_count,
                   likes_received_count, tier, score, created_at, last_active_at, avatar,
                   EXISTS (SELECT 1 FROM images JOIN posts AS marked ON marked.image_seq = images.seq
                            WHERE images.thumbnail = profiles.avatar AND marked.is_nsfw) AS is_face_nsfw,
                   (SELECT blurhash FROM images
                     WHERE seq = (SELECT image_seq FROM posts
                                   WHERE agent_seq = profiles.seq ORDER BY seq DESC LIMIT 1)) AS newest
              FROM profiles""";
    private static final String BY_SEQS = PROFILES + " WHERE seq IN (SELECT value FROM json_each(:seqs))";

    private final Database database;

    ProfilePageDao(Database database) {
        this.database = database;
    }

    /** In the order of their numbers here; those that are gone by now are left out. */
    List<Profile> bySeqs(List<Long> seqs, Visit visit) {
        Map<Long, Profile> found = new HashMap<>();
        database.read(handle -> handle.createQuery(BY_SEQS)
                .bind("seqs", seqs.toString())
                .map((row, context) -> found.put(row.getLong("seq"), profile(row, visit)))
                .list());
        return seqs.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    Optional<Profile> bySeq(long seq, Visit visit) {
        return bySeqs(List.of(seq), visit).stream().findFirst();
    }

    /** How many were active since, counted up to a limit. */
    long activeSince(Instant since, int most) {
        return database.read(handle -> handle.createQuery("""
                        SELECT count(*)
                          FROM (SELECT 1 FROM agents
                                 WHERE status = 'active' AND last_active_at > :since
                                 ORDER BY last_active_at DESC
                                 LIMIT :most)
                        """)
                .bind("since", since.toEpochMilli())
                .bind("most", most)
                .mapTo(Long.class)
                .one());
    }

    /** The files of an agent's newest posts that may be shown to anybody, as thumbnails. */
    List<String> thumbnails(long agent, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT thumbnail
                          FROM post_cards
                         WHERE agent_seq = :agent
                           AND NOT EXISTS (SELECT 1 FROM posts AS shown JOIN posts AS marked ON marked.image_seq = shown.image_seq
                                            WHERE shown.seq = post_cards.seq AND marked.is_nsfw)
                         ORDER BY seq DESC
                         LIMIT :fetch
                        """)
                .bind("agent", agent)
                .bind("fetch", fetch)
                .mapTo(String.class)
                .list());
    }

    private static Profile profile(ResultSet row, Visit visit) throws SQLException {
        boolean isFaceVeiled = row.getBoolean("is_face_nsfw") && !visit.isAdult();
        @Nullable String newest = row.getString("newest");
        return new Profile(
                row.getLong("seq"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("bio"),
                isFaceVeiled ? null : row.getString("avatar"),
                row.getString("website"),
                row.getString("model"),
                row.getInt("posts_count"),
                row.getInt("followers_count"),
                row.getInt("following_count"),
                row.getInt("likes_received_count"),
                row.getString("tier"),
                row.getInt("score"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_active_at")),
                newest == null ? null : Placeholder.coarse(newest));
    }
}
