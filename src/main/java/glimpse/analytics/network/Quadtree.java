package glimpse.analytics.network;

import java.util.Arrays;

/** Points in nested squares, so that those far away push as one (Barnes and Hut 1986). */
final class Quadtree {
    private static final double FAR = 1.2; // width of a square by its distance
    private static final double REPULSION = 2;
    private static final int DEEPEST = 40;

    private final double[] x;
    private final double[] y;
    private final double[] masses;
    private int[] children = new int[1_024]; // four a square: another square, ~point, or EMPTY
    private double[] sums = new double[768]; // mass, and mass times place, of a square
    private int squares;
    private final double size;

    private static final int EMPTY = Integer.MIN_VALUE;

    Quadtree(double[] x, double[] y, double[] masses) {
        this.x = x;
        this.y = y;
        this.masses = masses;
        double most = 1;
        for (int v = 0; v < x.length; v++) {
            most = Math.max(most, Math.max(Math.abs(x[v]), Math.abs(y[v])));
        }
        this.size = 2 * most;
        square();
        for (int v = 0; v < x.length; v++) {
            insert(v);
        }
    }

    private int square() {
        if (4 * squares + 4 > children.length) {
            children = Arrays.copyOf(children, 2 * children.length);
            sums = Arrays.copyOf(sums, 2 * sums.length);
        }
        Arrays.fill(children, 4 * squares, 4 * squares + 4, EMPTY);
        return squares++;
    }

    private void add(int square, int v) {
        sums[3 * square] += masses[v];
        sums[3 * square + 1] += masses[v] * x[v];
        sums[3 * square + 2] += masses[v] * y[v];
    }

    private void insert(int v) {
        int square = 0;
        double centerX = 0;
        double centerY = 0;
        double half = size / 2;
        for (int depth = 0; ; depth++) {
            add(square, v);
            int slot = slot(square, v, centerX, centerY);
            int there = children[slot];
            half /= 2;
            centerX += x[v] < centerX ? -half : half;
            centerY += y[v] < centerY ? -half : half;
            if (there == EMPTY) {
                children[slot] = ~v;
                return;
            }
            if (there >= 0) {
                square = there;
                continue;
            }
            if (depth == DEEPEST) {
                return; // in the same place: it pushes with the squares around it
            }
            int inner = square();
            children[slot] = inner;
            int other = ~there;
            add(inner, other);
            children[slot(inner, other, centerX, centerY)] = there;
            square = inner;
        }
    }

    private int slot(int square, int v, double centerX, double centerY) {
        return 4 * square + (x[v] < centerX ? 0 : 1) + (y[v] < centerY ? 0 : 2);
    }

    /** Adds what pushes a point away. */
    void push(int v, double[] forceX, double[] forceY) {
        push(v, 0, size, forceX, forceY);
    }

    private void push(int v, int square, double width, double[] forceX, double[] forceY) {
        for (int slot = 4 * square; slot < 4 * square + 4; slot++) {
            int there = children[slot];
            if (there == EMPTY || there == ~v) {
                continue;
            }
            if (there < 0) {
                away(v, masses[~there], x[~there], y[~there], forceX, forceY);
                continue;
            }
            double mass = sums[3 * there];
            double atX = sums[3 * there + 1] / mass;
            double atY = sums[3 * there + 2] / mass;
            if (Math.hypot(atX - x[v], atY - y[v]) > FAR * width / 2) {
                away(v, mass, atX, atY, forceX, forceY);
            } else {
                push(v, there, width / 2, forceX, forceY);
            }
        }
    }

    private void away(int v, double mass, double atX, double atY, double[] forceX, double[] forceY) {
        double dx = x[v] - atX;
        double dy = y[v] - atY;
        double squared = dx * dx + dy * dy;
        if (squared > 0) {
            double force = REPULSION * masses[v] * mass / squared;
            forceX[v] += dx * force;
            forceY[v] += dy * force;
        }
    }
}
