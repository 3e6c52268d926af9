package glimpse.images;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The signs of a picture's 64 lowest frequencies against their median (pHash: Zauner 2010, section 3.2.1). */
public final class PerceptualHash {
    /**
     * Up to this distance, pictures are taken for versions of each other: of versions 84 % are, of other pictures none of
     * 570,000 pairs ({@code scripts/bench/duplicates}).
     */
    public static final int NEAR = 10;

    /** What a blocklist means that names no distance: 79 % of versions. */
    static final int BLOCKED = 8;

    private static final int SIDE = 32;
    private static final int FREQUENCIES = 8;

    /** Mean magnitude of the coefficients below which their signs are noise: a swing of about one level of 255. */
    private static final double FLAT = 64;

    /** The bits of odd frequencies across: those turn round when the picture is mirrored. */
    private static final long ODD_ACROSS = 0x5555_5555_5555_5555L;

    private static final double[][] COSINES = cosines();

    private PerceptualHash() {}

    /** In how many bits two differ. */
    public static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    /** Of the same picture in a mirror, but for bits whose frequencies are as good as not there. */
    public static long mirrored(long hash) {
        return hash ^ ODD_ACROSS;
    }

    /** 1 for the same hash, 0 for its opposite. */
    public static double similarity(int distance) {
        return Math.round(1_000 - 1_000 * distance / 64.0) / 1_000.0;
    }

    /** Of 32×32 RGB pixels; null where the picture is near-flat, and any two of them would look alike or not by chance. */
    static @Nullable Long of(byte[] rgb) {
        double[] coefficients = coefficients(luma(rgb));
        if (Arrays.stream(coefficients).map(Math::abs).average().orElse(0) < FLAT) {
            return null;
        }
        double[] sorted = coefficients.clone();
        Arrays.sort(sorted);
        double median = (sorted[31] + sorted[32]) / 2;
        long hash = 0;
        for (int i = 0; i < coefficients.length; i++) {
            if (coefficients[i] > median) {
                hash |= 1L << i;
            }
        }
        return hash;
    }

    /** DCT-II without the first row and column, which hold brightness rather than shape. */
    private static double[] coefficients(double[] luma) {
        double[][] rows = new double[SIDE][FREQUENCIES];
        for (int y = 0; y < SIDE; y++) {
            for (int u = 0; u < FREQUENCIES; u++) {
                for (int x = 0; x < SIDE; x++) {
                    rows[y][u] += COSINES[u][x] * luma[y * SIDE + x];
                }
            }
        }
        double[] all = new double[FREQUENCIES * FREQUENCIES];
        for (int v = 0; v < FREQUENCIES; v++) {
            for (int u = 0; u < FREQUENCIES; u++) {
                for (int y = 0; y < SIDE; y++) {
                    all[v * FREQUENCIES + u] += COSINES[v][y] * rows[y][u];
                }
            }
        }
        return all;
    }

    /** ITU-R BT.601. */
    private static double[] luma(byte[] rgb) {
        double[] luma = new double[SIDE * SIDE];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = 0.299 * (rgb[i * 3] & 0xff) + 0.587 * (rgb[i * 3 + 1] & 0xff) + 0.114 * (rgb[i * 3 + 2] & 0xff);
        }
        return luma;
    }

    private static double[][] cosines() {
        double[][] cosines = new double[FREQUENCIES][SIDE];
        for (int u = 0; u < FREQUENCIES; u++) {
            for (int x = 0; x < SIDE; x++) {
                cosines[u][x] = Math.cos(Math.PI * (u + 1) * (2 * x + 1) / (2 * SIDE));
            }
        }
        return cosines;
    }
}
