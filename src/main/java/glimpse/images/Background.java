package glimpse.images;

import org.jspecify.annotations.Nullable;

/** Work on a thread of its own, beside everything else, that ends when it is done or when it is closed. */
public final class Background implements AutoCloseable {
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
