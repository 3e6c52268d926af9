package glimpse.analytics.network;

import glimpse.analytics.graph.Graph;
import java.util.SplittableRandom;

/**
 * Positions in the plane by ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian 2014): ties pull, all push each other away, a
 * little gravity holds what has no ties; far groups push as one (Barnes and Hut 1986). Equal graphs with equal beginnings have
 * equal positions.
 */
public final class Layout {
    private static final double GRAVITY = 1;
    private static final double TOLERANCE = 1;

    private final double[] x;
    private final double[] y;

    private Layout(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    public double x(int node) {
        return x[node];
    }

    public double y(int node) {
        return y[node];
    }

    /**
     * Moves nodes for so many steps.
     *
     * @param x where they begin; NaN for those that have no place yet
     */
    public static Layout of(Graph graph, double[] x, double[] y, int steps) {
        int n = graph.nodes();
        Layout layout = new Layout(x.clone(), y.clone());
        layout.place(graph);
        double[] forceX = new double[n];
        double[] forceY = new double[n];
        double[] beforeX = new double[n];
        double[] beforeY = new double[n];
        double speed = 1;
        for (int step = 0; step < steps; step++) {
            java.util.Arrays.fill(forceX, 0);
            java.util.Arrays.fill(forceY, 0);
            layout.forces(graph, forceX, forceY);
            double swinging = 0;
            double traction = 0;
            for (int v = 0; v < n; v++) {
                double mass = graph.degree(v) + 1;
                swinging += mass * Math.hypot(forceX[v] - beforeX[v], forceY[v] - beforeY[v]);
                traction += mass * Math.hypot(forceX[v] + beforeX[v], forceY[v] + beforeY[v]) / 2;
            }
            double wanted = swinging == 0 ? speed : TOLERANCE * traction / swinging;
            speed = Math.min(wanted, 1.5 * speed);
            for (int v = 0; v < n; v++) {
                double swing = (graph.degree(v) + 1) * Math.hypot(forceX[v] - beforeX[v], forceY[v] - beforeY[v]);
                double factor = 0.1 * speed / (1 + Math.sqrt(speed * swing));
                double force = Math.hypot(forceX[v], forceY[v]);
                factor = force == 0 ? 0 : Math.min(factor * force, 10) / force;
                layout.x[v] += forceX[v] * factor;
                layout.y[v] += forceY[v] * factor;
                beforeX[v] = forceX[v];
                beforeY[v] = forceY[v];
            }
        }
        return layout;
    }

    /** Newcomers begin near a neighbour that has a place, or anywhere, always the same for the same number. */
    private void place(Graph graph) {
        int n = x.length;
        double spread = 10 * Math.sqrt(n);
        for (int v = 0; v < n; v++) {
            if (Double.isFinite(x[v])) {
                continue;
            }
            SplittableRandom random = new SplittableRandom(v);
            double angle = 2 * Math.PI * random.nextDouble();
            double radius = spread * Math.sqrt(random.nextDouble());
            double centerX = 0;
            double centerY = 0;
            for (int i = graph.start(v); i < graph.end(v); i++) {
                int u = graph.target(i);
                if (u < v || Double.isFinite(x[u])) {
                    centerX = x[u];
                    centerY = y[u];
                    radius = 1 + random.nextDouble();
                    break;
                }
            }
            x[v] = centerX + radius * Math.cos(angle);
            y[v] = centerY + radius * Math.sin(angle);
        }
    }

    private void forces(Graph graph, double[] forceX, double[] forceY) {
        int n = x.length;
        double[] masses = new double[n];
        for (int v = 0; v < n; v++) {
            masses[v] = graph.degree(v) + 1;
        }
        Quadtree tree = new Quadtree(x, y, masses);
        for (int v = 0; v < n; v++) {
            tree.push(v, forceX, forceY);
            double distance = Math.hypot(x[v], y[v]);
            if (distance > 0) {
                forceX[v] -= GRAVITY * masses[v] * x[v] / distance;
                forceY[v] -= GRAVITY * masses[v] * y[v] / distance;
            }
            for (int i = graph.start(v); i < graph.end(v); i++) {
                int u = graph.target(i);
                forceX[v] += graph.weight(i) * (x[u] - x[v]);
                forceY[v] += graph.weight(i) * (y[u] - y[v]);
            }
        }
    }
}
