package glimpse.analytics.graph;

import java.util.Arrays;

/**
 * Where a walker who follows edges, and now and then begins anew, is found (Brin and Page 1998). With chosen beginnings it is
 * the trust that flows from them (Kamvar, Schlosser, Garcia-Molina 2003, "EigenTrust").
 */
public final class PageRank {
    public static final double DAMPING = 0.85;

    private static final double CLOSE_ENOUGH = 1e-10;
    private static final int MOST_PASSES = 100;

    private PageRank() {}

    /** Of each node, in sum 1; the walker begins anywhere. */
    public static double[] of(Graph graph) {
        double[] anywhere = new double[graph.nodes()];
        Arrays.fill(anywhere, 1);
        return of(graph, anywhere);
    }

    /**
     * Of each node, in sum 1.
     *
     * @param beginnings how often the walker begins where, in any scale; anywhere when all are 0
     */
    public static double[] of(Graph graph, double[] beginnings) {
        int n = graph.nodes();
        double sum = Arrays.stream(beginnings).sum();
        if (sum <= 0) {
            return n == 0 ? new double[0] : of(graph);
        }
        double[] start = new double[n];
        double[] strengths = new double[n];
        for (int v = 0; v < n; v++) {
            start[v] = beginnings[v] / sum;
            strengths[v] = graph.strength(v);
        }
        double[] rank = start.clone();
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            double[] next = new double[n];
            double lost = 0; // by those from whom nothing leads on: the walker begins anew
            for (int v = 0; v < n; v++) {
                if (strengths[v] <= 0) {
                    lost += rank[v];
                    continue;
                }
                double given = DAMPING * rank[v] / strengths[v];
                for (int i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
                    next[graph.targets[i]] += given * graph.weights[i];
                }
            }
            double change = 0;
            for (int v = 0; v < n; v++) {
                next[v] += (1 - DAMPING + DAMPING * lost) * start[v];
                change += Math.abs(next[v] - rank[v]);
            }
            rank = next;
            if (change < CLOSE_ENOUGH) {
                break;
            }
        }
        return rank;
    }
}
