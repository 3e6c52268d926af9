package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads with a short queue before them. Work that outlives its deadline is interrupted and answered for; as
 * native code can't be interrupted, its thread is replaced until it comes back.
 */
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final int size;
    private final Duration deadline;
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService watch;
    private int abandoned;

    Workers(int size, int queue, Duration deadline) {
        this.size = size;
        this.deadline = deadline;
        this.threads = new ThreadPoolExecutor(
                size, size, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), daemons("images-"));
        this.watch = Executors.newSingleThreadScheduledExecutor(daemons("images-watch-"));
    }

    /**
     * Runs it on a worker and waits for it.
     *
     * @throws ApiError SERVICE_UNAVAILABLE when the queue is full; IMAGE_UNREADABLE when the deadline passed
     */
    <T> T run(Callable<T> work) {
        Job<T> job = new Job<>(work);
        try {
            threads.execute(job);
        } catch (RejectedExecutionException full) {
            throw busy("Too many images are waiting to be processed").cause(full);
        }
        try {
            return job.result.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    int waiting() {
        return threads.getQueue().size();
    }

    /** How many threads are stuck in work that was given up. */
    synchronized int abandoned() {
        return abandoned;
    }

    private synchronized void abandon(int more) {
        abandoned += more;
        // Never a core size above the maximum, not even between the two calls.
        if (more > 0) {
            threads.setMaximumPoolSize(size + abandoned);
            threads.setCorePoolSize(size + abandoned);
        } else {
            threads.setCorePoolSize(size + abandoned);
            threads.setMaximumPoolSize(size + abandoned);
        }
    }

    private static ApiError busy(String why) {
        return new ApiError(ErrorCode.SERVICE_UNAVAILABLE, why).retryAfter(RETRY);
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Interrupts what is running, and turns away what is waiting. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            ((Job<?>) waiting).result.completeExceptionally(busy("The server is stopping"));
        }
        watch.shutdownNow();
    }

    private final class Job<T> implements Runnable {
        private final Callable<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private @Nullable Thread worker;
        private boolean expired;

        Job(Callable<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            begin();
            try {
                result.complete(timed());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            } finally {
                end();
            }
        }

        private T timed() throws Exception {
            ScheduledFuture<?> alarm = watch.schedule(this::expire, deadline.toNanos(), TimeUnit.NANOSECONDS);
            try {
                return work.call();
            } finally {
                alarm.cancel(false);
            }
        }

        private synchronized void begin() {
            worker = Thread.currentThread();
        }

        private synchronized void expire() {
            if (worker == null) {
                return;
            }
            LOG.warn("image=abandoned deadline={} worker={}", deadline, worker.getName());
            expired = true;
            abandon(1);
            result.completeExceptionally(new ApiError(
                    ErrorCode.IMAGE_UNREADABLE,
                    "Decoding the image took longer than the %d s allowed".formatted(deadline.toSeconds())));
            worker.interrupt();
        }

        private synchronized void end() {
            worker = null;
            if (expired) {
                abandon(-1);
            }
        }
    }
}
