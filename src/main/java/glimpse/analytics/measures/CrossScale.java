package glimpse.analytics.measures;

import glimpse.analytics.graph.Communities;
import glimpse.analytics.world.Hours;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Tally;
import glimpse.analytics.world.View;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The same quantities of agents, communities and the whole: how much of the diversity is within communities and how much
 * between them (Lin 1991; Jost 2007), how much of the attention (Gini 1912), and whether all move together.
 */
public final class CrossScale implements Measure {
    private static final int FEWEST_POSTS = 10;
    private static final int FEWEST_COMMUNITIES = 2;
    private static final int SMALLEST_COMMUNITY = 3;
    private static final int MOST_DAYS = 90;
    private static final Method METHOD = Method.of(
                    "alpha, beta and gamma diversity; eta squared; Gini; correlation of daily activity",
                    "Jost 2007; Lin 1991; Fisher 1925; Gini 1912")
            .with("diversity_of", "hashtags, in bits; communities weighted by their uses of hashtags")
            .with("minimum_posts", FEWEST_POSTS)
            .with("minimum_communities", FEWEST_COMMUNITIES)
            .with("coupling_of", "communities of 3 and more, the last 90 days of the window");

    /** Three scales, and what lies between them. */
    public record CrossSection(
            Scales scales,
            Decomposition decomposition,
            @Nullable Double etaSquared,
            Coupling coupling) {}

    /** One quantity at three scales. */
    public record Scales(Scale agent, Scale community, Scale platform) {}

    /**
     * One scale.
     *
     * @param units agents, communities, or the platform
     * @param meanActions of a unit
     * @param actionsGini how unequally these are spread over units
     * @param meanReceived reactions and comments of a unit
     * @param attentionGini how unequally these are spread over units
     */
    public record Scale(
            int units,
            @Nullable Double meanActions,
            @Nullable Double actionsGini,
            @Nullable Double meanReceived,
            @Nullable Double attentionGini) {}

    /**
     * Diversity of hashtags in bits: gamma, of all, is alpha, the mean within communities, and beta, between them.
     *
     * @param betaShare 0 where all communities speak of the same, towards 1 where each speaks of its own
     */
    public record Decomposition(
            @Nullable Double alpha,
            @Nullable Double beta,
            @Nullable Double gamma,
            @Nullable Double betaShare) {}

    /** Mean correlation of daily activity: of agents with their communities, of communities with the platform. */
    public record Coupling(
            @Nullable Double agentCommunity, @Nullable Double communityPlatform) {}

    @Override
    public Measured<CrossSection> of(Question question) {
        View view = question.view();
        Communities communities = view.communities();
        Scales scales = scales(view, communities);
        long posts = view.tally().totalPosts();
        if (posts < FEWEST_POSTS || communities.count() < FEWEST_COMMUNITIES) {
            return Measured.insufficient(
                    question,
                    METHOD,
                    FEWEST_POSTS + " posts and " + FEWEST_COMMUNITIES + " communities are needed, and there are "
                            + posts + " and " + communities.count(),
                    new CrossSection(
                            scales, new Decomposition(null, null, null, null), null, new Coupling(null, null)));
        }
        Decomposition decomposition = decomposition(view, communities);
        @Nullable Double eta = Figure.of(etaSquared(view, communities));
        return Measured.ok(
                        question,
                        METHOD,
                        Figure.percent(decomposition.betaShare())
                                + " of the diversity of hashtags lies between communities, " + Figure.percent(eta)
                                + " of the differences in attention do.",
                        new CrossSection(scales, decomposition, eta, coupling(view, communities)))
                .beside(Map.of(
                        "scales.agent.attention_gini", Published.ATTENTION_GINI,
                        "scales.agent.actions_gini", Published.POSTS_GINI));
    }

    private static Scales scales(View view, Communities communities) {
        Tally tally = view.tally();
        int n = view.agents().size();
        double[] actions = IntStream.range(0, n).mapToDouble(tally::actions).toArray();
        double[] received = IntStream.range(0, n).mapToDouble(tally::got).toArray();
        double[] platform = {
            DoubleStream.of(actions).sum(), DoubleStream.of(received).sum()
        };
        return new Scales(
                scale(actions, received),
                scale(sums(actions, communities), sums(received, communities)),
                new Scale(1, Figure.of(platform[0]), null, Figure.of(platform[1]), null));
    }

    private static double[] sums(double[] values, Communities communities) {
        double[] sums = new double[communities.count()];
        for (int agent = 0; agent < values.length; agent++) {
            if (communities.of(agent) >= 0) {
                sums[communities.of(agent)] += values[agent];
            }
        }
        return sums;
    }

    private static Scale scale(double[] actions, double[] received) {
        return new Scale(
                actions.length,
                Figure.of(Arrays.stream(actions).average().orElse(Double.NaN)),
                actions.length == 0 ? null : Figure.of(Figure.gini(actions)),
                Figure.of(Arrays.stream(received).average().orElse(Double.NaN)),
                actions.length == 0 ? null : Figure.of(Figure.gini(received)));
    }

    private static Decomposition decomposition(View view, Communities communities) {
        Posts posts = view.world().posts();
        Map<Long, Integer> uses = new HashMap<>();
        int[] all = new int[view.world().tags().length];
        int[] of = new int[communities.count()];
        for (int p = 0; p < posts.size(); p++) {
            int community = communities.of(posts.authors()[p]);
            if (community >= 0 && view.has(posts.times()[p])) {
                for (int i = posts.tagStarts()[p]; i < posts.tagStarts()[p + 1]; i++) {
                    uses.merge(((long) community << 32) | posts.tags()[i], 1, Integer::sum);
                    all[posts.tags()[i]]++;
                    of[community]++;
                }
            }
        }
        double total = IntStream.of(all).sum();
        if (total == 0) {
            return new Decomposition(null, null, null, null);
        }
        double gamma = 0;
        for (int count : all) {
            gamma -= count == 0 ? 0 : count / total * Entropy.log2(count / total);
        }
        double alpha = uses.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .mapToDouble(entry -> -entry.getValue()
                        / total
                        * Entropy.log2(entry.getValue() / (double) of[(int) (entry.getKey() >>> 32)]))
                .sum();
        double beta = Math.max(0, gamma - alpha);
        return new Decomposition(Figure.of(alpha), Figure.of(beta), Figure.of(gamma), Figure.share(beta, gamma));
    }

    /** Of the differences in what agents get, the share that is between communities. */
    static double etaSquared(View view, Communities communities) {
        double[] sums = new double[communities.count()];
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int agent = 0; agent < view.agents().size(); agent++) {
            int community = communities.of(agent);
            if (community >= 0) {
                double got = view.tally().got(agent);
                sums[community] += got;
                sum += got;
                squares += got * got;
                n++;
            }
        }
        double between = 0;
        for (int community = 0; community < sums.length; community++) {
            between += sums[community] * sums[community] / communities.size(community);
        }
        return (between - sum * sum / n) / (squares - sum * sum / n);
    }

    private static Coupling coupling(View view, Communities communities) {
        Hours hours = view.hours();
        int n = view.agents().size();
        int shown = (int) IntStream.range(0, communities.count())
                .filter(community -> communities.size(community) >= SMALLEST_COMMUNITY)
                .count(); // they are numbered by size
        int last = IntStream.of(hours.hours())
                .map(hour -> Math.floorDiv(hour, 24))
                .max()
                .orElse(0);
        double[][] daily = new double[shown][MOST_DAYS];
        double[] platform = new double[MOST_DAYS];
        int first = MOST_DAYS;
        for (int agent = 0; agent < n; agent++) {
            double[] own = daily(hours, agent, last);
            for (int day = 0; day < MOST_DAYS; day++) {
                platform[day] += own[day];
                first = own[day] > 0 ? Math.min(first, day) : first;
                if (communities.of(agent) >= 0 && communities.of(agent) < shown) {
                    daily[communities.of(agent)][day] += own[day];
                }
            }
        }
        int from = first;
        double agents = IntStream.range(0, n)
                .filter(agent -> communities.of(agent) >= 0 && communities.of(agent) < shown)
                .mapToDouble(agent -> correlation(daily(hours, agent, last), daily[communities.of(agent)], from))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
        double wholes = Arrays.stream(daily)
                .mapToDouble(community -> correlation(community, platform, from))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
        return new Coupling(Figure.of(agents), Figure.of(wholes));
    }

    private static double correlation(double[] one, double[] other, int from) {
        return from >= MOST_DAYS
                ? Double.NaN
                : Figure.correlation(
                        Arrays.copyOfRange(one, from, MOST_DAYS), Arrays.copyOfRange(other, from, MOST_DAYS));
    }

    /** Hours with an action on each of the last days. */
    private static double[] daily(Hours hours, int agent, int last) {
        double[] daily = new double[MOST_DAYS];
        for (int i = hours.starts()[agent]; i < hours.starts()[agent + 1]; i++) {
            int ago = last - Math.floorDiv(hours.hours()[i], 24);
            if (ago < MOST_DAYS) {
                daily[MOST_DAYS - 1 - ago]++;
            }
        }
        return daily;
    }
}
