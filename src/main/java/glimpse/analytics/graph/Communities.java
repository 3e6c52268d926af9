package glimpse.analytics.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Communities of an undirected graph by Louvain's method (Blondel, Guillaume, Lambiotte, Lefebvre 2008, "Fast unfolding of
 * communities in large networks"): nodes are looked at in order, ties go to the lowest number, so that equal graphs have
 * equal communities. They are numbered by size, and then by their first member.
 */
public final class Communities {
    /** Of a node without neighbours: it is in no community. */
    public static final int NONE = -1;

    private static final double LEAST_GAIN = 1e-9;
    private static final int MOST_LEVELS = 32;

    private final int[] of;
    private final int[] sizes;
    private final double modularity;

    private Communities(int[] of, int[] sizes, double modularity) {
        this.of = of;
        this.sizes = sizes;
        this.modularity = modularity;
    }

    public static Communities of(Graph graph) {
        int n = graph.nodes();
        int[] membership = IntStream.range(0, n).toArray();
        Level level = Level.of(graph);
        for (int depth = 0; depth < MOST_LEVELS && level.move(); depth++) {
            int[] renumbered = level.renumbered();
            for (int v = 0; v < n; v++) {
                membership[v] = renumbered[membership[v]];
            }
            level = level.folded(renumbered);
        }
        return numbered(graph, membership);
    }

    private static Communities numbered(Graph graph, int[] membership) {
        int n = membership.length;
        int[] counts = new int[n];
        int[] firsts = new int[n];
        Arrays.fill(firsts, -1);
        for (int v = 0; v < n; v++) {
            if (graph.degree(v) > 0) {
                int community = membership[v];
                firsts[community] = counts[community]++ == 0 ? v : firsts[community];
            }
        }
        int[] order = IntStream.range(0, n)
                .filter(community -> counts[community] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(community -> -counts[community])
                        .thenComparingInt(community -> firsts[community]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] numbers = new int[n];
        int[] sizes = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            numbers[order[place]] = place;
            sizes[place] = counts[order[place]];
        }
        int[] of = new int[n];
        for (int v = 0; v < n; v++) {
            of[v] = graph.degree(v) > 0 ? numbers[membership[v]] : NONE;
        }
        return new Communities(of, sizes, modularity(graph, of, sizes.length));
    }

    /** Newman and Girvan 2004, weighted: the share of weight inside of communities above what chance would put there. */
    private static double modularity(Graph graph, int[] of, int count) {
        double total = graph.totalWeight();
        if (total <= 0) {
            return 0;
        }
        double inside = 0;
        double[] strengths = new double[count];
        for (int v = 0; v < of.length; v++) {
            for (int i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
                strengths[of[v]] += graph.weights[i];
                inside += of[graph.targets[i]] == of[v] ? graph.weights[i] : 0;
            }
        }
        double expected = 0;
        for (double strength : strengths) {
            expected += (strength / total) * (strength / total);
        }
        return inside / total - expected;
    }

    public int count() {
        return sizes.length;
    }

    /** The community of a node, from 0; {@link #NONE} for a node without neighbours. */
    public int of(int node) {
        return of[node];
    }

    public int size(int community) {
        return sizes[community];
    }

    public double modularity() {
        return modularity;
    }

    /** One pass over a graph whose nodes are communities of the pass before; loops hold what is inside of them. */
    private static final class Level {
        private final int[] offsets;
        private final int[] targets;
        private final double[] weights;
        private final double[] loops;
        private final double[] strengths;
        private final double total;
        private final int[] community;
        private final double[] totals;

        private Level(int[] offsets, int[] targets, double[] weights, double[] loops) {
            int n = loops.length;
            this.offsets = offsets;
            this.targets = targets;
            this.weights = weights;
            this.loops = loops;
            this.strengths = new double[n];
            double sum = 0;
            for (int v = 0; v < n; v++) {
                strengths[v] = loops[v];
                for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                    strengths[v] += weights[i];
                }
                sum += strengths[v];
            }
            this.total = sum;
            this.community = IntStream.range(0, n).toArray();
            this.totals = strengths.clone();
        }

        static Level of(Graph graph) {
            double[] weights = new double[graph.weights.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = graph.weights[i];
            }
            return new Level(graph.offsets, graph.targets, weights, new double[graph.nodes()]);
        }

        /** Moves nodes to the neighbouring community that gains most, until nothing moves; says whether anything did. */
        boolean move() {
            int n = loops.length;
            if (total <= 0) {
                return false;
            }
            double[] links = new double[n];
            int[] near = new int[n];
            int[] queue = IntStream.range(0, n).toArray();
            boolean[] waits = new boolean[n];
            Arrays.fill(waits, true);
            int head = 0;
            int waiting = n;
            long left = 20L * n + 1_000; // visits: rounding could let two nodes swap for ever
            boolean moved = false;
            while (waiting > 0 && left-- > 0) {
                int v = queue[head];
                head = (head + 1) % n;
                waiting--;
                waits[v] = false;
                int best = best(v, links, near);
                if (best != community[v]) {
                    totals[community[v]] -= strengths[v];
                    totals[best] += strengths[v];
                    community[v] = best;
                    moved = true;
                    for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                        int u = targets[i];
                        if (community[u] != best && !waits[u]) {
                            waits[u] = true;
                            queue[(head + waiting++) % n] = u;
                        }
                    }
                }
            }
            return moved;
        }

        private int best(int v, double[] links, int[] near) {
            int own = community[v];
            int count = 0;
            for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                int c = community[targets[i]];
                if (links[c] == 0) {
                    near[count++] = c;
                }
                links[c] += weights[i];
            }
            double share = strengths[v] / total;
            double stay = links[own] - (totals[own] - strengths[v]) * share;
            int best = own;
            double most = stay + LEAST_GAIN;
            for (int k = 0; k < count; k++) {
                int c = near[k];
                double gain = links[c] - totals[c] * share;
                if (c != own && (gain > most || (gain == most && best != own && c < best))) {
                    most = gain;
                    best = c;
                }
            }
            for (int k = 0; k < count; k++) {
                links[near[k]] = 0;
            }
            return best;
        }

        /** New numbers of the communities, without gaps, in the order of their first nodes: by node of this level. */
        int[] renumbered() {
            int[] numbers = new int[loops.length];
            Arrays.fill(numbers, -1);
            int next = 0;
            int[] renumbered = new int[loops.length];
            for (int v = 0; v < loops.length; v++) {
                if (numbers[community[v]] < 0) {
                    numbers[community[v]] = next++;
                }
                renumbered[v] = numbers[community[v]];
            }
            return renumbered;
        }

        Level folded(int[] into) {
            int count = Arrays.stream(into).max().orElse(-1) + 1;
            int[] starts = new int[count + 1];
            for (int group : into) {
                starts[group + 1]++;
            }
            for (int c = 0; c < count; c++) {
                starts[c + 1] += starts[c];
            }
            int[] fill = Arrays.copyOf(starts, count);
            int[] members = new int[into.length];
            for (int v = 0; v < into.length; v++) {
                members[fill[into[v]]++] = v;
            }
            int[] foldedOffsets = new int[count + 1];
            int most = (int) Math.min(targets.length, (long) count * count);
            int[] foldedTargets = new int[most];
            double[] foldedWeights = new double[most];
            double[] foldedLoops = new double[count];
            double[] sums = new double[count];
            int size = 0;
            for (int c = 0; c < count; c++) {
                int first = size;
                for (int m = starts[c]; m < starts[c + 1]; m++) {
                    int v = members[m];
                    foldedLoops[c] += loops[v];
                    for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                        int other = into[targets[i]];
                        if (other == c) {
                            foldedLoops[c] += weights[i];
                        } else {
                            if (sums[other] == 0) {
                                foldedTargets[size++] = other;
                            }
                            sums[other] += weights[i];
                        }
                    }
                }
                Arrays.sort(foldedTargets, first, size);
                for (int i = first; i < size; i++) {
                    foldedWeights[i] = sums[foldedTargets[i]];
                    sums[foldedTargets[i]] = 0;
                }
                foldedOffsets[c + 1] = size;
            }
            return new Level(
                    foldedOffsets, Arrays.copyOf(foldedTargets, size), Arrays.copyOf(foldedWeights, size), foldedLoops);
        }
    }
}
