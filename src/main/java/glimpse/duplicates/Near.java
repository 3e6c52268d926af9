package glimpse.duplicates;

/**
 * A post whose picture looks like another.
 *
 * @param distance in which of the 64 bits of their perceptual hashes they differ
 * @param mirrored whether it is nearer when one of them is seen in a mirror
 */
public record Near(long post, int distance, boolean mirrored) {
    /** What fits beside a distance in 64 bits. */
    static final long LARGEST_POST = (1L << 56) - 1;
}
