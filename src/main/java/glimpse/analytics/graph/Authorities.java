package glimpse.analytics.graph;

/** Nodes to which good hubs point, and hubs that point to good authorities (Kleinberg 1999, HITS). */
public final class Authorities {
    private static final int PASSES = 20;

    private Authorities() {}

    /** The authority of each node, in sum of squares 1; all 0 without edges. */
    public static double[] of(Graph graph) {
        int n = graph.nodes();
        double[] hub = new double[n];
        double[] authority = new double[n];
        java.util.Arrays.fill(hub, 1);
        for (int pass = 0; pass < PASSES; pass++) {
            java.util.Arrays.fill(authority, 0);
            for (int v = 0; v < n; v++) {
                for (int i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
                    authority[graph.targets[i]] += hub[v] * graph.weights[i];
                }
            }
            normalize(authority);
            for (int v = 0; v < n; v++) {
                double sum = 0;
                for (int i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
                    sum += authority[graph.targets[i]] * graph.weights[i];
                }
                hub[v] = sum;
            }
            normalize(hub);
        }
        return authority;
    }

    private static void normalize(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        double length = Math.sqrt(squares);
        for (int v = 0; length > 0 && v < values.length; v++) {
            values[v] /= length;
        }
    }
}
