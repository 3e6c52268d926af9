package glimpse.analytics.graph;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How often the neighbours of a node are neighbours (Watts and Strogatz 1998; transitivity: Newman 2003). Of many pairs of
 * neighbours 200,000 are drawn, always the same ones: the error is below 0.003.
 *
 * @param transitivity the share of closed among all pairs of edges that meet; none where no edges meet
 * @param meanLocal the mean over nodes of the share of closed pairs at each; a node with fewer than two neighbours counts 0
 */
public record Clustering(
        @Nullable Double transitivity, @Nullable Double meanLocal) {
    private static final long MOST_EXACT = 3_000_000; // pairs
    private static final int DRAWN = 200_000;
    private static final long SEED = 17;

    /** Of an undirected graph. */
    public static Clustering of(Graph graph) {
        int n = graph.nodes();
        long[] before = new long[n + 1];
        for (int v = 0; v < n; v++) {
            long degree = graph.degree(v);
            before[v + 1] = before[v] + degree * (degree - 1) / 2;
        }
        long pairs = before[n];
        if (pairs == 0) {
            return new Clustering(null, n == 0 ? null : 0.0);
        }
        return pairs <= MOST_EXACT ? exact(graph, pairs) : sampled(graph, before);
    }

    private static Clustering exact(Graph graph, long pairs) {
        int n = graph.nodes();
        boolean[] near = new boolean[n];
        long closed = 0;
        double locals = 0;
        for (int v = 0; v < n; v++) {
            long degree = graph.degree(v);
            if (degree < 2) {
                continue;
            }
            mark(graph, v, near, true);
            long here = 0;
            for (int i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
                int u = graph.targets[i];
                for (int j = graph.offsets[u]; j < graph.offsets[u + 1]; j++) {
                    here += near[graph.targets[j]] ? 1 : 0;
                }
            }
            mark(graph, v, near, false);
            closed += here / 2;
            locals += here / (double) (degree * (degree - 1));
        }
        return new Clustering(closed / (double) pairs, locals / n);
    }

    private static void mark(Graph graph, int v, boolean[] near, boolean as) {
        for (int i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
            near[graph.targets[i]] = as;
        }
    }

    private static Clustering sampled(Graph graph, long[] before) {
        int n = graph.nodes();
        SplittableRandom random = new SplittableRandom(SEED);
        int closed = 0;
        for (int draw = 0; draw < DRAWN; draw++) {
            long pair = random.nextLong(before[n]);
            int found = java.util.Arrays.binarySearch(before, pair);
            int v = found >= 0 ? found : -found - 2;
            while (graph.degree(v) < 2) { // several nodes begin at the same number: the last of them has pairs
                v++;
            }
            closed += isClosed(graph, v, random) ? 1 : 0;
        }
        double locals = 0;
        for (int draw = 0; draw < DRAWN; draw++) {
            int v = random.nextInt(n);
            locals += graph.degree(v) >= 2 && isClosed(graph, v, random) ? 1 : 0;
        }
        return new Clustering(closed / (double) DRAWN, locals / DRAWN);
    }

    private static boolean isClosed(Graph graph, int v, SplittableRandom random) {
        int degree = graph.degree(v);
        int a = random.nextInt(degree);
        int b = random.nextInt(degree - 1);
        return graph.has(graph.targets[graph.offsets[v] + a], graph.targets[graph.offsets[v] + (b < a ? b : b + 1)]);
    }
}
