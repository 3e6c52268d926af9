package glimpse.analytics.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jgrapht.alg.clustering.UndirectedModularityMeasurer;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.scoring.ClusteringCoefficient;
import org.jgrapht.graph.DefaultDirectedWeightedGraph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graph algorithms, held against another implementation on graphs by chance. */
class AgainstJgraphtTest {
    private static final int NODES = 60;

    /** The same edges, in our form and in the other. */
    private record Both(
            Graph directed,
            Graph undirected,
            org.jgrapht.Graph<Integer, DefaultWeightedEdge> theirs,
            org.jgrapht.Graph<Integer, DefaultWeightedEdge> theirsUndirected) {
        static Both of(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Edges edges = new Edges();
            org.jgrapht.Graph<Integer, DefaultWeightedEdge> theirs =
                    new DefaultDirectedWeightedGraph<>(DefaultWeightedEdge.class);
            org.jgrapht.Graph<Integer, DefaultWeightedEdge> flat = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
            for (int v = 0; v < NODES; v++) {
                theirs.addVertex(v);
                flat.addVertex(v);
            }
            int count = 40 + random.nextInt(200);
            for (int e = 0; e < count; e++) {
                int from = random.nextInt(NODES - 5); // a few have no edge
                int to = random.nextInt(NODES - 5);
                if (from != to && !theirs.containsEdge(from, to)) {
                    int weight = 1 + random.nextInt(5);
                    edges.add(from, to, weight);
                    theirs.setEdgeWeight(theirs.addEdge(from, to), weight);
                    DefaultWeightedEdge back = flat.getEdge(from, to);
                    double sum = weight + (back == null ? 0 : flat.getEdgeWeight(back));
                    flat.setEdgeWeight(back == null ? flat.addEdge(from, to) : back, sum);
                }
            }
            Graph ours = Graph.of(NODES, edges);
            return new Both(ours, ours.undirected(), theirs, flat);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void they_agree(long seed) {
        Both both = Both.of(seed);
        double[] rank = PageRank.of(both.directed());
        Map<Integer, Double> theirRank =
                new org.jgrapht.alg.scoring.PageRank<>(both.theirs(), 0.85, 1_000, 1e-12).getScores();
        Map<Integer, Integer> theirCoreness =
                new org.jgrapht.alg.scoring.Coreness<>(both.theirsUndirected()).getScores();
        int[] coreness = Coreness.of(both.undirected());
        for (int v = 0; v < NODES; v++) {
            assertThat(rank[v]).isCloseTo(theirRank.getOrDefault(v, -1.0), within(1e-6));
            assertThat(coreness[v]).isEqualTo(theirCoreness.get(v));
        }
        ClusteringCoefficient<Integer, DefaultWeightedEdge> clustering =
                new ClusteringCoefficient<>(both.theirsUndirected());
        Clustering ours = Clustering.of(both.undirected());
        assertThat(ours.transitivity()).isCloseTo(clustering.getGlobalClusteringCoefficient(), within(1e-9));
        assertThat(Components.largest(both.undirected()))
                .isEqualTo(new ConnectivityInspector<>(both.theirsUndirected())
                        .connectedSets().stream().mapToInt(Set::size).max().orElse(0));
        assertThat(Components.largestStrong(both.directed()))
                .isEqualTo(new KosarajuStrongConnectivityInspector<>(both.theirs())
                        .stronglyConnectedSets().stream()
                                .mapToInt(Set::size)
                                .max()
                                .orElse(0));
        Communities communities = Communities.of(both.undirected());
        List<Set<Integer>> partition = new ArrayList<>();
        for (int community = 0; community < communities.count(); community++) {
            partition.add(new TreeSet<>());
        }
        for (int v = 0; v < NODES; v++) {
            if (communities.of(v) < 0) {
                partition.add(Set.of(v));
            } else {
                partition.get(communities.of(v)).add(v);
            }
        }
        double modularity = new UndirectedModularityMeasurer<>(both.theirsUndirected()).modularity(partition);
        assertThat(communities.modularity()).isCloseTo(modularity, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_rewired_graph_has_the_same_degrees_and_other_edges(long seed) {
        Graph graph = Both.of(seed).undirected();
        Graph rewired = Rewiring.of(graph, new SplittableRandom(seed));
        int same = 0;
        for (int v = 0; v < graph.nodes(); v++) {
            assertThat(rewired.degree(v)).isEqualTo(graph.degree(v));
            for (int i = graph.start(v); i < graph.end(v); i++) {
                same += rewired.has(v, graph.target(i)) ? 1 : 0;
            }
        }
        assertThat(same).isLessThan(graph.arcs() / 2);
    }
}
