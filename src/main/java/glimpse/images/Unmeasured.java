package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import glimpse.images.MeasureDao.Waiting;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures pictures that were taken in before anything was measured, from their full variants: one at a time, resting as
 * long as it has worked. What somebody asks for is measured at once.
 */
public final class Unmeasured {
    private static final Logger log = LoggerFactory.getLogger(Unmeasured.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2); // while uploads take all workers

    private final MeasureDao measures;
    private final ImagePipeline pipeline;
    private final MediaFiles files;
    private final Clock clock;

    Unmeasured(MeasureDao measures, ImagePipeline pipeline, MediaFiles files, Clock clock) {
        this.measures = measures;
        this.pipeline = pipeline;
        this.files = files;
        this.clock = clock;
    }

    void measure() throws InterruptedException {
        long last = 0;
        for (Optional<Waiting> next = measures.waiting(last); next.isPresent(); next = measures.waiting(last)) {
            long began = System.nanoTime();
            measurePatiently(next.get());
            last = next.get().image();
            Thread.sleep(Duration.ofNanos(System.nanoTime() - began).toMillis());
        }
    }

    private void measurePatiently(Waiting picture) throws InterruptedException {
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
        Optional<Waiting> waiting = waiting(image);
        if (waiting.isPresent() && !measure(waiting.get())) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "Too many images are waiting to be processed")
                    .retryAfter(PATIENCE);
        }
    }

    private Optional<Waiting> waiting(long image) {
        return measures.waiting(image - 1).filter(next -> next.image() == image);
    }

    /** Whether there was room for it among the workers. */
    private boolean measure(Waiting picture) {
        try {
            measures.settle(picture.image(), pipeline.measure(files.bytes(picture.full())), clock.instant());
            return true;
        } catch (ApiError problem) {
            return problem.code() != ErrorCode.SERVICE_UNAVAILABLE && givenUp(picture, problem);
        } catch (NoSuchFileException renamed) { // signed just now, or removed
            return waiting(picture.image())
                    .map(now -> now.equals(picture) ? givenUp(picture, renamed) : measure(now))
                    .orElse(true);
        } catch (IOException problem) {
            return givenUp(picture, problem);
        }
    }

    private boolean givenUp(Waiting picture, Exception problem) {
        log.warn("not_measured image={} file={}", picture.image(), picture.full(), problem);
        measures.settle(picture.image(), null, clock.instant());
        return true;
    }
}
