package glimpse.analytics.measures;

import com.fasterxml.jackson.annotation.JsonProperty;
import glimpse.analytics.graph.Communities;
import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of the whole that chance does not explain: new hashtags that many take up, the same hashtag in the same hour, and
 * activity in bursts (Goh and Barabási 2008; Kim and Jo 2016), each against chance.
 */
public final class Emergence implements Measure {
    private static final int FEWEST_EVENTS = 50;
    private static final int MOST_EVENTS = 50_000;
    private static final int SHUFFLES = 100;
    private static final int FEW_SHUFFLES = 20;
    private static final int MANY_EVENTS = 10_000;
    private static final int MOST_GAPS = 5_000;
    private static final int ADOPTERS = 5;
    private static final int OWNERS = 3;
    private static final int COMMUNITIES = 3;
    private static final double FALSE_DISCOVERIES = 0.05;
    private static final long SEED = 2_008;
    private static final Method METHOD = Method.of(
                    "adoption, synchrony and burstiness against shuffles, with Benjamini–Hochberg",
                    "Goh & Barabási 2008; Kim & Jo 2016; Benjamini & Hochberg 1995; Riedl 2025 (arXiv:2510.05174)")
            .with("minimum_tag_events", FEWEST_EVENTS)
            .with("shuffles", "100 of times within each agent; 20 above 10,000 events, of the newest 50,000")
            .with("adoption", "5 agents of 3 owners in 3 communities, in 2 where there are only 2")
            .with("false_discovery_rate", FALSE_DISCOVERIES);

    /**
     * What has emerged.
     *
     * @param index share of indicators that chance does not explain
     */
    public record Signs(int tagEvents, @Nullable Double index, List<Indicator> indicators, List<Adoption> adoptions) {}

    /** One sign; null where it can't be told. */
    public record Indicator(
            String name,
            @Nullable Double value,
            @Nullable Double nullMean,
            @Nullable Double z,
            @Nullable Boolean significant,
            String explanation) {}

    /**
     * A hashtag that is new in the window and that many took up.
     *
     * @param tHalfS seconds until half of its adopters had
     */
    public record Adoption(
            String tag,
            Named firstAgent,
            Instant firstAt,
            int adopters,
            int owners,
            int communities,
            @JsonProperty("t_half_s") int tHalfS) {}

    /** Uses of hashtags, by time. */
    private record Uses(int[] agents, int[] tags, int[] times) {
        static Uses of(View view) {
            Posts posts = view.world().posts();
            int[] used = IntStream.range(0, posts.size())
                    .filter(p -> view.has(posts.times()[p]))
                    .flatMap(p -> IntStream.generate(() -> p).limit(posts.tagStarts()[p + 1] - posts.tagStarts()[p]))
                    .toArray();
            int from = Math.max(0, used.length - MOST_EVENTS);
            int[] agents = new int[used.length - from];
            int[] tags = new int[agents.length];
            int[] times = new int[agents.length];
            for (int i = from; i < used.length; i++) {
                int p = used[i];
                int within = i;
                while (within > 0 && used[within - 1] == p) {
                    within--;
                }
                agents[i - from] = posts.authors()[p];
                tags[i - from] = posts.tags()[posts.tagStarts()[p] + i - within];
                times[i - from] = posts.times()[p];
            }
            return new Uses(agents, tags, times);
        }
    }

    @Override
    public Measured<Signs> of(Question question) {
        View view = question.view();
        Uses uses = Uses.of(view);
        List<Adoption> adoptions = adoptions(question, uses);
        if (uses.tags().length < FEWEST_EVENTS) {
            return Measured.insufficient(
                    question,
                    METHOD,
                    FEWEST_EVENTS + " uses of hashtags are needed, and there are " + uses.tags().length,
                    new Signs(uses.tags().length, null, List.of(), adoptions));
        }
        SplittableRandom random = new SplittableRandom(SEED);
        List<Indicator> indicators = judged(List.of(
                synchrony(uses, random), burstiness(view, random), reciprocityChange(view), modularityChange(view)));
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
                        + " new hashtags were taken up by many.",
                new Signs(
                        uses.tags().length, Figure.share((double) significant, (double) told), indicators, adoptions));
    }

    /** Pairs of agents who used the same hashtag in the same hour. */
    private static Indicator synchrony(Uses uses, SplittableRandom random) {
        double observed = pairs(uses, uses.times());
        int[][] own = byAgent(uses.agents());
        double[] shuffled = new double[uses.tags().length > MANY_EVENTS ? FEW_SHUFFLES : SHUFFLES];
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
        Figure.Spread spread = Figure.Spread.of(shuffled);
        return new Indicator(
                "synchrony",
                Figure.of(observed),
                Figure.of(spread.mean()),
                Figure.of(spread.z(observed)),
                null,
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
            long slot = uses.tags()[i] * 1_000_000L + (Seconds.hour(times[i]) - firstHour);
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

    /** Of the newest gaps between posts: 0 for a Poisson process, towards 1 for bursts, -1 for a clock. */
    private static Indicator burstiness(View view, SplittableRandom random) {
        int[] times = IntStream.of(view.world().posts().times())
                .filter(view::has)
                .sorted()
                .toArray();
        int from = Math.max(0, times.length - MOST_GAPS - 1);
        double[] gaps = IntStream.range(from + 1, times.length)
                .mapToDouble(i -> times[i] - times[i - 1])
                .toArray();
        double observed = burstiness(gaps);
        double[] chance = new double[SHUFFLES];
        for (int i = 0; i < chance.length; i++) {
            chance[i] = burstiness(Arrays.stream(gaps)
                    .map(gap -> -Math.log(1 - random.nextDouble()))
                    .toArray());
        }
        Figure.Spread spread = Figure.Spread.of(chance);
        return new Indicator(
                "burstiness",
                Figure.of(observed),
                Figure.of(spread.mean()),
                Figure.of(spread.z(observed)),
                null,
                "Kim and Jo's burstiness of the gaps between posts, against as many gaps of a Poisson process");
    }

    /** Corrected for the number of gaps; NaN of fewer than two. */
    static double burstiness(double[] gaps) {
        Figure.Spread spread = Figure.Spread.of(gaps);
        double r = spread.deviation() / spread.mean();
        double more = Math.sqrt(gaps.length + 1.0);
        double less = Math.sqrt(gaps.length - 1.0);
        return (more * r - less) / ((more - 2) * r + less);
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

    private static List<Adoption> adoptions(Question question, Uses uses) {
        View view = question.view();
        boolean[] known = new boolean[view.world().tags().length];
        Posts posts = view.world().posts();
        for (int p = 0; p < posts.size(); p++) {
            if (posts.times()[p] <= view.after()) {
                for (int i = posts.tagStarts()[p]; i < posts.tagStarts()[p + 1]; i++) {
                    known[posts.tags()[i]] = true;
                }
            }
        }
        int[] fresh = IntStream.range(0, uses.tags().length)
                .filter(i -> !known[uses.tags()[i]])
                .toArray();
        return IntStream.of(fresh)
                .boxed()
                .collect(java.util.stream.Collectors.groupingBy(
                        i -> uses.tags()[i], java.util.TreeMap::new, java.util.stream.Collectors.toList()))
                .entrySet()
                .stream()
                .filter(tag -> tag.getValue().size() >= ADOPTERS)
                .map(tag -> adoption(question, uses, tag.getKey(), tag.getValue()))
                .filter(java.util.Objects::nonNull)
                .sorted(Comparator.<Adoption>comparingInt(adoption -> -adoption.adopters())
                        .thenComparing(Adoption::tag))
                .limit(question.limit())
                .toList();
    }

    private static @Nullable Adoption adoption(Question question, Uses uses, int tag, List<Integer> events) {
        Agents agents = question.agents();
        Communities communities = question.view().communities();
        List<Integer> adopted = new ArrayList<>();
        java.util.Set<Integer> seen = new java.util.HashSet<>();
        for (int event : events) {
            if (seen.add(uses.agents()[event])) {
                adopted.add(event);
            }
        }
        int owners = (int)
                seen.stream().map(agent -> agents.owners()[agent]).distinct().count();
        int in = (int) seen.stream()
                .map(communities::of)
                .filter(community -> community >= 0)
                .distinct()
                .count();
        if (seen.size() < ADOPTERS || owners < OWNERS || in < Math.min(COMMUNITIES, communities.count())) {
            return null;
        }
        int first = uses.times()[adopted.get(0)];
        return new Adoption(
                question.snapshot().world().tags()[tag],
                question.named(uses.agents()[adopted.get(0)]),
                Seconds.instant(first),
                seen.size(),
                owners,
                in,
                uses.times()[adopted.get((adopted.size() - 1) / 2)] - first);
    }
}
