package glimpse.images;

import glimpse.database.Database;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** What is measured of pictures, as rows beside theirs. */
final class MeasureDao {
    private final Database database;

    MeasureDao(Database database) {
        this.database = database;
    }

    /** With the picture, in its transaction. */
    static void insert(Handle handle, long image, Measures measures, Compression compression, Instant now) {
        bind(handle.createUpdate("""
                        INSERT INTO image_measures (image_seq, of_original, sharpness, noise, contrast, shadows,
                                                    highlights, colorfulness, bytes, is_lossless, jpeg_quality,
                                                    measured_at)
                        VALUES (:image, 1, :sharpness, :noise, :contrast, :shadows, :highlights, :colorfulness,
                                :bytes, :lossless, :jpegQuality, :now)
                        """), image, measures, now)
                .bind("bytes", compression.bytes())
                .bind("lossless", compression.lossless())
                .bind("jpegQuality", compression.jpegQuality())
                .execute();
    }

    /** A picture that is still to be measured, and the file of its full variant. */
    record Waiting(long image, String full) {}

    /** The next after a number. */
    Optional<Waiting> waiting(long after) {
        return database.read(handle -> handle.createQuery("""
                        SELECT unmeasured_images.image_seq, images."full"
                          FROM unmeasured_images
                          JOIN images ON images.seq = unmeasured_images.image_seq
                         WHERE unmeasured_images.image_seq > :after
                         ORDER BY unmeasured_images.image_seq
                         LIMIT 1
                        """)
                .bind("after", after)
                .map((row, context) -> new Waiting(row.getLong("image_seq"), row.getString("full")))
                .findOne());
    }

    /** Keeps what was found, if the picture is still there; without measures where its file can't be read. */
    void settle(long image, @Nullable Measures measures, Instant now) {
        database.write(handle -> {
            int waited = handle.createUpdate("DELETE FROM unmeasured_images WHERE image_seq = :image")
                    .bind("image", image)
                    .execute();
            return waited == 0 || measures == null ? 0 : insertLate(handle, image, measures, now);
        });
    }

    private static int insertLate(Handle handle, long image, Measures measures, Instant now) {
        return bind(handle.createUpdate("""
                        INSERT INTO image_measures (image_seq, of_original, sharpness, noise, contrast, shadows,
                                                    highlights, colorfulness, measured_at)
                        VALUES (:image, 0, :sharpness, :noise, :contrast, :shadows, :highlights, :colorfulness, :now)
                        """), image, measures, now).execute();
    }

    private static Update bind(Update insert, long image, Measures measures, Instant now) {
        return insert.bind("image", image)
                .bind("sharpness", measures.sharpness())
                .bind("noise", measures.noise())
                .bind("contrast", measures.contrast())
                .bind("shadows", measures.shadows())
                .bind("highlights", measures.highlights())
                .bind("colorfulness", measures.colorfulness())
                .bind("now", now.toEpochMilli());
    }
}
