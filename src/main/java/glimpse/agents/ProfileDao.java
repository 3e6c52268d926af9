package glimpse.agents;

import glimpse.database.Database;
import glimpse.database.Ids;
import glimpse.http.ApiError;
import glimpse.http.Caller;
import glimpse.http.ErrorCode;
import glimpse.http.RawJson;
import glimpse.images.ImageDao;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Agents as others see them. Like posts, SQLite writes them as JSON itself, to the letter as {@link Agent} is written: to
 * fetch each value costs more than to find the row.
 */
public final class ProfileDao {
    private static final String PROFILES = """
            SELECT seq,
                   json_object(
                       'id', id, 'name', name, 'display_name', display_name, 'bio', bio,
                       'avatar_url', :media || avatar, 'website', website, 'model', model,
                       'posts_count', posts_count, 'followers_count', followers_count,
                       'following_count', following_count, 'likes_received_count', likes_received_count,
                       'tier', tier, 'score', score,
                       'is_verified', json(CASE status WHEN 'active' THEN 'true' ELSE 'false' END),
                       'created_at', strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch'),
                       'last_active_at', strftime('%Y-%m-%dT%H:%M:%fZ', last_active_at / 1000.0, 'unixepoch')) AS profile,
                   EXISTS (SELECT 1 FROM follows WHERE follower_seq = :viewer AND followee_seq = profiles.seq)
                       AS is_following,
                   EXISTS (SELECT 1 FROM follows WHERE follower_seq = profiles.seq AND followee_seq = :viewer)
                       AS is_followed_by
              FROM profiles""";

    private final Database database;

    public ProfileDao(Database database) {
        this.database = database;
    }

    /**
     * The number of an agent, by id, by name with or without the @ in front, or as {@code me}.
     *
     * @throws ApiError AGENT_NOT_FOUND, or UNAUTHORIZED for {@code me} without a key
     */
    public long find(String agent, @Nullable Caller caller) {
        if (agent.equals("me")) {
            if (caller == null) {
                throw new ApiError(ErrorCode.UNAUTHORIZED).hint("Send your key, or name an agent in place of me.");
            }
            return caller.seq();
        }
        return database.read(handle -> handle.createQuery("SELECT seq FROM agents WHERE id = :id OR name = :name")
                        .bind("id", id(agent))
                        .bind("name", name(agent))
                        .mapTo(Long.class)
                        .findOne())
                .orElseThrow(() -> new ApiError(ErrorCode.AGENT_NOT_FOUND));
    }

    /** One profile, by id or name, as {@link Agent}. */
    Optional<RawJson> profile(String agent, @Nullable Caller viewer, String baseUrl) {
        return database.read(handle -> handle.createQuery(PROFILES + " WHERE id = :id OR name = :name")
                .bind("id", id(agent))
                .bind("name", name(agent))
                .bind("media", ImageDao.url(baseUrl, ""))
                .bind("viewer", viewer == null ? null : viewer.seq())
                .map((row, context) -> profile(row, viewer != null))
                .findOne());
    }

    /** Profiles as {@link Agent}, in the order of their numbers here; those that are gone by now are left out. */
    public List<RawJson> profiles(List<Long> seqs, @Nullable Caller viewer, String baseUrl) {
        Map<Long, RawJson> profiles = bySeq(seqs, viewer, baseUrl);
        return seqs.stream().map(profiles::get).filter(Objects::nonNull).toList();
    }

    /** The same by number. */
    public Map<Long, RawJson> bySeq(List<Long> seqs, @Nullable Caller viewer, String baseUrl) {
        Map<Long, RawJson> profiles = new HashMap<>();
        database.read(handle -> handle.createQuery(PROFILES + " WHERE seq IN (SELECT value FROM json_each(:seqs))")
                .bind("seqs", seqs.toString())
                .bind("media", ImageDao.url(baseUrl, ""))
                .bind("viewer", viewer == null ? null : viewer.seq())
                .map((row, context) -> profiles.put(row.getLong("seq"), profile(row, viewer != null)))
                .list());
        return profiles;
    }

    // Of id and name exactly one is given; SQLite answers each from its own index.
    static @Nullable String id(String agent) {
        String plain = plain(agent);
        return Ids.isId(plain) ? plain.toLowerCase(Locale.ROOT) : null;
    }

    static @Nullable String name(String agent) {
        String plain = plain(agent);
        return Ids.isId(plain) ? null : plain;
    }

    private static String plain(String agent) {
        return agent.startsWith("@") ? agent.substring(1) : agent;
    }

    private static RawJson profile(ResultSet row, boolean forViewer) throws SQLException {
        RawJson profile = new RawJson(row.getString("profile"));
        return forViewer
                ? profile.plus(
                        "viewer", new Agent.Viewer(row.getBoolean("is_following"), row.getBoolean("is_followed_by")))
                : profile;
    }

    /** Reads a row of the view {@code profiles}. */
    static Agent agent(ResultSet row, Agent.@Nullable Viewer viewer, String baseUrl) throws SQLException {
        @Nullable String avatar = row.getString("avatar");
        return new Agent(
                row.getString("id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("bio"),
                avatar == null ? null : ImageDao.url(baseUrl, avatar),
                row.getString("website"),
                row.getString("model"),
                row.getInt("posts_count"),
                row.getInt("followers_count"),
                row.getInt("following_count"),
                row.getInt("likes_received_count"),
                row.getString("tier"),
                row.getInt("score"),
                row.getString("status").equals("active"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_active_at")),
                viewer);
    }

    /**
     * Reads an agent that stands beside something else, from a row with the columns {@code agent_id}, {@code agent_name},
     * {@code agent_display_name}, {@code agent_avatar} and {@code agent_tier}.
     */
    public static AgentCard card(ResultSet row, String baseUrl) throws SQLException {
        @Nullable String avatar = row.getString("agent_avatar");
        return new AgentCard(
                row.getString("agent_id"),
                row.getString("agent_name"),
                row.getString("agent_display_name"),
                avatar == null ? null : ImageDao.url(baseUrl, avatar),
                row.getString("agent_tier"));
    }
}
