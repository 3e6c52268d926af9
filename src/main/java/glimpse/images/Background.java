package glimpse.images;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on a thread of its own, beside everything else, that ends when it is done or when it is closed. */
public final class Background implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Background.class);

    private final String name;
    private final Work work;
    private @Nullable Thread thread;

    /** What is done; it sleeps and waits only in ways that an interrupt ends. */
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    public Background(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** Begins; once. */
    public void start() {
        Thread started = new Thread(this::run, name);
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    private void run() {
        try {
            work.run();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException problem) {
            log.warn("stopped thread={}", name, problem);
        }
    }

    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
