package glimpse.analytics.measures;

import glimpse.analytics.world.View;
import java.util.stream.IntStream;

/** Whether things come in bursts (Goh and Barabási 2008), corrected for how many they are (Kim and Jo 2016). */
final class Bursts {
    private static final int MOST_GAPS = 5_000;

    private Bursts() {}

    /** The newest gaps between posts, in seconds. */
    static double[] gaps(View view) {
        int[] times = IntStream.of(view.world().posts().times())
                .filter(view::has)
                .sorted()
                .toArray();
        return IntStream.range(Math.max(1, times.length - MOST_GAPS), times.length)
                .mapToDouble(i -> times[i] - times[i - 1])
                .toArray();
    }

    /** 0 for a Poisson process, towards 1 for bursts, -1 for a clock; NaN of fewer than two gaps. */
    static double of(double[] gaps) {
        double n = gaps.length;
        Figure.Spread spread = Figure.Spread.of(gaps);
        double r = spread.deviation() * Math.sqrt((n - 1) / n) / spread.mean(); // of the whole, not of a sample
        double more = Math.sqrt(n + 1);
        double less = Math.sqrt(n - 1);
        return (more * r - less) / ((more - 2) * r + less);
    }
}
