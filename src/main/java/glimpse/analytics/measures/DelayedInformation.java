package glimpse.analytics.measures;

import glimpse.analytics.world.Hours;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Time-delayed mutual information (Riedl 2025): how many bits an agent's hour, active or not, tells of the next hour of
 * another. Each agent's hours of whole days are a row of bits.
 */
final class DelayedInformation {
    private static final int AGENTS = 20;
    private static final int FEWEST_AGENTS = 5;
    private static final int FEWEST_HOURS = 5;
    private static final int FEWEST_DAYS = 5;
    private static final int MOST_DAYS = 30;
    private static final int DAY = 24;

    private final int[][] days; // of each agent: the hours of each day, a bit each

    private DelayedInformation(int[][] days) {
        this.days = days;
    }

    /** Of the busiest agents, in the last days of a view; nothing where there are too few agents or days. */
    static @Nullable DelayedInformation of(View view) {
        Hours hours = view.hours();
        int[] starts = hours.starts();
        List<Integer> busiest = IntStream.range(0, view.agents().size())
                .filter(agent -> starts[agent + 1] - starts[agent] >= FEWEST_HOURS)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(agent -> starts[agent] - starts[agent + 1])
                        .thenComparingInt(agent -> agent))
                .limit(AGENTS)
                .toList();
        int first = busiest.stream()
                .mapToInt(agent -> hours.hours()[starts[agent]])
                .min()
                .orElse(0);
        int last = Seconds.hour(view.until());
        int size = Math.min(MOST_DAYS, (last - first) / DAY + 1);
        if (busiest.size() < FEWEST_AGENTS || size < FEWEST_DAYS) {
            return null;
        }
        int from = last - size * DAY + 1;
        int[][] days = new int[busiest.size()][size];
        for (int row = 0; row < days.length; row++) {
            int agent = busiest.get(row);
            for (int i = starts[agent]; i < starts[agent + 1]; i++) {
                int hour = hours.hours()[i] - from;
                if (hour >= 0) {
                    days[row][hour / DAY] |= 1 << (hour % DAY);
                }
            }
        }
        return new DelayedInformation(days);
    }

    /** The same days of each agent in another order: at which hours it comes stays, on which days does not. */
    DelayedInformation withDaysShuffled(SplittableRandom random) {
        int[][] shuffled = new int[days.length][];
        for (int row = 0; row < days.length; row++) {
            shuffled[row] = days[row].clone();
            for (int k = shuffled[row].length - 1; k > 0; k--) {
                int other = random.nextInt(k + 1);
                int day = shuffled[row][k];
                shuffled[row][k] = shuffled[row][other];
                shuffled[row][other] = day;
            }
        }
        return new DelayedInformation(shuffled);
    }

    /** The mean over ordered pairs of agents. */
    double bits() {
        double sum = 0;
        for (int one = 0; one < days.length; one++) {
            for (int other = 0; other < days.length; other++) {
                sum += one == other ? 0 : bits(days[one], days[other]);
            }
        }
        return sum / (days.length * (days.length - 1));
    }

    private static double bits(int[] causes, int[] effects) {
        int both = 0;
        int cause = 0;
        int effect = 0;
        int hours = causes.length * DAY - 1;
        for (int day = 0; day < causes.length; day++) {
            boolean isLast = day + 1 == causes.length;
            int before = isLast ? causes[day] & ((1 << (DAY - 1)) - 1) : causes[day];
            int after = (effects[day] >>> 1) | (isLast ? 0 : (effects[day + 1] & 1) << (DAY - 1));
            both += Integer.bitCount(before & after);
            cause += Integer.bitCount(before);
            effect += Integer.bitCount(after);
        }
        return cell(both, cause, effect, hours)
                + cell(cause - both, cause, hours - effect, hours)
                + cell(effect - both, hours - cause, effect, hours)
                + cell(hours - cause - effect + both, hours - cause, hours - effect, hours);
    }

    private static double cell(double both, double one, double other, double all) {
        return both == 0 ? 0 : both / all * Entropy.log2(both * all / (one * other));
    }
}
