package glimpse.analytics.graph;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A weighted graph in compressed sparse rows: the neighbours of node v, in order, are {@code targets[offsets[v]]} up to
 * {@code targets[offsets[v + 1] - 1]}. An undirected graph has each edge in both rows. It has no loops.
 */
public final class Graph {
    final int[] offsets;
    final int[] targets;
    final float[] weights;

    private Graph(int[] offsets, int[] targets, float[] weights) {
        this.offsets = offsets;
        this.targets = targets;
        this.weights = weights;
    }

    /** Sums up edges between the same two nodes; loops are left out. */
    public static Graph of(int nodes, Edges edges) {
        return of(nodes, nodes, edges, false);
    }

    /** Rows of something else than nodes: each has weights of columns. Such a graph can't be turned round. */
    public static Graph rows(int rows, int columns, Edges edges) {
        return of(rows, columns, edges, true);
    }

    private static Graph of(int nodes, int columns, Edges edges, boolean loops) {
        int[] starts = new int[nodes + 1];
        for (int e = 0; e < edges.size; e++) {
            starts[edges.from[e] + 1]++;
        }
        for (int v = 0; v < nodes; v++) {
            starts[v + 1] += starts[v];
        }
        int[] fill = Arrays.copyOf(starts, nodes);
        int[] order = new int[edges.size];
        for (int e = 0; e < edges.size; e++) {
            order[fill[edges.from[e]]++] = e;
        }
        int[] offsets = new int[nodes + 1];
        int[] targets = new int[edges.size];
        float[] weights = new float[edges.size];
        float[] sums = new float[columns];
        boolean[] seen = new boolean[columns];
        int size = 0;
        for (int v = 0; v < nodes; v++) {
            int first = size;
            for (int i = starts[v]; i < starts[v + 1]; i++) {
                int to = edges.to[order[i]];
                if (to == v && !loops) {
                    continue;
                }
                if (!seen[to]) {
                    seen[to] = true;
                    targets[size++] = to;
                }
                sums[to] += edges.weight[order[i]];
            }
            Arrays.sort(targets, first, size);
            for (int i = first; i < size; i++) {
                int to = targets[i];
                weights[i] = sums[to];
                sums[to] = 0;
                seen[to] = false;
            }
            offsets[v + 1] = size;
        }
        return new Graph(offsets, Arrays.copyOf(targets, size), Arrays.copyOf(weights, size));
    }

    public int nodes() {
        return offsets.length - 1;
    }

    /** Directed edges; an undirected one counts twice. */
    public int arcs() {
        return targets.length;
    }

    /** Where the row of a node begins; that of the next is its end. */
    public int start(int node) {
        return offsets[node];
    }

    public int end(int node) {
        return offsets[node + 1];
    }

    public int degree(int node) {
        return offsets[node + 1] - offsets[node];
    }

    /** The node at a place in the rows. */
    public int target(int arc) {
        return targets[arc];
    }

    public float weight(int arc) {
        return weights[arc];
    }

    /** The sum of a node's weights. */
    public double strength(int node) {
        double sum = 0;
        for (int i = offsets[node]; i < offsets[node + 1]; i++) {
            sum += weights[i];
        }
        return sum;
    }

    /** The sum of all weights; of an undirected graph twice that. */
    public double totalWeight() {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return sum;
    }

    public boolean has(int from, int to) {
        return Arrays.binarySearch(targets, offsets[from], offsets[from + 1], to) >= 0;
    }

    /** The weight between two nodes; 0 where there is no edge. */
    public float between(int from, int to) {
        int found = Arrays.binarySearch(targets, offsets[from], offsets[from + 1], to);
        return found < 0 ? 0 : weights[found];
    }

    /** How many edges another graph of the same nodes has, too. */
    public int common(Graph other) {
        int common = 0;
        for (int v = 0; v < nodes(); v++) {
            for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                common += other.has(v, targets[i]) ? 1 : 0;
            }
        }
        return common;
    }

    /** All edges turned round. */
    public Graph transposed() {
        int n = nodes();
        int[] starts = new int[n + 1];
        for (int target : targets) {
            starts[target + 1]++;
        }
        for (int v = 0; v < n; v++) {
            starts[v + 1] += starts[v];
        }
        int[] fill = Arrays.copyOf(starts, n);
        int[] turned = new int[targets.length];
        float[] turnedWeights = new float[targets.length];
        for (int v = 0; v < n; v++) {
            for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                int place = fill[targets[i]]++;
                turned[place] = v;
                turnedWeights[place] = weights[i];
            }
        }
        return new Graph(starts, turned, turnedWeights);
    }

    /** Both graphs in one, weights added. */
    public Graph plus(Graph other) {
        int n = nodes();
        int[] sums = new int[n + 1];
        int[] merged = new int[targets.length + other.targets.length];
        float[] mergedWeights = new float[merged.length];
        int size = 0;
        for (int v = 0; v < n; v++) {
            int i = offsets[v];
            int j = other.offsets[v];
            while (i < offsets[v + 1] || j < other.offsets[v + 1]) {
                int a = i < offsets[v + 1] ? targets[i] : Integer.MAX_VALUE;
                int b = j < other.offsets[v + 1] ? other.targets[j] : Integer.MAX_VALUE;
                merged[size] = Math.min(a, b);
                float weight = 0;
                if (a <= b) {
                    weight += weights[i++];
                }
                if (b <= a) {
                    weight += other.weights[j++];
                }
                mergedWeights[size++] = weight;
            }
            sums[v + 1] = size;
        }
        return new Graph(sums, Arrays.copyOf(merged, size), Arrays.copyOf(mergedWeights, size));
    }

    /** The same edges without their directions: what goes both ways is one, with both weights. */
    public Graph undirected() {
        return plus(transposed());
    }

    /** The same edges with other weights. */
    public Graph weighing(DoubleUnaryOperator weighed) {
        float[] changed = new float[weights.length];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = (float) weighed.applyAsDouble(weights[i]);
        }
        return new Graph(offsets, targets, changed);
    }

    /** Says of an edge whether it stays. */
    @FunctionalInterface
    public interface EdgeFilter {
        boolean stays(int from, int to);
    }

    /** Only some of the edges. */
    public Graph keeping(EdgeFilter filter) {
        int[] starts = new int[offsets.length];
        int[] kept = new int[targets.length];
        float[] keptWeights = new float[targets.length];
        int size = 0;
        for (int v = 0; v < nodes(); v++) {
            for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                if (filter.stays(v, targets[i])) {
                    kept[size] = targets[i];
                    keptWeights[size++] = weights[i];
                }
            }
            starts[v + 1] = size;
        }
        return new Graph(starts, Arrays.copyOf(kept, size), Arrays.copyOf(keptWeights, size));
    }
}
