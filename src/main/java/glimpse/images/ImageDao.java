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
import org.jdbi.v3.core.statement.Query;
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

    /**
     * A picture that is here.
     *
     * @param declaration of its own files; others are renditions
     * @param source how large the original was
     * @param original the file that is kept of it, if one is
     */
    record Stored(
            long seq,
            String sha256,
            String declaration,
            String format,
            @Nullable Long perceptualHash,
            Size source,
            String thumbnail,
            String feed,
            String full,
            @Nullable String original) {}

    private static final String STORED = """
            SELECT seq, lower(hex(sha256)) AS sha256, lower(hex(declaration)) AS declaration, format,
                   perceptual_hash, source_width, source_height, thumbnail, feed, "full", original
              FROM images""";

    Optional<Stored> bySha256(String sha256) {
        return database.read(handle -> bySha256(handle, sha256));
    }

    private static Optional<Stored> bySha256(Handle handle, String sha256) {
        return stored(
                handle.createQuery(STORED + " WHERE sha256 = unhex(:sha256)").bind("sha256", sha256));
    }

    /** The one that a variant belongs to. */
    Optional<Stored> byName(String name) {
        return database.read(handle -> seqOf(handle, name).flatMap(seq -> bySeq(handle, seq)));
    }

    /** The number of the picture that a variant belongs to. */
    public Optional<Long> seqOf(Handle handle, String name) {
        return handle.createQuery("""
                        SELECT seq
                          FROM images
                         WHERE thumbnail = :name OR feed = :name OR "full" = :name
                         UNION ALL
                        SELECT image_seq
                          FROM renditions
                         WHERE thumbnail = :name OR feed = :name OR "full" = :name
                         LIMIT 1
                        """).bind("name", name).mapTo(Long.class).findOne();
    }

    Optional<Stored> bySeq(long seq) {
        return database.read(handle -> bySeq(handle, seq));
    }

    private static Optional<Stored> bySeq(Handle handle, long seq) {
        return stored(handle.createQuery(STORED + " WHERE seq = :seq").bind("seq", seq));
    }

    /** Whether there are files of a picture that are signed with this declaration. */
    boolean isKnown(Stored stored, String declaration) {
        return stored.declaration().equals(declaration)
                || database.read(handle -> RenditionDao.find(handle, stored.seq(), declaration))
                        .isPresent();
    }

    private static Optional<Stored> stored(Query query) {
        return query.map(ImageDao::row).findOne();
    }

    private static Stored row(ResultSet row, StatementContext context) throws SQLException {
        long hash = row.getLong("perceptual_hash");
        boolean flat = row.wasNull(); // speaks of the column that was read last
        return new Stored(
                row.getLong("seq"),
                row.getString("sha256"),
                row.getString("declaration"),
                row.getString("format"),
                flat ? null : hash,
                new Size(row.getInt("source_width"), row.getInt("source_height")),
                row.getString("thumbnail"),
                row.getString("feed"),
                row.getString("full"),
                row.getString("original"));
    }

    /**
     * Where a picture's files are found.
     *
     * @param rendition none where they are the picture's own
     */
    public record Published(long image, @Nullable Long rendition) {}

    /** Makes a staged picture one that lasts, in the transaction of what shows it. */
    public Published publish(Handle handle, Staged staged) {
        Optional<Stored> known = bySha256(handle, staged.sha256());
        if (known.isEmpty()) {
            return new Published(insert(handle, staged), null);
        }
        long image = known.get().seq();
        if (known.get().declaration().equals(staged.declaration())) {
            return new Published(image, null);
        }
        Optional<Long> rendition = RenditionDao.find(handle, image, staged.declaration());
        return new Published(image, rendition.isPresent() ? rendition.get() : insertRendition(handle, image, staged));
    }

    /**
     * The same for a picture of which nothing is declared, to be shown by its number alone: its own files become those
     * without a declaration, else it would be shown with whatever somebody else says, or with a prompt that nobody posted.
     */
    public long publishUndeclared(Handle handle, Staged staged) {
        Published published = publish(handle, staged);
        if (published.rendition() != null) {
            RenditionDao.makeOwn(handle, new RenditionDao.Succession(published.image(), published.rendition()));
        }
        return published.image();
    }

    private void publishFiles(Staged.Fresh fresh) {
        fresh.variants().forEach(variant -> files.publish(variant.file()));
        if (fresh.kept() != null) {
            originals.publish(fresh.kept());
        }
    }

    private long insert(Handle handle, Staged staged) {
        Staged.Fresh fresh = staged.fresh();
        Staged.@Nullable Facts facts = fresh == null ? null : fresh.facts();
        if (fresh == null || facts == null) {
            throw new Gone();
        }
        long image = insert(handle, staged, fresh, facts);
        MeasureDao.insert(handle, image, facts.image().measures(), facts.image().compression(), clock.instant());
        ContentCredentialDao.insert(handle, image, facts.found(), fresh.variants());
        publishFiles(fresh);
        return image;
    }

    private long insert(Handle handle, Staged staged, Staged.Fresh fresh, Staged.Facts facts) {
        ProcessedImage image = facts.image();
        return handle.createQuery("""
                        INSERT INTO images (sha256, declaration, format, source_width, source_height, width, height, blurhash,
                                            perceptual_hash, dominant_color, thumbnail, feed, "full", original,
                                            created_at)
                        VALUES (unhex(:sha256), unhex(:declaration), :format, :sourceWidth, :sourceHeight, :width, :height,
                                :blurhash, :perceptualHash, :dominantColor, :thumbnail, :feed, :full, :original, :now)
                        RETURNING seq
                        """)
                .bind("sha256", staged.sha256())
                .bind("declaration", staged.declaration())
                .bind("format", image.format().mimeType())
                .bind("sourceWidth", image.sourceWidth())
                .bind("sourceHeight", image.sourceHeight())
                .bind("width", image.full().width())
                .bind("height", image.full().height())
                .bind("blurhash", image.blurhash())
                .bind("perceptualHash", image.perceptualHash())
                .bind("dominantColor", image.dominantColor())
                .bind("thumbnail", fresh.thumbnail().file().name())
                .bind("feed", fresh.feed().file().name())
                .bind("full", fresh.full().file().name())
                .bind("original", fresh.kept() == null ? null : fresh.kept().name())
                .bind("now", clock.millis())
                .mapTo(Long.class)
                .one();
    }

    private long insertRendition(Handle handle, long image, Staged staged) {
        Staged.Fresh fresh = staged.fresh();
        if (fresh == null) {
            throw new Gone();
        }
        long seq = RenditionDao.insert(handle, image, staged.declaration(), fresh);
        fresh.variants().forEach(variant -> files.publish(variant.file()));
        return seq;
    }

    /** Puts signed files in the place of those that a picture had; nothing if it is gone or was signed meanwhile. */
    void sign(Stored stored, Staging.Late late) {
        boolean signed = database.write(handle -> {
            int waited = handle.createUpdate("DELETE FROM unsigned_images WHERE image_seq = :image")
                    .bind("image", stored.seq())
                    .execute();
            if (waited == 0) {
                return false;
            }
            Staged.Fresh fresh = late.fresh();
            handle.createUpdate("""
                            UPDATE images
                               SET thumbnail = :thumbnail, feed = :feed, "full" = :full
                             WHERE seq = :image
                            """)
                    .bind("image", stored.seq())
                    .bind("thumbnail", fresh.thumbnail().file().name())
                    .bind("feed", fresh.feed().file().name())
                    .bind("full", fresh.full().file().name())
                    .execute();
            ContentCredentialDao.insert(handle, stored.seq(), late.found(), fresh.variants());
            publishFiles(fresh);
            return true;
        });
        if (signed) {
            removeUnnamed(Stream.of(stored.thumbnail(), stored.feed(), stored.full())
                    .distinct()
                    .toList());
        }
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
        // What was signed in the name of somebody who took it back is not to stay because others show the same picture.
        RenditionDao.due(handle, images).forEach(succession -> RenditionDao.makeOwn(handle, succession));
        Stream<List<String>> renditions =
                handle.createQuery("""
                        DELETE FROM renditions
                         WHERE image_seq IN (SELECT value FROM json_each(:images))
                           AND NOT EXISTS (SELECT 1 FROM posts WHERE rendition_seq = renditions.seq)
                           AND NOT EXISTS (SELECT 1 FROM generations WHERE rendition_seq = renditions.seq)
                        RETURNING thumbnail, feed, "full", NULL AS original
                        """).bind("images", images.toString()).map(ImageDao::names).list().stream();
        Stream<List<String>> unused =
                handle.createQuery("""
                        DELETE FROM images
                         WHERE seq IN (SELECT value FROM json_each(:images))
                           AND NOT EXISTS (SELECT 1 FROM posts WHERE image_seq = images.seq)
                           AND NOT EXISTS (SELECT 1 FROM agents WHERE avatar_image_seq = images.seq)
                           AND NOT EXISTS (SELECT 1 FROM generations WHERE image_seq = images.seq)
                        RETURNING thumbnail, feed, "full", original
                        """).bind("images", images.toString()).map(ImageDao::names).list().stream();
        return Stream.concat(renditions, unused)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Removes files that got their names in a transaction that came to nothing. */
    void forget(Staged.Fresh fresh) {
        Stream<MediaFiles.StagedFile> variants = fresh.variants().stream().map(Staged.SignedFile::file);
        removeUnnamed(Stream.concat(variants, Stream.ofNullable(fresh.kept()))
                .map(MediaFiles.StagedFile::name)
                .distinct()
                .toList());
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
                           AND NOT EXISTS (SELECT 1 FROM renditions WHERE thumbnail = value)
                           AND NOT EXISTS (SELECT 1 FROM renditions WHERE feed = value)
                           AND NOT EXISTS (SELECT 1 FROM renditions WHERE "full" = value)
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
