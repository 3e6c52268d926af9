package glimpse.images;

import glimpse.database.Database;
import glimpse.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures as rows, and the files they name. Files get their names and lose them only while the writing lock is held, so
 * that a picture that comes in just as its last post goes is not lost.
 */
public final class ImageDao {
    private static final Logger log = LoggerFactory.getLogger(ImageDao.class);
    private static final int BATCH = 100; // files: a few milliseconds

    private final Database database;
    private final MediaFiles files;
    private final MediaFiles originals;
    private final Clock clock;

    ImageDao(Database database, MediaFiles files, MediaFiles originals, Clock clock) {
        this.database = database;
        this.files = files;
        this.originals = originals;
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

    /** A picture that is here already. */
    record Known(String sha256, @Nullable Long perceptualHash) {}

    Optional<Known> known(String sha256) {
        return database.read(handle -> handle.createQuery("""
                        SELECT lower(hex(sha256)) AS sha256, perceptual_hash
                          FROM images
                         WHERE sha256 = unhex(:sha256)
                        """)
                .bind("sha256", sha256)
                .map((row, context) -> known(row))
                .findOne());
    }

    private static Known known(ResultSet row) throws SQLException {
        long hash = row.getLong("perceptual_hash");
        boolean flat = row.wasNull(); // speaks of the column that was read last
        return new Known(row.getString("sha256"), flat ? null : hash);
    }

    /** The picture that a variant was made of. */
    Optional<Known> originalOf(String name) {
        return database.read(handle -> handle.createQuery("""
                        SELECT lower(hex(sha256)) AS sha256, perceptual_hash
                          FROM images
                         WHERE seq = (SELECT min(seq)
                                        FROM images
                                       WHERE thumbnail = :name OR feed = :name OR "full" = :name)
                        """)
                .bind("name", name)
                .map((row, context) -> known(row))
                .findOne());
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
        if (fresh.original() != null) {
            originals.publish(fresh.original());
        }
        long seq = insert(handle, staged.sha256(), fresh);
        MeasureDao.insert(handle, seq, fresh.image().measures(), fresh.image().compression(), clock.instant());
        return seq;
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
                                            perceptual_hash, dominant_color, thumbnail, feed, "full", original,
                                            created_at)
                        VALUES (unhex(:sha256), :format, :sourceWidth, :sourceHeight, :width, :height, :blurhash,
                                :perceptualHash, :dominantColor, :thumbnail, :feed, :full, :original, :now)
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
                .bind(
                        "original",
                        fresh.original() == null ? null : fresh.original().name())
                .bind("now", clock.millis())
                .mapTo(Long.class)
                .one();
    }

    /**
     * Runs a transaction that takes away what shows pictures, and removes those that nothing else shows.
     *
     * @param work gives the pictures' numbers
     * @return what work gave
     */
    public List<Long> release(Function<Handle, List<Long>> work) {
        Released released = database.write(handle -> {
            List<Long> images = work.apply(handle);
            return new Released(images, images.isEmpty() ? List.of() : forget(handle, images));
        });
        removeUnnamed(released.files());
        return released.images();
    }

    private record Released(List<Long> images, List<String> files) {}

    /** Removes rows that nothing refers to; gives the names of the files they had. */
    private static List<String> forget(Handle handle, List<Long> images) {
        return handle.createQuery("""
                        DELETE FROM images
                         WHERE seq IN (SELECT value FROM json_each(:images))
                           AND NOT EXISTS (SELECT 1 FROM posts WHERE image_seq = images.seq)
                           AND NOT EXISTS (SELECT 1 FROM agents WHERE avatar_image_seq = images.seq)
                           AND NOT EXISTS (SELECT 1 FROM generations WHERE image_seq = images.seq)
                        RETURNING thumbnail, feed, "full", original
                        """).bind("images", images.toString()).map(ImageDao::names).list().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    // A few at a time: whoever wants to write waits no longer than that. The same file can have come back meanwhile,
    // with another picture or the same one, so it is looked at again.
    private void removeUnnamed(List<String> names) {
        for (int from = 0; from < names.size(); from += BATCH) {
            List<String> batch = names.subList(from, Math.min(from + BATCH, names.size()));
            database.exclusively(() -> {
                List<String> unnamed = unnamed(batch);
                unnamed.forEach(name -> home(name).remove(name));
                return unnamed.size();
            });
        }
    }

    private MediaFiles home(String name) {
        return MediaFiles.isOriginal(name) ? originals : files;
    }

    /** Those of some files that no picture names. */
    private List<String> unnamed(List<String> names) {
        return database.read(handle -> handle.createQuery("""
                        SELECT value
                          FROM json_each(:names)
                         WHERE NOT EXISTS (SELECT 1 FROM images WHERE thumbnail = value)
                           AND NOT EXISTS (SELECT 1 FROM images WHERE feed = value)
                           AND NOT EXISTS (SELECT 1 FROM images WHERE "full" = value)
                           AND NOT EXISTS (SELECT 1 FROM images WHERE original = value)
                        """)
                .bind("names", new String(Json.bytes(names), StandardCharsets.UTF_8))
                .mapTo(String.class)
                .list());
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
                           AND NOT EXISTS (SELECT 1 FROM generations WHERE image_seq = images.seq)
                        """).mapTo(Long.class).list());
        release(handle -> unused);
        try {
            files.forEach(name -> sweep(List.of(name)));
            originals.forEach(name -> sweep(List.of(name)));
        } catch (IOException problem) {
            log.warn("sweep_failed", problem);
        }
    }

    private void sweep(List<String> name) {
        if (!unnamed(name).isEmpty()) {
            removeUnnamed(name);
            log.info("swept file={}", name.get(0));
        }
    }

    private static List<String> names(ResultSet row, StatementContext context) throws SQLException {
        return Stream.of(
                        row.getString("thumbnail"),
                        row.getString("feed"),
                        row.getString("full"),
                        row.getString("original"))
                .filter(Objects::nonNull)
                .toList();
    }
}
