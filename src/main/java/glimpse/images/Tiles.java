package glimpse.images;

import java.util.Arrays;

/**
 * How much neighbouring pixels differ, in tiles of 32×32: a picture can be sharp in one place and calm in another. Rows
 * of brightness come in one by one, and are added up in columns until a band of tiles is full.
 */
final class Tiles {
    static final int SIDE = 32;
    private static final int LEAST = 8; // pixels of a tile at the edge
    private static final double SHARPEST = 0.9; // quantile of tiles
    private static final double CALMEST = 0.05;

    /** Outside of these, noise is cut off at black and white, and letterboxes would pass for calm. */
    private static final int NEARLY_BLACK = 16;

    private static final int NEARLY_WHITE = 239;

    /**
     * What noise adds to the variance of the Laplacian, by its own: 4² + 4 × 1², and a quarter more, since the calmest
     * tiles have less than their share of it and the sharpest have more.
     */
    private static final double NOISE_GAIN = 20 * 1.25;

    private final int width;
    private final int[] squares;
    private final int[] deviations;
    private final int[] levels;
    private final double[] laplacians;
    private final double[] calm;
    private final double[] cutOff;
    private int rows;
    private int tiles;
    private int calmTiles;
    private int cutOffTiles;

    Tiles(int width, int height) {
        this.width = width;
        this.squares = new int[width];
        this.deviations = new int[width];
        this.levels = new int[width];
        int most = (width / SIDE + 1) * (height / SIDE + 1);
        this.laplacians = new double[most];
        this.calm = new double[most];
        this.cutOff = new double[most];
    }

    /** Takes the pixels of a row that have all eight neighbours. */
    void accept(int[] above, int[] row, int[] below) {
        add(above, row, below, squares, deviations, levels, width);
        rows++;
        if (rows == SIDE) {
            closeBand();
        }
    }

    // Into columns, side by side: of several sums in one loop, the compiler of JDK 17.0.15 dies.
    private static void add(int[] a, int[] b, int[] c, int[] squares, int[] deviations, int[] levels, int width) {
        for (int x = 1; x < width - 1; x++) {
            int beside = a[x] + c[x] + b[x - 1] + b[x + 1];
            int diagonal = a[x - 1] + a[x + 1] + c[x - 1] + c[x + 1];
            int laplacian = beside - 4 * b[x];
            squares[x] += laplacian * laplacian;
            deviations[x] += Math.abs(diagonal - 2 * beside + 4 * b[x]);
            levels[x] += b[x];
        }
    }

    private void closeBand() {
        for (int from = 1; from < width - 1; from += SIDE) {
            int to = Math.min(from + SIDE, width - 1);
            if (to - from >= LEAST || from == 1) {
                closeTile(from, to, (double) rows * (to - from));
            }
        }
        Arrays.fill(squares, 0);
        Arrays.fill(deviations, 0);
        Arrays.fill(levels, 0);
        rows = 0;
    }

    private void closeTile(int from, int to, double pixels) {
        laplacians[tiles++] = sum(squares, from, to) / pixels;
        double noise = Math.sqrt(Math.PI / 2) / 6 * sum(deviations, from, to) / pixels; // Immerkær 1996
        double level = sum(levels, from, to) / pixels;
        if (level >= NEARLY_BLACK && level <= NEARLY_WHITE) {
            calm[calmTiles++] = noise;
        } else {
            cutOff[cutOffTiles++] = noise;
        }
    }

    private static long sum(int[] values, int from, int to) {
        long sum = 0;
        for (int x = from; x < to; x++) {
            sum += values[x];
        }
        return sum;
    }

    /** After the last row. */
    void close() {
        if (rows >= LEAST || tiles == 0) {
            closeBand();
        }
    }

    /** Standard deviation of noise in the calmest tiles, in levels. */
    double noise() {
        return calmTiles > 0 ? quantile(calm, calmTiles, CALMEST) : quantile(cutOff, cutOffTiles, CALMEST);
    }

    /** Variance of the Laplacian in the sharpest tiles, without what noise adds. */
    double sharpness() {
        double noise = noise();
        return Math.max(0, quantile(laplacians, tiles, SHARPEST) - NOISE_GAIN * noise * noise);
    }

    private static double quantile(double[] values, int used, double share) {
        if (used == 0) {
            return 0; // fewer than three pixels wide
        }
        Arrays.sort(values, 0, used);
        return values[(int) (share * (used - 1))];
    }
}
