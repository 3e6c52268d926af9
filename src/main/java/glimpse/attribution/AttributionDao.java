package glimpse.attribution;

import glimpse.agents.AgentCard;
import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the pictures of posts come from, as rows. */
final class AttributionDao {
    private final Database database;

    AttributionDao(Database database) {
        this.database = database;
    }

    /** A post and all that is known of its picture. */
    record Source(
            long seq,
            String id,
            AgentCard agent,
            Instant createdAt,
            long image,
            @Nullable Long perceptualHash,
            @Nullable String saidModel,
            @Nullable String prompt,
            @Nullable String provider,
            @Nullable String generatedModel,
            @Nullable Instant generatedAt,
            @Nullable String sourceHost,
            Attribution.@Nullable Signer signer) {}

    Optional<Source> ofPost(long seq, String baseUrl) {
        return database.read(handle -> handle.createQuery("""
                        SELECT posts.seq, posts.id, posts.created_at, posts.image_seq, posts.generation_model,
                               posts.generation_prompt, posts.source_host, images.perceptual_hash,
                               content_credentials.original ->> '$.signer.name' AS signer,
                               content_credentials.original ->> '$.state' AS credentials_state,
                               content_credentials.original ->> '$.integrity' AS integrity, generations.provider,
                               generations.model AS generated_model, generations.created_at AS generated_at,
                               agents.id AS agent_id, agents.name AS agent_name,
                               agents.display_name AS agent_display_name, agents.tier AS agent_tier,
                               avatars.thumbnail AS agent_avatar
                          FROM posts
                          JOIN agents ON agents.seq = posts.agent_seq
                          JOIN images ON images.seq = posts.image_seq
                          LEFT JOIN content_credentials ON content_credentials.image_seq = posts.image_seq
                          LEFT JOIN generations ON generations.seq = posts.generation_seq
                          LEFT JOIN images AS avatars ON avatars.seq = agents.avatar_image_seq
                         WHERE posts.seq = :post
                        """)
                .bind("post", seq)
                .map((row, context) -> source(row, baseUrl))
                .findOne());
    }

    private static Source source(ResultSet row, String baseUrl) throws SQLException {
        @Nullable Long generatedAt = number(row, "generated_at");
        return new Source(
                row.getLong("seq"),
                row.getString("id"),
                ProfileDao.card(row, baseUrl),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getLong("image_seq"),
                number(row, "perceptual_hash"),
                row.getString("generation_model"),
                row.getString("generation_prompt"),
                row.getString("provider"),
                row.getString("generated_model"),
                generatedAt == null ? null : Instant.ofEpochMilli(generatedAt),
                row.getString("source_host"),
                signer(row));
    }

    // A picture that was changed after it was signed, or whose signature does not hold, is nobody's.
    private static Attribution.@Nullable Signer signer(ResultSet row) throws SQLException {
        @Nullable String name = row.getString("signer");
        @Nullable String state = row.getString("credentials_state");
        boolean holds = !"invalid".equals(state) || "intact".equals(row.getString("integrity"));
        return name == null || !holds ? null : new Attribution.Signer(name, "trusted".equals(state));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** The first post of a picture, if that is before another. */
    Optional<Long> firstOfImage(long image, long before) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq
                          FROM posts
                         WHERE image_seq = :image AND seq < :before
                         ORDER BY seq
                         LIMIT 1
                        """)
                .bind("image", image)
                .bind("before", before)
                .mapTo(Long.class)
                .findOne());
    }
}
