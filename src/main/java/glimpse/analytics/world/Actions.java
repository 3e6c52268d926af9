package glimpse.analytics.world;

import java.util.Arrays;

/**
 * Likes, dislikes and comments, in the order of their numbers: who, on which post, when. What agents do to posts of their own
 * is not among them.
 */
public record Actions(int[] seqs, int[] actors, int[] posts, byte[] kinds, int[] times) {
    public static final byte LIKE = 0;
    public static final byte DISLIKE = 1;
    public static final byte COMMENT = 2;

    public int size() {
        return actors.length;
    }

    /** Those up to a number. */
    Actions through(long seq) {
        int size = Column.upTo(seqs, seq);
        return new Actions(
                Arrays.copyOf(seqs, size),
                Arrays.copyOf(actors, size),
                Arrays.copyOf(posts, size),
                Arrays.copyOf(kinds, size),
                Arrays.copyOf(times, size));
    }
}
