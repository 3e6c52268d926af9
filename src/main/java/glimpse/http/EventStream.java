package glimpse.http;

/**
 * An answer without an end: server-sent events, from a position on.
 *
 * @param after what comes after this is sent first, then what is new
 */
public record EventStream(Events events, long after) {
    /** Where events come from. It is asked by many threads at once. */
    public interface Events {
        /** A number that moves with everything that could be an event. */
        long version();

        /** What comes directly after a position: a page of it. */
        Page after(long position);
    }

    /**
     * Events in the form in which they are sent; the bytes are shared and never change.
     *
     * @param last the position of the last one; where nothing came after, the position that was asked about
     */
    public record Page(byte[] bytes, long last) {}
}
