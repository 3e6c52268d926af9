package glimpse.images;

import glimpse.database.Database;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures as rows, and the files they name. Files get their names and lose them only while the writing lock is held, so
 * that a picture that comes in just as its last post goes is not lost.
 */
public final class ImageDao {
    private static final Logger log = LoggerFactory.getLogger(ImageDao.class);

    private final Database database;
    private final MediaFiles files;
    private final Clock clock;

    ImageDao(Database database, MediaFiles files, Clock clock) {
        this.database = database;
        this.files = files;
        this.clock = clock;
    }

    /** The picture was removed between two looks at it; it has to be staged once more. */
    static final class Gone extends RuntimeException {
        Gone() {
            super("", null, false, false);
        }
    }

    /** Where a variant is found. */
    public static String url(String baseUrl, String name) {
        return baseUrl + "/media/" + name;
    }

    boolean isKnown(String sha256) {
        return database.read(handle -> bySha256(handle, sha256)).isPresent();
    }

    /** The SHA-256 of the original that a variant was made from. */
    Optional<String> originalOf(String name) {
        return database.read(handle ->
                handle.createQuery("""
                        SELECT lower(hex(sha256))
                          FROM images
                         WHERE seq = (SELECT min(seq)
                                        FROM images
                                       WHERE thumbnail = :name OR feed = :name OR "full" = :name)
                        """).bind("name", name).mapTo(String.class).findOne());
    }

    /** Makes a staged picture one that lasts, in the transaction of what shows it; gives its number. */
    public long publish(Handle handle, Staged staged) {
        Optional<Long> known = bySha256(handle, staged.sha256());
        if (known.isPresent()) {
            return known.get();
        }
        Staged.Fresh fresh = staged.fresh();
        if (fresh == null) {
            throw new Gone();
        }
        fresh.files().forEach(files::publish);
        return insert(handle, staged.sha256(), fresh);
    }

    private static Optional<Long> bySha256(Handle handle, String sha256) {
        return handle.createQuery("SELECT seq FROM images WHERE sha256 = unhex(:sha256)")
                .bind("sha256", sha256)
                .mapTo(Long.class)
                .findOne();
    }

    private long insert(Handle handle, String sha256, Staged.Fresh fresh) {
        ProcessedImage image = fresh.image();
        return handle.createQuery("""
                        INSERT INTO images (sha256, format, source_width, source_height, width, height, blurhash,
                                            perceptual_hash, dominant_color, thumbnail, feed, "full", created_at)
                        VALUES (unhex(:sha256), :format, :sourceWidth, :sourceHeight, :width, :height, :blurhash,
                                :perceptualHash, :dominantColor, :thumbnail, :feed, :full, :now)
                        RETURNING seq
                        """)
                .bind("sha256", sha256)
                .bind("format", image.format().mimeType())
                .bind("sourceWidth", image.sourceWidth())
                .bind("sourceHeight", image.sourceHeight())
                .bind("width", image.full().width())
                .bind("height", image.full().height())
                .bind("blurhash", image.blurhash())
                .bind("perceptualHash", image.perceptualHash())
                .bind("dominantColor", image.dominantColor())
                .bind("thumbnail", fresh.thumbnail().name())
                .bind("feed", fresh.feed().name())
                .bind("full", fresh.full().name())
                .bind("now", clock.millis())
                .mapTo(Long.class)
                .one();
    }

    /**
     * Runs a transaction that takes away what shows a picture, and removes the picture if nothing else does.
     *
     * @param work gives the picture's number, or nothing when it took nothing away
     */
    public boolean release(Function<Handle, Optional<Long>> work) {
        return database.exclusively(() -> {
            Optional<List<String>> unused =
                    database.write(handle -> work.apply(handle).map(image -> forget(handle, image)));
            unused.ifPresent(names -> names.forEach(files::remove));
            return unused.isPresent();
        });
    }

    /** Removes a row that nothing refers to; gives the names of files that are left without one. */
    private static List<String> forget(Handle handle, long image) {
        return handle.createQuery("""
                        DELETE FROM images
                         WHERE seq = :image
                           AND NOT EXISTS (SELECT 1 FROM posts WHERE image_seq = :image)
                           AND NOT EXISTS (SELECT 1 FROM agents WHERE avatar_image_seq = :image)
                        RETURNING thumbnail, feed, "full"
                        """).bind("image", image).map(ImageDao::names).list().stream()
                .flatMap(List::stream)
                .distinct()
                .filter(name -> !isUsed(handle, name))
                .toList();
    }

    private static boolean isUsed(Handle handle, String name) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM images
                                        WHERE thumbnail = :name OR feed = :name OR "full" = :name)
                        """).bind("name", name).mapTo(Boolean.class).one();
    }

    /**
     * Removes pictures that nothing shows and files that no picture names: what is left when the process was killed
     * between a file and its row. Slow for many files; it stands in nobody's way.
     */
    void sweep() {
        List<Long> unused = database.read(
                handle -> handle.createQuery("""
                        SELECT seq
                          FROM images
                         WHERE NOT EXISTS (SELECT 1 FROM posts WHERE image_seq = images.seq)
                           AND NOT EXISTS (SELECT 1 FROM agents WHERE avatar_image_seq = images.seq)
                        """).mapTo(Long.class).list());
        unused.forEach(image -> release(handle -> Optional.of(image)));
        try {
            files.forEach(this::removeUnnamed);
        } catch (IOException problem) {
            log.warn("sweep_failed", problem);
        }
    }

    private void removeUnnamed(String name) {
        if (!database.read(handle -> isUsed(handle, name))) {
            database.exclusively(() -> {
                boolean used = database.read(handle -> isUsed(handle, name));
                if (!used) {
                    files.remove(name);
                    log.info("swept file={}", name);
                }
                return used;
            });
        }
    }

    private static List<String> names(ResultSet row, StatementContext context) throws SQLException {
        return List.of(row.getString("thumbnail"), row.getString("feed"), row.getString("full"));
    }
}
