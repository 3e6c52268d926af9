package glimpse.limits;

import glimpse.database.Database;
import glimpse.http.RateLimits;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the windows of limits over a restart. They are counted in memory; what has changed is written each second, and
 * once more at the end: a stop loses nothing, a killed process the last second.
 */
public final class RateWindows implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RateWindows.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final RateWindowDao windows;
    private final RateLimits limits;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread saver;

    public RateWindows(Database database, RateLimits limits, Clock clock) {
        this.windows = new RateWindowDao(database);
        this.limits = limits;
        this.clock = clock;
    }

    /** Restores what was under way, beside what else is started, and begins to save. */
    public void start() {
        CompletableFuture<Boolean> restored = new CompletableFuture<>();
        limits.keptFrom(restored);
        Thread thread = new Thread(() -> run(restored), "limits");
        thread.setDaemon(true);
        thread.start();
        saver = thread;
    }

    private void run(CompletableFuture<Boolean> restored) {
        try {
            windows.forEach(clock.instant(), limits::restore);
        } catch (RuntimeException problem) {
            log.warn("limits_not_restored problem={}", problem.toString());
        } finally {
            restored.complete(true);
        }
        try {
            while (!stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                attempt(this::save);
                attempt(() -> windows.removeEnded(clock.instant()));
            }
            attempt(this::save);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void save() {
        limits.save(changes -> windows.write(changes, clock.instant()));
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException problem) {
            log.warn("limits_not_saved", problem);
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        Thread thread = saver;
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
