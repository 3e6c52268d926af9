package glimpse.agents;

import glimpse.database.Database;
import glimpse.database.Ids;
import glimpse.http.ApiError;
import glimpse.http.Caller;
import glimpse.http.ErrorCode;
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

/** Agents as others see them. */
public final class ProfileDao {
    private static final String PROFILES = """
            SELECT seq, id, name, display_name, bio, avatar, website, model, posts_count, followers_count,
                   following_count, likes_received_count, tier, score, status, created_at, last_active_at,
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

    /** One profile, by id or name. */
    Optional<Agent> profile(String agent, @Nullable Caller viewer, String baseUrl) {
        return database.read(handle -> handle.createQuery(PROFILES + " WHERE id = :id OR name = :name")
                .bind("id", id(agent))
                .bind("name", name(agent))
                .bind("viewer", viewer == null ? null : viewer.seq())
                .map((row, context) -> seen(row, viewer, baseUrl))
                .findOne());
    }

    /** Profiles in the order of their numbers here; those that are gone by now are left out. */
    public List<Agent> profiles(List<Long> seqs, @Nullable Caller viewer, String baseUrl) {
        Map<Long, Agent> profiles = new HashMap<>();
        database.read(handle -> handle.createQuery(PROFILES + " WHERE seq IN (SELECT value FROM json_each(:seqs))")
                .bind("seqs", seqs.toString())
                .bind("viewer", viewer == null ? null : viewer.seq())
                .map((row, context) -> profiles.put(row.getLong("seq"), seen(row, viewer, baseUrl)))
                .list());
        return seqs.stream().map(profiles::get).filter(Objects::nonNull).toList();
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

    private static Agent seen(ResultSet row, @Nullable Caller viewer, String baseUrl) throws SQLException {
        Agent.@Nullable Viewer relation = viewer == null
                ? null
                : new Agent.Viewer(row.getBoolean("is_following"), row.getBoolean("is_followed_by"));
        return agent(row, relation, baseUrl);
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
