package glimpse.images;

import glimpse.c2pa.ValidationReport;
import glimpse.database.Database;
import glimpse.http.Json;
import glimpse.images.Staged.SignedFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was found in originals, and how variants are signed, as rows beside those of pictures. */
final class ContentCredentialDao {
    private final Database database;

    ContentCredentialDao(Database database) {
        this.database = database;
    }

    /** How a variant is signed, as it is stored. */
    record Manifest(
            String variant,
            String file,
            String sha256,
            String manifest,
            Instant signedAt,
            String algorithm,
            int bytesAdded,
            boolean embedsOriginal) {
        static Manifest of(SignedFile signed) {
            return new Manifest(
                    signed.kind().name().toLowerCase(Locale.ROOT),
                    signed.file().name(),
                    signed.file().sha256(),
                    signed.signed().manifest(),
                    signed.signed().signedAt(),
                    signed.signed().algorithm(),
                    signed.signed().bytesAdded(),
                    signed.signed().embedsParent());
        }
    }

    /**
     * With the picture, in its transaction.
     *
     * @param found none where the original was gone before it was looked at
     */
    static void insert(Handle handle, long image, @Nullable ValidationReport found, List<SignedFile> variants) {
        handle.createUpdate("""
                        INSERT INTO content_credentials (image_seq, original, manifests)
                        VALUES (:image, :original, :manifests)
                        """)
                .bind("image", image)
                .bind("original", found == null ? null : json(found))
                .bind("manifests", manifests(variants))
                .execute();
    }

    /** How variants are signed, as it is stored. */
    static String manifests(List<SignedFile> variants) {
        return json(variants.stream().map(Manifest::of).toList());
    }

    private static String json(Object value) {
        return new String(Json.bytes(value), StandardCharsets.UTF_8);
    }

    /** A picture after a number that is still to be signed. */
    Optional<Long> unsigned(long after) {
        return database.read(handle ->
                handle.createQuery("""
                        SELECT image_seq
                          FROM unsigned_images
                         WHERE image_seq > :after
                         ORDER BY image_seq
                         LIMIT 1
                        """).bind("after", after).mapTo(Long.class).findOne());
    }
}
