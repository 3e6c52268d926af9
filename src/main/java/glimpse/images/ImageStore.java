package glimpse.images;

import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import glimpse.images.MediaFiles.StagedFile;
import glimpse.images.fetch.ImageFetcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes pictures in: from an upload, from a foreign URL, or from this server's own media. */
public final class ImageStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImageStore.class);
    private static final int MOST_TRIES = 3;
    private static final String MEDIA = "/media/";

    private final ImagePipeline pipeline;
    private final ImageFetcher fetcher;
    private final Blocklist blocklist;
    private final MediaFiles files;
    private final MediaFiles originals;
    private final ImageDao images;
    private final Unmeasured unmeasured;
    private final Path spool;
    private final Path runningMarker;
    private volatile boolean swept = true; // what an earlier run left, if it was killed
    private final AtomicLong fetches = new AtomicLong();

    /**
     * Takes its folders into use.
     *
     * @param media has the variants
     * @param kept has originals with content credentials, which are never served
     * @param spool for what is on its way in; what an earlier run left there is removed
     */
    public ImageStore(
            Database database,
            Clock clock,
            Path media,
            Path kept,
            Path spool,
            ImagePipeline pipeline,
            ImageFetcher fetcher,
            Blocklist blocklist)
            throws IOException {
        this.pipeline = pipeline;
        this.fetcher = fetcher;
        this.blocklist = blocklist;
        this.files = new MediaFiles(media);
        this.originals = new MediaFiles(kept);
        this.images = new ImageDao(database, files, originals, clock);
        this.unmeasured = new Unmeasured(new MeasureDao(database), pipeline, files, clock);
        this.spool = MediaFiles.emptied(spool);
        this.runningMarker = media.resolve("running");
        if (Files.exists(runningMarker)) {
            swept = false;
            Thread sweeper = new Thread(this::sweep, "media-sweep");
            sweeper.setDaemon(true);
            sweeper.start();
        } else {
            Files.createFile(runningMarker);
        }
    }

    private void sweep() {
        try {
            images.sweep();
            swept = true;
        } catch (RuntimeException problem) {
            log.warn("sweep_failed", problem);
        }
    }

    /** The rows of pictures, for those that refer to them. */
    public ImageDao rows() {
        return images;
    }

    /** Measures pictures that were taken in before anything was measured. */
    public Unmeasured unmeasured() {
        return unmeasured;
    }

    /** The bytes of a variant, as an answer. */
    Optional<Object> variant(String name) {
        return MediaFiles.NAME.matcher(name).matches() ? files.read(name) : Optional.empty();
    }

    /**
     * Stages an uploaded file and gives it to what will show it.
     *
     * @throws ApiError IMAGE_UNREADABLE, IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE, IMAGE_BLOCKED, SERVICE_UNAVAILABLE
     */
    public <T> T withUpload(Path original, Function<Staged, T> use) {
        return using(() -> stage(original), use);
    }

    /**
     * The same for the picture at a URL. One of this server's own is used as it is.
     *
     * @throws ApiError also IMAGE_URL_FORBIDDEN, IMAGE_FETCH_FAILED
     */
    public <T> T withUrl(String url, String baseUrl, Function<Staged, T> use) {
        if (isOwn(url, baseUrl)) {
            String name = url.substring(baseUrl.length() + MEDIA.length());
            return using(() -> own(name), use);
        }
        Path fetched = spool.resolve("fetch-" + fetches.incrementAndGet());
        try {
            fetcher.fetch(url, fetched);
            return withUpload(fetched, use);
        } finally {
            delete(fetched);
        }
    }

    /** Whether a URL is that of one of this server's own pictures. */
    public static boolean isOwn(String url, String baseUrl) {
        return url.startsWith(baseUrl + MEDIA);
    }

    private Staged own(String name) {
        return images.originalOf(name)
                .map(this::staged)
                .orElseThrow(() -> new ApiError(ErrorCode.IMAGE_FETCH_FAILED, "This server has no such picture"));
    }

    /** What was taken in once can be on the blocklist since. */
    private Staged staged(ImageDao.Known known) {
        blocklist.check(known.sha256(), known.perceptualHash());
        return new Staged(known.sha256(), null);
    }

    private Staged stage(Path original) {
        String sha256 = ImagePipeline.sha256(original);
        Optional<ImageDao.Known> known = images.known(sha256);
        if (known.isPresent()) {
            return staged(known.get());
        }
        ProcessedImage image = pipeline.process(original);
        blocklist.check(sha256, image.perceptualHash());
        List<StagedFile> staged = new ArrayList<>();
        try {
            staged.add(files.stage(image.thumbnail().webp()));
            staged.add(files.stage(image.feed().webp()));
            staged.add(
                    image.full().equals(image.feed())
                            ? staged.get(1)
                            : files.stage(image.full().webp()));
            @Nullable
            StagedFile kept = ContentCredentials.areIn(original) ? originals.stageOriginal(original, sha256) : null;
            return new Staged(
                    image.sha256(), new Staged.Fresh(image, staged.get(0), staged.get(1), staged.get(2), kept));
        } catch (UncheckedIOException problem) {
            staged.forEach(files::discard);
            throw problem;
        }
    }

    private <T> T using(Supplier<Staged> stage, Function<Staged, T> use) {
        for (int tries = 1; ; tries++) {
            Staged staged = stage.get();
            try {
                return use.apply(staged);
            } catch (ImageDao.Gone removedMeanwhile) {
                if (tries == MOST_TRIES) {
                    throw new ApiError(ErrorCode.CONFLICT, "This picture is being removed").cause(removedMeanwhile);
                }
            } finally {
                Staged.@Nullable Fresh fresh = staged.fresh();
                if (fresh != null) {
                    fresh.files().forEach(files::discard);
                    discard(fresh.original());
                }
            }
        }
    }

    private void discard(@Nullable StagedFile original) {
        if (original != null) {
            originals.discard(original);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        unmeasured.close();
        fetcher.close();
        pipeline.close();
        if (swept) {
            delete(runningMarker);
        }
    }
}
