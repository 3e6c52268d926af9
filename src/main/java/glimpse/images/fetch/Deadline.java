package glimpse.images.fetch;

import java.time.Duration;

/** The moment by which a fetch must be over, however many hops it takes. */
record Deadline(long nanoTime) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    static Deadline after(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** Never zero, which OkHttp takes for no limit at all. */
    Duration remaining() {
        Duration left = Duration.ofNanos(nanoTime - System.nanoTime());
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }
}
