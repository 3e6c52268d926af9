package glimpse.analytics.world;

import java.util.Arrays;

/** Who follows whom, and since when, in the order of their numbers. */
public record Follows(int[] seqs, int[] followers, int[] followees, int[] times) {
    public int size() {
        return followers.length;
    }

    /** Those up to a number. */
    Follows through(long seq) {
        int size = Column.upTo(seqs, seq);
        return new Follows(
                Arrays.copyOf(seqs, size),
                Arrays.copyOf(followers, size),
                Arrays.copyOf(followees, size),
                Arrays.copyOf(times, size));
    }
}
