package glimpse.images;

/**
 * How much each sample of a line counts in each sample of the line it is resampled to.
 *
 * @param first for each target sample, the first source sample that counts
 * @param taps how many source samples count, the same for all
 * @param values {@code taps} weights for each target sample; they sum up to one
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Weights(int[] first, int taps, float[] values) {
    private static final int LANCZOS_LOBES = 3;

    /** Lanczos-3: sharp, with a little ringing; what variants are made with. */
    static Weights lanczos(int from, int to, double start, double length) {
        return of(from, to, start, length, LANCZOS_LOBES, Weights::lanczosAt);
    }

    /** The mean of the covered samples: fast, for fingerprints. */
    static Weights mean(int from, int to) {
        return of(from, to, 0, from, 0.5, x -> 1);
    }

    private interface Kernel {
        double at(double x);
    }

    private static Weights of(int from, int to, double start, double length, double lobes, Kernel kernel) {
        double step = length / to;
        double stretch = Math.max(1, step);
        double support = lobes * stretch;
        int taps = Math.min(from, (int) Math.ceil(2 * support) + 1);
        int[] first = new int[to];
        float[] values = new float[to * taps];
        for (int i = 0; i < to; i++) {
            double centre = start + (i + 0.5) * step;
            first[i] = Math.max(0, Math.min((int) Math.floor(centre - support), from - taps));
            double sum = 0;
            for (int t = 0; t < taps; t++) {
                double low = Math.max(first[i] + t, centre - support);
                double high = Math.min(first[i] + t + 1, centre + support);
                // A sample at the edge counts by as much of it as lies under the kernel.
                double weight = high <= low ? 0 : (high - low) * kernel.at((first[i] + t + 0.5 - centre) / stretch);
                values[i * taps + t] = (float) weight;
                sum += weight;
            }
            for (int t = 0; t < taps; t++) {
                values[i * taps + t] /= (float) sum;
            }
        }
        return new Weights(first, taps, values);
    }

    private static double lanczosAt(double x) {
        if (Math.abs(x) < 1e-8) {
            return 1;
        }
        if (Math.abs(x) >= LANCZOS_LOBES) {
            return 0;
        }
        double phase = Math.PI * x;
        return LANCZOS_LOBES * Math.sin(phase) * Math.sin(phase / LANCZOS_LOBES) / (phase * phase);
    }

    /** The last source sample that the target sample needs. */
    int last(int target) {
        return first[target] + taps - 1;
    }
}
