package glimpse.images;

/** Takes a picture row by row, from the top, so that a large one never has to be in memory at once. */
@FunctionalInterface
interface RowSink {
    /** One row of interleaved samples, which begins at {@code offset} and may be overwritten after the call. */
    void accept(byte[] samples, int offset);
}
