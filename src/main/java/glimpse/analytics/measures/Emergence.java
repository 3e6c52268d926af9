package glimpse.analytics.measures;

import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of the whole that chance does not explain: new hashtags and styles that many take up, the same hashtag in the same
 * hour, activity in bursts (Goh and Barabási 2008; Kim and Jo 2016), what one agent does telling of what others do next
 * (Riedl 2025), each against chance.
 */
public final class Emergence implements Measure {
    private static final int FEWEST_EVENTS = 50;
    private static final int SHUFFLES = 100;
    private static final int FEW_SHUFFLES = 20;
    private static final int MANY_EVENTS = 10_000;
    private static final double FALSE_DISCOVERIES = 0.05;
    private static final long SEED = 2_008;
    private static final Method METHOD = Method.of(
                    "adoption, synchrony and burstiness against shuffles, with Benjamini–Hochberg",
                    "Goh & Barabási 2008; Kim & Jo 2016; Benjamini & Hochberg 1995; Riedl 2025 (arXiv:2510.05174)")
            .with("minimum_tag_events", FEWEST_EVENTS)
            .with("shuffles", "100 of times within each agent; 20 above 10,000 events, of the newest 50,000")
            .with("adoption", "5 agents of 3 owners in 3 communities, in 2 where there are only 2")
            .with("delayed_information", "of the 20 busiest agents, the last 30 days, from hour to hour")
            .with("false_discovery_rate", FALSE_DISCOVERIES);

    /**
     * What has emerged.
     *
     * @param index share of indicators that chance does not explain
     */
    public record Signs(
            int tagEvents, @Nullable Double index, List<Indicator> indicators, List<Adoptions.Adoption> adoptions) {}

    /** One sign; null where it can't be told. */
    public record Indicator(
            String name,
            @Nullable Double value,
            @Nullable Double nullMean,
            @Nullable Double z,
            @Nullable Boolean significant,
            String explanation) {}

    @Override
    public Measured<Signs> of(Question question) {
        View view = question.view();
        Uses uses = Uses.ofHashtags(view);
        List<Adoptions.Adoption> adoptions = Adoptions.of(question, uses);
        if (uses.things().length < FEWEST_EVENTS) {
            return Measured.insufficient(
                    question,
                    METHOD,
                    FEWEST_EVENTS + " uses of hashtags are needed, and there are " + uses.things().length,
                    new Signs(uses.things().length, null, List.of(), adoptions));
        }
        SplittableRandom random = new SplittableRandom(SEED);
        List<Indicator> indicators = judged(List.of(
                synchrony(uses, random),
                burstiness(view, random),
                delayedInformation(view, random),
                reciprocityChange(view),
                modularityChange(view)));
        long told = indicators.stream()
                .filter(indicator -> indicator.significant() != null)
                .count();
        long significant = indicators.stream()
                .filter(indicator -> Boolean.TRUE.equals(indicator.significant()))
                .count();
        return Measured.ok(
                question,
                METHOD,
                significant + " of " + told + " patterns are not explained by chance; " + adoptions.size()
                        + " new hashtags and styles were taken up by many.",
                new Signs(
                        uses.things().length,
                        Figure.share((double) significant, (double) told),
                        indicators,
                        adoptions));
    }

    /** Pairs of agents who used the same hashtag in the same hour. */
    private static Indicator synchrony(Uses uses, SplittableRandom random) {
        double observed = pairs(uses, uses.times());
        int[][] own = byAgent(uses.agents());
        double[] shuffled = new double[uses.things().length > MANY_EVENTS ? FEW_SHUFFLES : SHUFFLES];
        int[] times = uses.times().clone();
        for (int i = 0; i < shuffled.length; i++) {
            for (int[] events : own) {
                for (int k = events.length - 1; k > 0; k--) {
                    int other = random.nextInt(k + 1);
                    int time = times[events[k]];
                    times[events[k]] = times[events[other]];
                    times[events[other]] = time;
                }
            }
            shuffled[i] = pairs(uses, times);
        }
        return against(
                "synchrony",
                observed,
                shuffled,
                "pairs of agents who use the same hashtag in the same hour, against each agent's own times shuffled");
    }

    private static int[][] byAgent(int[] agents) {
        return IntStream.range(0, agents.length)
                .boxed()
                .collect(java.util.stream.Collectors.groupingBy(
                        i -> agents[i], java.util.TreeMap::new, java.util.stream.Collectors.toList()))
                .values()
                .stream()
                .filter(events -> events.size() > 1)
                .map(events -> events.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static double pairs(Uses uses, int[] times) {
        long[] keys = new long[times.length];
        int firstHour = IntStream.of(uses.times()).map(Seconds::hour).min().orElse(0);
        for (int i = 0; i < keys.length; i++) {
            long slot = uses.things()[i] * 1_000_000L + (Seconds.hour(times[i]) - firstHour);
            keys[i] = slot * (1L << 20) + (uses.agents()[i] & 0xFFFFF);
        }
        Arrays.sort(keys);
        double pairs = 0;
        long slot = -1;
        int together = 0;
        for (int i = 0; i < keys.length; i++) {
            if (i > 0 && keys[i] == keys[i - 1]) {
                continue;
            }
            together = keys[i] >> 20 == slot ? together + 1 : 1;
            slot = keys[i] >> 20;
            pairs += together - 1;
        }
        return pairs;
    }

    private static Indicator burstiness(View view, SplittableRandom random) {
        double[] gaps = Bursts.gaps(view);
        double[] chance = new double[SHUFFLES];
        for (int i = 0; i < chance.length; i++) {
            chance[i] = Bursts.of(Arrays.stream(gaps)
                    .map(gap -> -Math.log(1 - random.nextDouble()))
                    .toArray());
        }
        return against(
                "burstiness",
                Bursts.of(gaps),
                chance,
                "Kim and Jo's burstiness of the gaps between posts, against as many gaps of a Poisson process");
    }

    private static Indicator delayedInformation(View view, SplittableRandom random) {
        @Nullable DelayedInformation series = DelayedInformation.of(view);
        double[] chance = new double[series == null ? 0 : SHUFFLES];
        for (int i = 0; series != null && i < chance.length; i++) {
            chance[i] = series.withDaysShuffled(random).bits();
        }
        return against(
                "delayed_information",
                series == null ? Double.NaN : series.bits(),
                chance,
                "bits that an hour of one of the busiest agents tells of the next hour of another, in the mean, against"
                        + " each agent's own days shuffled");
    }

    private static Indicator against(String name, double observed, double[] chance, String explanation) {
        Figure.Spread spread = Figure.Spread.of(chance);
        return new Indicator(
                name, Figure.of(observed), Figure.of(spread.mean()), Figure.of(spread.z(observed)), null, explanation);
    }

    /** Whether more pairs interact both ways than in the window before (two shares compared). */
    private static Indicator reciprocityChange(View view) {
        double now = Matrix.reciprocity(view.interactions());
        double before = Matrix.reciprocity(view.before().interactions());
        double arcs = view.interactions().arcs();
        double arcsBefore = view.before().interactions().arcs();
        double pooled = (now * arcs + before * arcsBefore) / (arcs + arcsBefore);
        // both directions of a pair are one observation
        double error = Math.sqrt(pooled * (1 - pooled) * (2 / arcs + 2 / arcsBefore));
        return new Indicator(
                "reciprocity_change",
                Figure.of(now - before),
                Figure.of(now - before) == null ? null : Double.valueOf(0),
                error > 0 ? Figure.of((now - before) / error) : null,
                null,
                "reciprocity of interactions less that of the window before");
    }

    private static Indicator modularityChange(View view) {
        boolean known =
                view.before().interactions().arcs() > 0 && view.interactions().arcs() > 0;
        double change = view.communities().modularity()
                - (known ? view.before().communities().modularity() : Double.NaN);
        return new Indicator(
                "modularity_change",
                Figure.of(change),
                null,
                null,
                null,
                "modularity of the social graph less that of the window before; told without a null");
    }

    /** Which are significant when several are looked at (Benjamini and Hochberg 1995). */
    private static List<Indicator> judged(List<Indicator> indicators) {
        List<Indicator> sorted = indicators.stream()
                .filter(indicator -> indicator.z() != null)
                .sorted(Comparator.comparingDouble(indicator -> p(indicator)))
                .toList();
        int last = -1;
        for (int i = 0; i < sorted.size(); i++) {
            last = p(sorted.get(i)) <= FALSE_DISCOVERIES * (i + 1) / sorted.size() ? i : last;
        }
        List<Indicator> significant = sorted.subList(0, last + 1);
        return indicators.stream()
                .map(indicator -> indicator.z() == null
                        ? indicator
                        : new Indicator(
                                indicator.name(),
                                indicator.value(),
                                indicator.nullMean(),
                                indicator.z(),
                                significant.contains(indicator),
                                indicator.explanation()))
                .toList();
    }

    /** One-sided, of a normal distribution (Abramowitz and Stegun 26.2.17, error below 1e-7). */
    private static double p(Indicator indicator) {
        double z = indicator.z() == null ? 0 : indicator.z();
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = Math.exp(-z * z / 2)
                / Math.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? tail : 1 - tail;
    }
}
