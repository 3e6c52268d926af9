package glimpse.images;

import glimpse.c2pa.ClaimData.Generation;
import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import glimpse.images.fetch.ImageFetcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

    private final ContentCredentials credentials;
    private final ImagePipeline pipeline;
    private final ImageFetcher fetcher;
    private final MediaFiles files;
    private final MediaFiles originals;
    private final ImageDao images;
    private final Staging staging;
    private final Background signing;
    private final Background measuring;
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
            ContentCredentials credentials,
            ImageFetcher fetcher,
            Blocklist blocklist)
            throws IOException {
        this.pipeline = pipeline;
        this.fetcher = fetcher;
        this.files = new MediaFiles(media);
        this.originals = new MediaFiles(kept);
        this.images = new ImageDao(database, files, originals, clock);
        this.credentials = credentials;
        this.staging = new Staging(pipeline, blocklist, credentials, files, originals, images);
        Unsigned unsigned = new Unsigned(credentials, new ContentCredentialDao(database), images, staging);
        this.signing = new Background("unsigned", unsigned::sign);
        this.unmeasured = new Unmeasured(new MeasureDao(database), pipeline, files, clock);
        this.measuring = new Background("unmeasured", unmeasured::measure);
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

    /** For those who ask for measures that are not there yet. */
    public Unmeasured unmeasured() {
        return unmeasured;
    }

    /** Begins to measure and to sign pictures that were taken in before that was done. */
    public void start() {
        measuring.start();
        signing.start();
    }

    /** The bytes of a variant, as an answer. */
    Optional<Object> variant(String name) {
        return MediaFiles.NAME.matcher(name).matches() ? files.read(name) : Optional.empty();
    }

    /** A variant as wide as this, if it was made already. */
    Optional<Object> narrowed(String name, int width) {
        return MediaFiles.NAME.matcher(name).matches() ? files.narrowed(name, width) : Optional.empty();
    }

    /**
     * Makes it; nothing when there is no such variant.
     *
     * @throws ApiError NOT_FOUND when it is not made as wide as that; SERVICE_UNAVAILABLE when too many wait
     */
    Optional<Object> narrow(String name, int width) {
        return MediaFiles.NAME.matcher(name).matches()
                ? files.narrow(
                        name, width, variant -> credentials.signNarrowed(variant, pipeline.narrowed(variant, width)))
                : Optional.empty();
    }

    /**
     * Stages an uploaded file and gives it to what will show it.
     *
     * @param declared how it is said to be made, which is signed with it
     * @throws ApiError IMAGE_UNREADABLE, IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE, IMAGE_BLOCKED, SERVICE_UNAVAILABLE
     */
    public <T> T withUpload(Path original, @Nullable Generation declared, Function<Staged, T> use) {
        return using(() -> staging.original(original, declared), use);
    }

    /**
     * The same for the picture at a URL. One of this server's own is neither fetched nor encoded again.
     *
     * @throws ApiError also IMAGE_URL_FORBIDDEN, IMAGE_FETCH_FAILED
     */
    public <T> T withUrl(String url, String baseUrl, @Nullable Generation declared, Function<Staged, T> use) {
        Optional<String> own = ownName(url, baseUrl);
        if (own.isPresent()) {
            return withOwn(own.get(), declared, use);
        }
        Path fetched = spool.resolve("fetch-" + fetches.incrementAndGet());
        try {
            fetcher.fetch(url, fetched);
            return withUpload(fetched, declared, use);
        } finally {
            delete(fetched);
        }
    }

    /** The same for one of this server's own pictures, by the name of one of its variants. */
    public <T> T withOwn(String name, @Nullable Generation declared, Function<Staged, T> use) {
        return using(() -> staging.own(name, declared), use);
    }

    /** The name of the variant at a URL, where it is one of this server's own. */
    public static Optional<String> ownName(String url, String baseUrl) {
        String media = baseUrl + MEDIA;
        return url.startsWith(media) ? Optional.of(url.substring(media.length())) : Optional.empty();
    }

    private <T> T using(Supplier<Staged> stage, Function<Staged, T> use) {
        for (int tries = 1; ; tries++) {
            try {
                return usingOnce(stage.get(), use);
            } catch (ImageDao.Gone removedMeanwhile) {
                if (tries == MOST_TRIES) {
                    throw new ApiError(ErrorCode.CONFLICT, "This picture is being removed").cause(removedMeanwhile);
                }
            }
        }
    }

    private <T> T usingOnce(Staged staged, Function<Staged, T> use) {
        Staged.@Nullable Fresh fresh = staged.fresh();
        try {
            return use.apply(staged);
        } catch (RuntimeException rolledBack) {
            if (fresh != null && !(rolledBack instanceof ApiError)) { // nothing is refused after files have their names
                images.forget(fresh);
            }
            throw rolledBack;
        } finally {
            if (fresh != null) {
                staging.discard(fresh);
            }
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
        measuring.close();
        signing.close();
        fetcher.close();
        pipeline.close();
        if (swept) {
            delete(runningMarker);
        }
    }
}
