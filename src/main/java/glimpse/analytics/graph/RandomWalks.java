package glimpse.analytics.graph;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How seldom one side hears the other: random walks from either side that end at one of the best known of a side (Garimella,
 * De Francisci Morales, Gionis, Mathioudakis 2018, "Quantifying controversy on social media", RWC).
 */
public final class RandomWalks {
    /** From each side. */
    public static final int WALKS = 2_000;

    private static final int LONGEST = 500; // steps; in a part without anybody well known a walk has no end
    private static final long SEED = 31;

    private RandomWalks() {}

    /** From -1, where all walks end on the other side, to 1, where none does; NaN where a side is nowhere arrived at. */
    public static double controversy(Graph graph, Communities communities, int one, int other) {
        int[][] members = {members(communities, graph, one), members(communities, graph, other)};
        int[] ends = new int[graph.nodes()];
        java.util.Arrays.fill(ends, -1);
        for (int side = 0; side < 2; side++) {
            int known = Math.max(1, Math.min(Math.max(5, members[side].length / 100), members[side].length / 5));
            for (int v : mostKnown(graph, members[side], known)) {
                ends[v] = side;
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] arrived = new double[2][2];
        for (int side = 0; side < 2; side++) {
            for (int walk = 0; walk < WALKS; walk++) {
                int start = members[side][random.nextInt(members[side].length)];
                int end = walk(graph, start, ends, random);
                if (end >= 0) {
                    arrived[side][end]++;
                }
            }
        }
        double[] all = {arrived[0][0] + arrived[1][0], arrived[0][1] + arrived[1][1]};
        return arrived[0][0] / all[0] * (arrived[1][1] / all[1]) - arrived[0][1] / all[1] * (arrived[1][0] / all[0]);
    }

    private static int[] members(Communities communities, Graph graph, int community) {
        return IntStream.range(0, graph.nodes())
                .filter(v -> communities.of(v) == community)
                .toArray();
    }

    private static int[] mostKnown(Graph graph, int[] members, int count) {
        return IntStream.of(members)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(v -> -graph.degree(v)).thenComparingInt(v -> v))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int walk(Graph graph, int start, int[] ends, SplittableRandom random) {
        int v = start;
        for (int step = 0; step < LONGEST; step++) {
            v = graph.targets[graph.offsets[v] + random.nextInt(graph.degree(v))];
            if (ends[v] >= 0) {
                return ends[v];
            }
        }
        return -1;
    }
}
