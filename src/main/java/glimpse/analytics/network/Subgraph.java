package glimpse.analytics.network;

import glimpse.analytics.graph.Edges;
import glimpse.analytics.graph.Graph;
import java.util.Arrays;

/** Some nodes of a graph, with the edges between them. */
final class Subgraph {
    private Subgraph() {}

    /** Nodes are renumbered as they are listed. */
    static Graph of(Graph graph, int[] nodes) {
        int[] places = new int[graph.nodes()];
        Arrays.fill(places, -1);
        for (int i = 0; i < nodes.length; i++) {
            places[nodes[i]] = i;
        }
        Edges edges = new Edges();
        for (int v : nodes) {
            for (int i = graph.start(v); i < graph.end(v); i++) {
                if (places[graph.target(i)] >= 0) {
                    edges.add(places[v], places[graph.target(i)], graph.weight(i));
                }
            }
        }
        return Graph.of(nodes.length, edges);
    }
}
