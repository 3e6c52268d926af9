package glimpse.analytics.graph;

/**
 * The greatest k for which a node is in a k-core: a part of the graph in which each has k neighbours (Seidman 1983), by
 * Batagelj and Zaveršnik's bucket algorithm (2003), in O(edges).
 */
public final class Coreness {
    private Coreness() {}

    /** Of each node of an undirected graph. */
    public static int[] of(Graph graph) {
        int n = graph.nodes();
        int[] degree = new int[n];
        int most = 0;
        for (int v = 0; v < n; v++) {
            degree[v] = graph.degree(v);
            most = Math.max(most, degree[v]);
        }
        int[] starts = new int[most + 2];
        for (int v = 0; v < n; v++) {
            starts[degree[v] + 1]++;
        }
        for (int d = 0; d <= most; d++) {
            starts[d + 1] += starts[d];
        }
        int[] order = new int[n];
        int[] place = new int[n];
        int[] fill = starts.clone();
        for (int v = 0; v < n; v++) {
            place[v] = fill[degree[v]]++;
            order[place[v]] = v;
        }
        for (int i = 0; i < n; i++) {
            int v = order[i];
            for (int arc = graph.offsets[v]; arc < graph.offsets[v + 1]; arc++) {
                int u = graph.targets[arc];
                if (degree[u] > degree[v]) { // to the front of its bucket, which then begins behind it
                    int first = starts[degree[u]];
                    int swapped = order[first];
                    order[place[u]] = swapped;
                    place[swapped] = place[u];
                    order[first] = u;
                    place[u] = first;
                    starts[degree[u]]++;
                    degree[u]--;
                }
            }
        }
        return degree;
    }
}
