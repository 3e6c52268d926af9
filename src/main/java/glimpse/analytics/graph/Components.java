package glimpse.analytics.graph;

import java.util.Arrays;

/** Parts of a graph that hang together: whatever the directions (weakly), or there and back (strongly; Tarjan 1972). */
public final class Components {
    private Components() {}

    /** Nodes in the largest part of an undirected graph. */
    public static int largest(Graph undirected) {
        int n = undirected.nodes();
        boolean[] seen = new boolean[n];
        int[] queue = new int[n];
        int most = 0;
        for (int root = 0; root < n; root++) {
            if (seen[root]) {
                continue;
            }
            int size = 0;
            queue[size++] = root;
            seen[root] = true;
            for (int head = 0; head < size; head++) {
                int v = queue[head];
                for (int i = undirected.offsets[v]; i < undirected.offsets[v + 1]; i++) {
                    int u = undirected.targets[i];
                    if (!seen[u]) {
                        seen[u] = true;
                        queue[size++] = u;
                    }
                }
            }
            most = Math.max(most, size);
        }
        return most;
    }

    /** Nodes in the largest strongly connected part. */
    public static int largestStrong(Graph graph) {
        int n = graph.nodes();
        int[] index = new int[n];
        int[] low = new int[n];
        int[] next = new int[n];
        boolean[] open = new boolean[n];
        int[] stack = new int[n];
        int[] path = new int[n];
        Arrays.fill(index, -1);
        int visited = 0;
        int stacked = 0;
        int most = 0;
        for (int root = 0; root < n; root++) {
            if (index[root] >= 0) {
                continue;
            }
            int depth = 0;
            path[depth++] = root;
            while (depth > 0) {
                int v = path[depth - 1];
                if (index[v] < 0) {
                    index[v] = low[v] = visited++;
                    next[v] = graph.offsets[v];
                    stack[stacked++] = v;
                    open[v] = true;
                }
                if (next[v] < graph.offsets[v + 1]) {
                    int u = graph.targets[next[v]++];
                    if (index[u] < 0) {
                        path[depth++] = u;
                    } else if (open[u]) {
                        low[v] = Math.min(low[v], index[u]);
                    }
                    continue;
                }
                depth--;
                if (depth > 0) {
                    low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[v]);
                }
                if (low[v] == index[v]) {
                    int size = 0;
                    int member;
                    do {
                        member = stack[--stacked];
                        open[member] = false;
                        size++;
                    } while (member != v);
                    most = Math.max(most, size);
                }
            }
        }
        return most;
    }
}
