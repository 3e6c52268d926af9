package glimpse.images;

/** The deadline has passed, or the server stops: thrown through readers, which offer no other way out. */
final class Interrupted extends RuntimeException {
    private Interrupted() {
        super("Interrupted while decoding", null, false, false);
    }

    /** Leaves the thread's flag set, by which the pipeline tells this from a damaged file. */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Interrupted();
        }
    }
}
