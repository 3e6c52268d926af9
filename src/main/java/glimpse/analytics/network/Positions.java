package glimpse.analytics.network;

import glimpse.analytics.graph.Graph;
import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Snapshot;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where agents stand when the network is drawn: those with the most ties are moved by forces, from where they stood before,
 * so that a picture of the network changes as little as the network does.
 */
public final class Positions {
    private static final int MOST = 2_000;
    private static final int FIRST_STEPS = 300;
    private static final int LATER_STEPS = 40;

    private final Map<Long, double[]> places = new HashMap<>();
    private WeakReference<Snapshot> drawn = new WeakReference<>(null); // what was drawn long ago must not stay for it
    private boolean isDrawn;

    /** The x and y of each agent, by its place in the snapshot; null for one that is not drawn. */
    synchronized double[][] of(Snapshot snapshot, Graph social) {
        Agents agents = snapshot.agents();
        if (!drawn.refersTo(snapshot) && !(snapshot.isPast() && isDrawn)) {
            draw(agents, social);
            drawn = new WeakReference<>(snapshot);
            isDrawn = true;
        }
        double[][] found = new double[agents.size()][];
        for (int agent = 0; agent < found.length; agent++) {
            found[agent] = places.get(agents.seqs()[agent]);
        }
        return found;
    }

    private void draw(Agents agents, Graph social) {
        int[] shown = IntStream.range(0, agents.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(agent -> -social.degree(agent))
                        .thenComparingInt(agent -> agent))
                .limit(MOST)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        Graph part = Subgraph.of(social, shown);
        double[] x = new double[shown.length];
        double[] y = new double[shown.length];
        Arrays.fill(x, Double.NaN);
        for (int i = 0; i < shown.length; i++) {
            double[] before = places.get(agents.seqs()[shown[i]]);
            if (before != null) {
                x[i] = before[0];
                y[i] = before[1];
            }
        }
        Layout layout = Layout.of(part, x, y, places.isEmpty() ? FIRST_STEPS : LATER_STEPS);
        places.clear();
        for (int i = 0; i < shown.length; i++) {
            places.put(agents.seqs()[shown[i]], new double[] {layout.x(i), layout.y(i)});
        }
    }
}
