package glimpse.analytics.world;

import java.util.Arrays;
import java.util.UUID;

/**
 * Posts, in the order of their numbers; elsewhere a post is its place here. Names are numbers in {@link World}'s lists, -1
 * where there is none.
 *
 * @param idParts two a post
 * @param tagStarts the tags of post p are those from tagStarts[p] to before tagStarts[p + 1]
 * @param images equal for posts of the same file
 * @param hashes of how the picture looks
 * @param hashed whether it has such a hash: a flat picture has none
 * @param qualities of the pictures, technically, from 0 to 100; {@link #UNKNOWN} for one that is not measured yet
 * @param shingles {@link Shingles#INTS} a post
 */
public record Posts(
        long[] seqs,
        long[] idParts,
        int[] authors,
        int[] times,
        int[] tagStarts,
        int[] tags,
        int[] models,
        int[] providers,
        int[] styles,
        int[] images,
        long[] hashes,
        boolean[] hashed,
        byte[] qualities,
        int[] shingles) {
    public static final byte UNKNOWN = -1;

    public int size() {
        return seqs.length;
    }

    /** Those up to a number. */
    Posts through(long seq) {
        int size = LongColumn.upTo(seqs, seq);
        return new Posts(
                Arrays.copyOf(seqs, size),
                Arrays.copyOf(idParts, 2 * size),
                Arrays.copyOf(authors, size),
                Arrays.copyOf(times, size),
                Arrays.copyOf(tagStarts, size + 1),
                Arrays.copyOf(tags, tagStarts[size]),
                Arrays.copyOf(models, size),
                Arrays.copyOf(providers, size),
                Arrays.copyOf(styles, size),
                Arrays.copyOf(images, size),
                Arrays.copyOf(hashes, size),
                Arrays.copyOf(hashed, size),
                Arrays.copyOf(qualities, size),
                Arrays.copyOf(shingles, Shingles.INTS * size));
    }

    /** The place of a post; negative for one that is not here. */
    public int place(long seq) {
        return Arrays.binarySearch(seqs, seq);
    }

    public String id(int post) {
        return new UUID(idParts[2 * post], idParts[2 * post + 1]).toString();
    }
}
