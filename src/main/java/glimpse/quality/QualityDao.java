package glimpse.quality;

import glimpse.database.Database;
import glimpse.images.Compression;
import glimpse.images.Measures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of the picture of a post. */
final class QualityDao {
    private final Database database;

    QualityDao(Database database) {
        this.database = database;
    }

    /**
     * A post, its picture, and what was measured of that.
     *
     * @param measures none for one that is still to be measured
     * @param compression none where the original was gone before anything was measured
     */
    record Row(
            String postId,
            long image,
            int width,
            int height,
            String format,
            @Nullable Long perceptualHash,
            Quality.Disclosure disclosure,
            @Nullable Measures measures,
            @Nullable Compression compression,
            Instant measuredAt) {}

    Optional<Row> ofPost(long seq) {
        return database.read(handle -> handle.createQuery("""
                        SELECT posts.id, posts.image_seq, images.source_width, images.source_height, images.format,
                               images.perceptual_hash, posts.generation_model IS NOT NULL AS has_model,
                               posts.generation_prompt IS NOT NULL AS has_prompt, posts.alt_text IS NOT NULL AS has_alt_text,
                               images.original IS NOT NULL AS has_credentials, image_measures.sharpness,
                               image_measures.noise, image_measures.contrast, image_measures.shadows,
                               image_measures.highlights, image_measures.colorfulness, image_measures.bytes,
                               image_measures.is_lossless, image_measures.jpeg_quality, image_measures.measured_at
                          FROM posts
                          JOIN images ON images.seq = posts.image_seq
                          LEFT JOIN image_measures ON image_measures.image_seq = images.seq
                         WHERE posts.seq = :post
                        """)
                .bind("post", seq)
                .map((row, context) -> row(row))
                .findOne());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getLong("image_seq"),
                row.getInt("source_width"),
                row.getInt("source_height"),
                row.getString("format"),
                number(row, "perceptual_hash"),
                new Quality.Disclosure(
                        row.getBoolean("has_model"),
                        row.getBoolean("has_prompt"),
                        row.getBoolean("has_alt_text"),
                        row.getBoolean("has_credentials")),
                number(row, "measured_at") == null ? null : measures(row),
                compression(row),
                Instant.ofEpochMilli(row.getLong("measured_at")));
    }

    private static Measures measures(ResultSet row) throws SQLException {
        return new Measures(
                row.getDouble("sharpness"),
                row.getDouble("noise"),
                row.getDouble("contrast"),
                row.getDouble("shadows"),
                row.getDouble("highlights"),
                row.getDouble("colorfulness"));
    }

    private static @Nullable Compression compression(ResultSet row) throws SQLException {
        @Nullable Long bytes = number(row, "bytes");
        @Nullable Long quality = number(row, "jpeg_quality");
        return bytes == null
                ? null
                : new Compression(bytes, row.getBoolean("is_lossless"), quality == null ? null : quality.intValue());
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
