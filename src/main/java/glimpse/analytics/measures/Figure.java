package glimpse.analytics.measures;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers as answers show them: with six digits behind the point, and none at all rather than one that is none. */
public final class Figure {
    private static final double SCALE = 1e6;

    private Figure() {}

    /** Rounded; nothing for what is infinite or not a number. */
    public static @Nullable Double of(double number) {
        return Double.isFinite(number) ? rounded(number) : null;
    }

    /** A share of a whole; nothing of nothing. */
    public static @Nullable Double share(double part, double whole) {
        return whole == 0 ? null : of(part / whole);
    }

    private static double rounded(double number) {
        double scaled = number * SCALE;
        return Math.abs(scaled) > 1e15 ? number : Math.round(scaled) / SCALE + 0.0; // no -0
    }

    /** A number in a sentence: with two digits, or a dash. */
    public static String said(@Nullable Double number) {
        return number == null ? "–" : String.valueOf(Math.round(number * 100) / 100.0);
    }

    /** A share in a sentence. */
    public static String percent(@Nullable Double share) {
        return share == null ? "–" : Math.round(share * 100) + " %";
    }

    /**
     * How many of them are below a number, and half of those that equal it, as a share: 0.5 for the middle.
     *
     * @param sorted ascending
     */
    public static double percentile(double[] sorted, double number) {
        if (sorted.length == 0) {
            return 0;
        }
        int below = firstFrom(sorted, number);
        int until = firstFrom(sorted, Math.nextUp(number));
        return (below + (until - below) / 2.0) / sorted.length;
    }

    private static int firstFrom(double[] sorted, double number) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The number at a share of sorted ones: 0.5 for the median; NaN of none. */
    public static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }

    /** How unequally something is spread: 0 for all alike, towards 1 where one has all (Gini 1912); NaN of nothing. */
    public static double gini(double[] amounts) {
        double[] sorted = amounts.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += sorted[i];
            weighted += (i + 1) * sorted[i];
        }
        int n = sorted.length;
        return sum == 0 ? Double.NaN : 2 * weighted / (n * sum) - (n + 1) / (double) n;
    }

    /** The lower bound of a share of yes among votes, at 95 % (Wilson 1927); 0 without votes. */
    public static double wilson(double yes, double votes) {
        if (votes <= 0) {
            return 0;
        }
        double z = 1.96;
        double share = yes / votes;
        double spread = z * Math.sqrt(share * (1 - share) / votes + z * z / (4 * votes * votes));
        return Math.max(0, (share + z * z / (2 * votes) - spread) / (1 + z * z / votes));
    }

    /** Correlation of two rows of numbers (Pearson); NaN where one of them never changes. */
    public static double correlation(double[] one, double[] other) {
        double meanOne = Arrays.stream(one).average().orElse(0);
        double meanOther = Arrays.stream(other).average().orElse(0);
        double together = 0;
        double squaresOne = 0;
        double squaresOther = 0;
        for (int i = 0; i < one.length; i++) {
            together += (one[i] - meanOne) * (other[i] - meanOther);
            squaresOne += (one[i] - meanOne) * (one[i] - meanOne);
            squaresOther += (other[i] - meanOther) * (other[i] - meanOther);
        }
        return squaresOne == 0 || squaresOther == 0 ? Double.NaN : together / Math.sqrt(squaresOne * squaresOther);
    }

    /** Mean and standard deviation of a sample. */
    public record Spread(double mean, double deviation) {
        public static Spread of(double[] numbers) {
            double mean = Arrays.stream(numbers).average().orElse(Double.NaN);
            double squares = Arrays.stream(numbers)
                    .map(number -> (number - mean) * (number - mean))
                    .sum();
            return new Spread(mean, numbers.length < 2 ? Double.NaN : Math.sqrt(squares / (numbers.length - 1)));
        }

        /** How many deviations a number is from the mean; NaN where there is no deviation. */
        public double z(double number) {
            return deviation > 0 ? (number - mean) / deviation : Double.NaN;
        }
    }
}
