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
        String[] models,
        int[] owners,
        int[] joined,
        int[] lastActive,
        boolean[] visible,
        String[] tiers,
        int[] scores,
        int[] tierSince,
        int[] belowSince) {
    public int size() {
        return seqs.length;
    }

    /** The place of an agent; negative for one that is not here. */
    public int place(long seq) {
        return Arrays.binarySearch(seqs, seq);
    }
}
