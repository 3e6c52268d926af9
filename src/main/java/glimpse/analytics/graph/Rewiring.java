package glimpse.analytics.graph;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Graphs by chance in which every node has as many neighbours as in a given one: edges swap their ends (Maslov and Sneppen
 * 2002). Weights stay with their edges.
 */
public final class Rewiring {
    private static final int SWAPS = 5; // tried, an edge

    private Rewiring() {}

    /** An undirected graph by chance. */
    public static Graph of(Graph graph, SplittableRandom random) {
        int n = graph.nodes();
        int m = graph.arcs() / 2;
        int[] a = new int[m];
        int[] b = new int[m];
        float[] weights = new float[m];
        Pairs pairs = new Pairs(m);
        int size = 0;
        for (int v = 0; v < n; v++) {
            for (int i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
                if (graph.targets[i] > v) {
                    a[size] = v;
                    b[size] = graph.targets[i];
                    weights[size++] = graph.weights[i];
                    pairs.add(v, graph.targets[i]);
                }
            }
        }
        for (long swap = 0; swap < (long) SWAPS * m; swap++) {
            int e = random.nextInt(m);
            int f = random.nextInt(m);
            boolean turned = random.nextBoolean();
            int c = turned ? b[f] : a[f];
            int d = turned ? a[f] : b[f];
            if (a[e] != d && c != b[e] && !pairs.has(a[e], d) && !pairs.has(c, b[e]) && e != f) {
                pairs.remove(a[e], b[e]);
                pairs.remove(a[f], b[f]);
                int moved = b[e];
                b[e] = d;
                a[f] = c;
                b[f] = moved;
                pairs.add(a[e], b[e]);
                pairs.add(a[f], b[f]);
            }
        }
        Edges edges = new Edges();
        for (int e = 0; e < m; e++) {
            edges.add(a[e], b[e], weights[e]);
            edges.add(b[e], a[e], weights[e]);
        }
        return Graph.of(n, edges);
    }

    /** About so many edges of an undirected graph, always the same ones. */
    public static Graph sample(Graph graph, int most, SplittableRandom random) {
        int m = graph.arcs() / 2;
        if (m <= most) {
            return graph;
        }
        double share = most / (double) m;
        Edges edges = new Edges();
        for (int v = 0; v < graph.nodes(); v++) {
            for (int i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
                if (graph.targets[i] > v && random.nextDouble() < share) {
                    edges.add(v, graph.targets[i], graph.weights[i]);
                    edges.add(graph.targets[i], v, graph.weights[i]);
                }
            }
        }
        return Graph.of(graph.nodes(), edges);
    }

    /** Pairs of nodes, in open addressing with linear probing. */
    private static final class Pairs {
        private static final long FREE = -1;

        private final long[] table;
        private final int mask;

        Pairs(int count) {
            int size = Integer.highestOneBit(Math.max(4, 3 * count)) << 1;
            this.table = new long[size];
            this.mask = size - 1;
            Arrays.fill(table, FREE);
        }

        void add(int a, int b) {
            long key = key(a, b);
            int place = place(key);
            while (table[place] != FREE) {
                place = (place + 1) & mask;
            }
            table[place] = key;
        }

        boolean has(int a, int b) {
            long key = key(a, b);
            int place = place(key);
            while (table[place] != FREE && table[place] != key) {
                place = (place + 1) & mask;
            }
            return table[place] == key;
        }

        void remove(int a, int b) {
            long key = key(a, b);
            int gap = place(key);
            while (table[gap] != key) {
                gap = (gap + 1) & mask;
            }
            for (int next = (gap + 1) & mask; table[next] != FREE; next = (next + 1) & mask) {
                int home = place(table[next]);
                if (((next - home) & mask) >= ((next - gap) & mask)) {
                    table[gap] = table[next];
                    gap = next;
                }
            }
            table[gap] = FREE;
        }

        private static long key(int a, int b) {
            return ((long) Math.min(a, b) << 32) | Math.max(a, b);
        }

        private int place(long key) {
            long hash = (key ^ (key >>> 29)) * 0x9e3779b97f4a7c15L;
            return (int) (hash >>> 32) & mask;
        }
    }
}
