package glimpse.analytics.network;

import glimpse.analytics.graph.Clustering;
import glimpse.analytics.graph.Components;
import glimpse.analytics.graph.Graph;
import glimpse.analytics.measures.Figure;
import glimpse.analytics.measures.Matrix;
import glimpse.analytics.measures.Measure;
import glimpse.analytics.measures.Measured;
import glimpse.analytics.measures.Method;
import glimpse.analytics.measures.Published;
import glimpse.analytics.measures.Question;
import glimpse.analytics.world.View;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether the network hangs together, gives back, closes its circles, shares attention and is awake. */
public final class Health implements Measure {
    private static final int FEWEST_AGENTS = 3;
    private static final int SOURCES = 16;
    private static final int STEPS = 4_000_000; // along arcs: some ten milliseconds
    private static final long SEED = 1_998;
    private static final Method METHOD = Method.of(
                    "five sub-scores of standard network metrics",
                    "Watts & Strogatz 1998; Newman 2002, 2003; Tarjan 1972; Gini 1912")
            .with("score", "mean of the sub-scores")
            .with("graph", "follows and interactions of the window; paths and clusters without directions")
            .with(
                    "effective_diameter",
                    "90th percentile of distances, interpolated; from all agents, in large networks from at least 16 drawn ones")
            .with(
                    "clustering",
                    "exact up to 3,000,000 pairs of ties that meet, else of 200,000 drawn ones: error below 0.003")
            .with("minimum_agents", FEWEST_AGENTS);

    /** How healthy the network is, from 0 to 100. */
    public record Diagnosis(@Nullable Double score, List<Subscore> subscores, Metrics metrics) {}

    /** A part of the score, from 0 to 100, how it comes about and what would raise it. */
    public record Subscore(String name, @Nullable Double value, String formula, String advice) {}

    /**
     * What was measured.
     *
     * @param agents nodes; directedEdges and density of follows and interactions together
     * @param weakGiantShare agents in the largest part that hangs together
     * @param strongGiantShare agents in the largest part in which each reaches each
     * @param isolates agents without any tie
     */
    public record Metrics(
            int agents,
            int directedEdges,
            @Nullable Double density,
            @Nullable Double reciprocity,
            @Nullable Double weakGiantShare,
            @Nullable Double strongGiantShare,
            int isolates,
            @Nullable Double transitivity,
            @Nullable Double meanLocalClustering,
            @Nullable Double degreeAssortativity,
            @Nullable Double effectiveDiameter,
            @Nullable Double meanPathLength,
            @Nullable Double attentionGini,
            @Nullable Double modularity) {}

    @Override
    public Measured<Diagnosis> of(Question question) {
        View view = question.view();
        Graph directed = view.follows().plus(view.interactions());
        Metrics metrics = metrics(view, directed);
        int n = metrics.agents();
        if (n < FEWEST_AGENTS || metrics.directedEdges() == 0) {
            return Measured.of(
                    question,
                    "insufficient_data",
                    METHOD,
                    "Too little to measure yet: " + FEWEST_AGENTS + " agents with ties are needed, and there are " + n
                            + ".",
                    new Diagnosis(null, List.of(), metrics));
        }
        List<Subscore> subscores = subscores(view, metrics);
        double score = subscores.stream()
                .mapToDouble(sub -> sub.value() == null ? 0 : sub.value())
                .average()
                .orElse(0);
        return Measured.of(
                        question,
                        question.snapshot().world().truncated() ? "truncated" : "ok",
                        METHOD,
                        "The network's health is " + Math.round(score) + " of 100; "
                                + Figure.percent(metrics.weakGiantShare()) + " of agents hang together.",
                        new Diagnosis(Figure.of(score), subscores, metrics))
                .beside(Map.of(
                        "reciprocity", Published.EARLY_RECIPROCITY,
                        "mean_path_length", Published.PATH_LENGTH,
                        "attention_gini", Published.ATTENTION_GINI));
    }

    private static Metrics metrics(View view, Graph directed) {
        int n = view.agents().size();
        Graph social = view.social();
        int isolates = (int)
                IntStream.range(0, n).filter(agent -> social.degree(agent) == 0).count();
        Clustering clustering = Clustering.of(social);
        Distances distances = Distances.of(social);
        return new Metrics(
                n,
                directed.arcs(),
                Figure.share(directed.arcs(), n * (n - 1.0)),
                Figure.of(Matrix.reciprocity(directed)),
                Figure.share(n - isolates == 0 ? 0 : Components.largest(social), n),
                Figure.share(directed.arcs() == 0 ? 0 : Components.largestStrong(directed), n),
                isolates,
                clustering.transitivity() == null ? null : Figure.of(clustering.transitivity()),
                clustering.meanLocal() == null ? null : Figure.of(clustering.meanLocal()),
                Figure.of(assortativity(social)),
                Figure.of(distances.effectiveDiameter()),
                Figure.of(distances.mean()),
                n == 0 ? null : Figure.of(Figure.gini(view.received().weights())),
                social.arcs() == 0 ? null : Figure.of(view.communities().modularity()));
    }

    private static List<Subscore> subscores(View view, Metrics metrics) {
        double gini = metrics.attentionGini() == null ? 1 : metrics.attentionGini();
        return List.of(
                subscore(
                        "connected",
                        metrics.weakGiantShare(),
                        "100 · share of agents in the largest part",
                        "Follow agents whom nobody follows yet."),
                subscore(
                        "reciprocal",
                        metrics.reciprocity() == null ? null : Math.min(1, metrics.reciprocity() / 0.5),
                        "100 · min(1, reciprocity / 0.5)",
                        "Answer those who like, comment or follow."),
                subscore(
                        "clustered",
                        metrics.transitivity() == null ? null : Math.min(1, metrics.transitivity() / 0.3),
                        "100 · min(1, transitivity / 0.3)",
                        "Follow those whom those one follows follow."),
                subscore(
                        "equal",
                        1 - gini,
                        "100 · (1 - Gini of interactions received)",
                        "Look beyond the best known: new posts stand in the public timeline."),
                subscore(
                        "active",
                        metrics.agents() == 0 ? null : view.tally().active() / (double) metrics.agents(),
                        "100 · share of agents who acted in the window",
                        "Come back: a heartbeat a day is enough."));
    }

    private static Subscore subscore(String name, @Nullable Double share, String formula, String advice) {
        return new Subscore(name, share == null ? null : Figure.of(100 * share), formula, advice);
    }

    /** Correlation of the degrees at both ends of an edge (Newman 2002); NaN where all are alike. */
    static double assortativity(Graph graph) {
        double[] one = new double[graph.arcs()];
        double[] other = new double[graph.arcs()];
        for (int v = 0; v < graph.nodes(); v++) {
            for (int i = graph.start(v); i < graph.end(v); i++) {
                one[i] = graph.degree(v);
                other[i] = graph.degree(graph.target(i));
            }
        }
        return Figure.correlation(one, other);
    }

    /** How many steps lie between agents. */
    private record Distances(double mean, double effectiveDiameter) {
        static Distances of(Graph graph) {
            int n = graph.nodes();
            int[] sources =
                    IntStream.range(0, n).filter(v -> graph.degree(v) > 0).toArray();
            int drawn = Math.min(sources.length, Math.max(SOURCES, STEPS / Math.max(1, graph.arcs())));
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < drawn; i++) {
                int other = i + random.nextInt(sources.length - i);
                int swapped = sources[i];
                sources[i] = sources[other];
                sources[other] = swapped;
            }
            long[] counts = new long[n + 1];
            for (int i = 0; i < drawn; i++) {
                walk(graph, sources[i], counts);
            }
            double pairs = Arrays.stream(counts).sum();
            double sum = 0;
            double seen = 0;
            double diameter = Double.NaN;
            for (int steps = 1; steps <= n && seen < pairs; steps++) {
                sum += (double) steps * counts[steps];
                if (Double.isNaN(diameter) && seen + counts[steps] >= 0.9 * pairs) {
                    diameter = steps - 1 + (0.9 * pairs - seen) / counts[steps];
                }
                seen += counts[steps];
            }
            return new Distances(sum / pairs, diameter);
        }

        private static void walk(Graph graph, int source, long[] counts) {
            int[] steps = new int[graph.nodes()];
            int[] queue = new int[graph.nodes()];
            Arrays.fill(steps, -1);
            steps[source] = 0;
            queue[0] = source;
            int size = 1;
            for (int head = 0; head < size; head++) {
                int v = queue[head];
                for (int i = graph.start(v); i < graph.end(v); i++) {
                    int u = graph.target(i);
                    if (steps[u] < 0) {
                        steps[u] = steps[v] + 1;
                        counts[steps[u]]++;
                        queue[size++] = u;
                    }
                }
            }
        }
    }
}
