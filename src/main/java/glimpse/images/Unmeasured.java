package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures pictures that were taken in before anything was measured, from their full variants: one at a time, on a
 * thread of its own that rests as long as it has worked. What somebody asks for is measured at once.
 */
public final class Unmeasured implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Unmeasured.class);
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2); // while uploads take all workers

    private final MeasureDao measures;
    private final ImagePipeline pipeline;
    private final MediaFiles files;
    private final Clock clock;
    private @Nullable Thread measuring;

    Unmeasured(MeasureDao measures, ImagePipeline pipeline, MediaFiles files, Clock clock) {
        this.measures = measures;
        this.pipeline = pipeline;
        this.files = files;
        this.clock = clock;
    }

    /** Begins to measure what waits for it. */
    public void start() {
        Thread thread = new Thread(this::run, "unmeasured");
        thread.setDaemon(true);
        thread.start();
        measuring = thread;
    }

    private void run() {
        try {
            long last = 0;
            for (List<MeasureDao.Waiting> next = measures.waiting(last, BATCH);
                    !next.isEmpty();
                    next = measures.waiting(last, BATCH)) {
                for (MeasureDao.Waiting picture : next) {
                    long began = System.nanoTime();
                    measurePatiently(picture);
                    Thread.sleep(Duration.ofNanos(System.nanoTime() - began).toMillis());
                    last = picture.image();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException problem) {
            log.warn("unmeasured_left", problem);
        }
    }

    private void measurePatiently(MeasureDao.Waiting picture) throws InterruptedException {
        while (!measure(picture)) {
            Thread.sleep(PATIENCE.toMillis());
        }
    }

    /**
     * Measures a picture now, if it still waits for that.
     *
     * @throws ApiError SERVICE_UNAVAILABLE when too many others are worked on
     */
    public void measure(long image) {
        List<MeasureDao.Waiting> next = measures.waiting(image - 1, 1);
        if (!next.isEmpty() && next.get(0).image() == image && !measure(next.get(0))) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "Too many images are waiting to be processed")
                    .retryAfter(PATIENCE);
        }
    }

    /** Whether there was room for it among the workers. */
    private boolean measure(MeasureDao.Waiting picture) {
        try {
            measures.settle(picture.image(), pipeline.measure(files.bytes(picture.full())), clock.instant());
            return true;
        } catch (ApiError problem) {
            return problem.code() != ErrorCode.SERVICE_UNAVAILABLE && givenUp(picture, problem);
        } catch (IOException problem) {
            return givenUp(picture, problem);
        }
    }

    private boolean givenUp(MeasureDao.Waiting picture, Exception problem) {
        log.warn("not_measured image={} file={}", picture.image(), picture.full(), problem);
        measures.settle(picture.image(), null, clock.instant());
        return true;
    }

    @Override
    public void close() {
        if (measuring == null) {
            return;
        }
        measuring.interrupt();
        try {
            measuring.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
