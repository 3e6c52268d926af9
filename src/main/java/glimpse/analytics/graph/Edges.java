package glimpse.analytics.graph;

import java.util.Arrays;

/** Edges as they come, before they are a {@link Graph}. */
public final class Edges {
    private static final int FIRST = 64;

    int[] from = new int[FIRST];
    int[] to = new int[FIRST];
    float[] weight = new float[FIRST];
    int size;

    /** Adds an edge; what comes more than once is summed up in the graph. */
    public void add(int source, int target, float amount) {
        if (size == from.length) {
            from = Arrays.copyOf(from, 2 * size);
            to = Arrays.copyOf(to, 2 * size);
            weight = Arrays.copyOf(weight, 2 * size);
        }
        from[size] = source;
        to[size] = target;
        weight[size++] = amount;
    }

    public int size() {
        return size;
    }
}
