package glimpse.images;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The files of pictures that are declared in several ways, as rows. A picture's own files are those of one of its
 * declarations, which it can change: the files keep their names by that.
 */
final class RenditionDao {
    private RenditionDao() {}

    /** That a picture's own files are to be others. */
    record Succession(long image, long rendition) {}

    /** The files of a picture that are signed with this declaration, where they are not its own. */
    static Optional<Long> find(Handle handle, long image, String declaration) {
        return handle.createQuery("""
                        SELECT seq
                          FROM renditions
                         WHERE image_seq = :image AND declaration = unhex(:declaration)
                        """)
                .bind("image", image)
                .bind("declaration", declaration)
                .mapTo(Long.class)
                .findOne();
    }

    static long insert(Handle handle, long image, String declaration, Staged.Fresh fresh) {
        return handle.createQuery("""
                        INSERT INTO renditions (image_seq, declaration, thumbnail, feed, "full", manifests)
                        VALUES (:image, unhex(:declaration), :thumbnail, :feed, :full, :manifests)
                        RETURNING seq
                        """)
                .bind("image", image)
                .bind("declaration", declaration)
                .bind("thumbnail", fresh.thumbnail().file().name())
                .bind("feed", fresh.feed().file().name())
                .bind("full", fresh.full().file().name())
                .bind("manifests", ContentCredentialDao.manifests(fresh.variants()))
                .mapTo(Long.class)
                .one();
    }

    /** Makes a rendition's files the picture's own, and those that were its own a rendition. Whoever shows them still does. */
    static void makeOwn(Handle handle, Succession succession) {
        long former = handle.createQuery("""
                        INSERT INTO renditions (image_seq, declaration, thumbnail, feed, "full", manifests)
                        SELECT images.seq, images.declaration, images.thumbnail, images.feed, images."full",
                               content_credentials.manifests
                          FROM images
                          JOIN content_credentials ON content_credentials.image_seq = images.seq
                         WHERE images.seq = :image
                        RETURNING seq
                        """)
                .bind("image", succession.image())
                .mapTo(Long.class)
                .one();
        List.of("""
                UPDATE posts
                   SET rendition_seq = CASE WHEN rendition_seq IS NULL THEN :former END
                 WHERE image_seq = :image AND (rendition_seq IS NULL OR rendition_seq = :rendition)
                """, """
                UPDATE generations
                   SET rendition_seq = CASE WHEN rendition_seq IS NULL THEN :former END
                 WHERE image_seq = :image AND (rendition_seq IS NULL OR rendition_seq = :rendition)
                """)
                .forEach(shown -> handle.createUpdate(shown)
                        .bind("former", former)
                        .bind("image", succession.image())
                        .bind("rendition", succession.rendition())
                        .execute());
        List.of("""
                UPDATE images
                   SET (declaration, thumbnail, feed, "full")
                     = (SELECT declaration, thumbnail, feed, "full" FROM renditions WHERE seq = :rendition)
                 WHERE seq = :image
                """, """
                UPDATE content_credentials
                   SET manifests = (SELECT manifests FROM renditions WHERE seq = :rendition)
                 WHERE image_seq = :image
                """)
                .forEach(own -> handle.createUpdate(own)
                        .bind("image", succession.image())
                        .bind("rendition", succession.rendition())
                        .execute());
        handle.createUpdate("DELETE FROM renditions WHERE seq = :rendition")
                .bind("rendition", succession.rendition())
                .execute();
    }

    /** Those of some pictures whose own files nothing shows any more, while others of their files are shown. */
    static List<Succession> due(Handle handle, List<Long> images) {
        return handle.createQuery("""
                        SELECT renditions.image_seq AS image, min(renditions.seq) AS rendition
                          FROM renditions
                         WHERE renditions.image_seq IN (SELECT value FROM json_each(:images))
                           AND (EXISTS (SELECT 1 FROM posts WHERE rendition_seq = renditions.seq)
                                OR EXISTS (SELECT 1 FROM generations WHERE rendition_seq = renditions.seq))
                           AND NOT EXISTS (SELECT 1
                                             FROM posts
                                            WHERE image_seq = renditions.image_seq AND rendition_seq IS NULL)
                           AND NOT EXISTS (SELECT 1
                                             FROM generations
                                            WHERE image_seq = renditions.image_seq AND rendition_seq IS NULL)
                           AND NOT EXISTS (SELECT 1 FROM agents WHERE avatar_image_seq = renditions.image_seq)
                           AND NOT EXISTS (SELECT 1 FROM unsigned_images WHERE image_seq = renditions.image_seq)
                         GROUP BY renditions.image_seq
                        """)
                .bind("images", images.toString())
                .map((row, context) -> new Succession(row.getLong("image"), row.getLong("rendition")))
                .list();
    }
}
