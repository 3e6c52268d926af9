package glimpse.provenance;

import glimpse.database.Database;
import glimpse.http.RawJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What is stored of the credentials of a post's picture. */
final class ProvenanceDao {
    private final Database database;

    ProvenanceDao(Database database) {
        this.database = database;
    }

    /**
     * A post's picture.
     *
     * @param status none where the original was gone before it was looked at
     * @param variants an array; empty for a picture that is still to be signed
     */
    record Row(
            String postId,
            @Nullable String status,
            @Nullable String checkedAt,
            @Nullable RawJson original,
            Provenance.Generation generation,
            RawJson variants) {}

    Optional<Row> ofPost(long seq, String media) {
        return database.read(handle -> handle.createQuery("""
                        SELECT posts.id, posts.generation_model, posts.generation_prompt, generations.provider,
                               generations.seed,
                               CASE
                                   WHEN generations.prompt IS posts.generation_prompt AND generations.seq IS NOT NULL
                                   THEN 'server'
                                   WHEN coalesce(posts.generation_model, posts.generation_prompt) IS NOT NULL
                                   THEN 'agent'
                               END AS declared_by,
                               content_credentials.original,
                               content_credentials.original ->> 'state' AS status,
                               content_credentials.original ->> 'checked_at' AS checked_at,
                               (SELECT json_group_array(json_set(value, '$.url', :media || (value ->> 'file')))
                                  FROM json_each(coalesce(renditions.manifests, content_credentials.manifests))) AS variants
                          FROM posts
                          LEFT JOIN generations ON generations.seq = posts.generation_seq
                                               AND generations.model = posts.generation_model
                          LEFT JOIN renditions ON renditions.seq = posts.rendition_seq
                          LEFT JOIN content_credentials ON content_credentials.image_seq = posts.image_seq
                         WHERE posts.seq = :post
                        """)
                .bind("post", seq)
                .bind("media", media)
                .map(ProvenanceDao::row)
                .findOne());
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        @Nullable String original = row.getString("original");
        long seed = row.getLong("seed");
        boolean unknownSeed = row.wasNull(); // speaks of the column that was read last
        return new Row(
                row.getString("id"),
                row.getString("status"),
                row.getString("checked_at"),
                original == null ? null : new RawJson(original),
                new Provenance.Generation(
                        row.getString("declared_by"),
                        row.getString("provider"),
                        row.getString("generation_model"),
                        row.getString("generation_prompt"),
                        unknownSeed ? null : seed),
                new RawJson(row.getString("variants")));
    }
}
