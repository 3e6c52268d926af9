package glimpse.viewer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import glimpse.database.Database;
import glimpse.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What is known of where pictures come from, for the plates beside them. */
final class PlateDao {
    private final Database database;

    PlateDao(Database database) {
        this.database = database;
    }

    /**
     * Of a post's picture.
     *
     * @param status of the original's content credentials; none where it was gone before it was looked at
     * @param signer of the original
     * @param declaredBy {@code server} or {@code agent}; none where nothing is declared
     * @param perceptualHash none where the picture is nearly flat
     * @param first the first post of the very same file, where that is another
     * @param signature of the largest file that is shown; none where that is still to be signed
     */
    record Row(
            String post,
            @Nullable String status,
            @Nullable String signer,
            @Nullable String declaredBy,
            @Nullable String model,
            @Nullable String provider,
            @Nullable Long seed,
            @Nullable String sourceHost,
            @Nullable Long perceptualHash,
            @Nullable Long first,
            @Nullable Signature signature) {}

    /** How a file is signed. */
    record Signature(String sha256, Instant signedAt, String algorithm) {}

    Optional<Row> ofPost(long seq) {
        return database.read(handle ->
                handle.createQuery("""
                        SELECT posts.id, posts.generation_model, posts.source_host, generations.provider, generations.seed,
                               CASE
                                   WHEN generations.prompt IS posts.generation_prompt AND generations.seq IS NOT NULL
                                   THEN 'server'
                                   WHEN coalesce(posts.generation_model, posts.generation_prompt) IS NOT NULL
                                   THEN 'agent'
                               END AS declared_by,
                               content_credentials.original ->> '$.state' AS status,
                               content_credentials.original ->> '$.signer.name' AS signer,
                               images.perceptual_hash,
                               (SELECT min(earlier.seq)
                                  FROM posts AS earlier
                                 WHERE earlier.image_seq = posts.image_seq AND earlier.seq < posts.seq) AS first,
                               (SELECT value
                                  FROM json_each(coalesce(renditions.manifests, content_credentials.manifests))
                                 WHERE value ->> 'variant' = 'full') AS manifest
                          FROM posts
                          JOIN images ON images.seq = posts.image_seq
                          LEFT JOIN generations ON generations.seq = posts.generation_seq
                                               AND generations.model = posts.generation_model
                          LEFT JOIN renditions ON renditions.seq = posts.rendition_seq
                          LEFT JOIN content_credentials ON content_credentials.image_seq = posts.image_seq
                         WHERE posts.seq = :post
                        """).bind("post", seq).map(PlateDao::row).findOne());
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("status"),
                row.getString("signer"),
                row.getString("declared_by"),
                row.getString("generation_model"),
                row.getString("provider"),
                number(row, "seed"),
                row.getString("source_host"),
                number(row, "perceptual_hash"),
                number(row, "first"),
                signature(row.getString("manifest")));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    private static @Nullable Signature signature(@Nullable String manifest) {
        if (manifest == null) {
            return null;
        }
        try {
            JsonNode signed = Json.MAPPER.readTree(manifest);
            return new Signature(
                    signed.path("sha256").asText(),
                    Instant.parse(signed.path("signed_at").asText()),
                    signed.path("algorithm").asText());
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException(notOurs);
        }
    }
}
