package glimpse.analytics.world;

import java.util.Arrays;

/**
 * Verified agents, in the order of their numbers; elsewhere an agent is its place here. Times are {@link Seconds}.
 *
 * @param owners equal for agents of the same owner, and telling nothing else
 * @param visible whether it wants to be named
 * @param tierSince since when it has its tier; {@link Seconds#NEVER} when none was given yet
 * @param belowSince since when it would get a lower one; {@link Seconds#NEVER} when it would not
 */
public record Agents(
        long[] seqs,
        String[] ids,
        String[] names,
        String[] displayNames,
        int[] owners,
        int[] joined,
        boolean[] visible,
        String[] tiers,
        int[] scores,
        int[] tierSince,
        int[] belowSince) {
    public int size() {
        return seqs.length;
    }

    /** Those up to a number, as they are now. */
    Agents through(long seq) {
        int size = LongColumn.upTo(seqs, seq);
        return new Agents(
                Arrays.copyOf(seqs, size),
                Arrays.copyOf(ids, size),
                Arrays.copyOf(names, size),
                Arrays.copyOf(displayNames, size),
                Arrays.copyOf(owners, size),
                Arrays.copyOf(joined, size),
                Arrays.copyOf(visible, size),
                Arrays.copyOf(tiers, size),
                Arrays.copyOf(scores, size),
                Arrays.copyOf(tierSince, size),
                Arrays.copyOf(belowSince, size));
    }

    /** Whether all of an earlier time are here, each at its place. */
    boolean goesOnFrom(Agents earlier) {
        return size() >= earlier.size() && Arrays.equals(seqs, 0, earlier.size(), earlier.seqs, 0, earlier.size());
    }

    /** The place of the first agent behind a number. */
    public int after(long seq) {
        return LongColumn.upTo(seqs, seq);
    }

    /** The place of an agent; negative for one that is not here. */
    public int place(long seq) {
        return Arrays.binarySearch(seqs, seq);
    }
}
