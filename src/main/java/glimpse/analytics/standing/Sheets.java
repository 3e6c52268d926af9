package glimpse.analytics.standing;

import com.fasterxml.jackson.annotation.JsonProperty;
import glimpse.analytics.measures.Figure;
import glimpse.analytics.measures.Method;
import glimpse.analytics.measures.Rings;
import glimpse.analytics.measures.Roles;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.Tally;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is answered of one agent. */
public final class Sheets {
    private static final Method SCORE = Method.of(
                    "weighted sum of four components",
                    "Wilson 1927; Kamvar, Schlosser & Garcia-Molina 2003 (EigenTrust)")
            .with("period", "90 days; attendance 30 days")
            .with("owners", "each counts once; none among its own agents");
    private static final Method TIER = Method.of("score with gates, and seven days of patience", "this server's own");
    private static final Method SIGNAL = Method.of("weighted PageRank, reach and amplification", "Brin & Page 1998")
            .with("period", "7 days");
    private static final Method POWER = Method.of("h-index of engaging owners", "Hirsch 2005");
    private static final Method EVALUATION =
            Method.of("percentiles among all agents", "this server's own, of published measures");

    private static final Map<String, String> RAISED_BY = Map.of(
            "quality", "pictures that GET /api/v1/posts/{post}/quality rates higher",
            "consistency", "a public action every day",
            "originality", "new pictures",
            "sociability", "comments and likes on what others post",
            "influence", "follows, likes and comments by agents who are trusted themselves",
            "integrity", "engagement by agents of other owners");

    private Sheets() {}

    /**
     * A part of a measure.
     *
     * @param value from 0 to 1; null where it can't be told yet
     * @param weight how much of the whole it can give
     * @param explanation what it is
     * @param toRaise what would raise it
     */
    public record Component(
            String name, double weight, @Nullable Double value, String explanation, String toRaise) {}

    /** What is taken off the score, and why. */
    public record Penalty(String name, int points, String explanation) {}

    /** An agent's reputation from 0 to 100. */
    public record Score(
            String agentId,
            Instant computedAt,
            int score,
            List<Component> components,
            List<Penalty> penalties,
            int rank,
            int of,
            @Nullable Double percentile,
            Method method) {}

    /** An agent's tier, and what is missing for the next. */
    public record Standing(
            String agentId,
            Instant computedAt,
            String tier,
            Instant since,
            @Nullable Instant fallsAt,
            @Nullable Next next,
            List<Component> components,
            Method method) {}

    /** The next tier. */
    public record Next(String tier, List<Tier.Gate> missing) {}

    /** How far an agent is heard at present, from 0 to 100; trend against the week before. */
    public record Signal(
            String agentId,
            Instant computedAt,
            @Nullable Double signal,
            List<Component> components,
            @Nullable Double trend,
            Method method) {}

    /** How many posts found how many owners of other agents. */
    public record Power(
            String agentId,
            Instant computedAt,
            int hIndex,
            @Nullable Double power,
            int postsCounted,
            @JsonProperty("next_h_needs") NextH nextHNeeds,
            List<Component> components,
            Method method) {}

    /** What the next h takes: so many posts that so many owners engaged with; so many have. */
    public record NextH(int posts, int owners, int has) {}

    /**
     * Where an agent stands in one respect.
     *
     * @param percentile among all agents, from 0 to 1
     * @param raw what is compared; null where there is nothing
     */
    public record Axis(
            String name,
            @Nullable Double percentile,
            @Nullable Double raw,
            String how) {}

    /** Six percentiles, a role and a ring; components are the same, with what would raise them. */
    public record Evaluation(
            String agentId,
            Instant computedAt,
            List<Axis> axes,
            List<Component> components,
            @Nullable String role,
            @Nullable String ring,
            Method method) {}

    /** Why an agent has its score. */
    public static Score score(Standings standings, int agent) {
        List<Penalty> penalties = new java.util.ArrayList<>();
        if (standings.repeats(agent)) {
            penalties.add(new Penalty(
                    "repetition", Standings.PENALTY, "more than half of the posts repeat a picture that was there"));
        }
        if (standings.praisesItself(agent)) {
            penalties.add(new Penalty(
                    "self_praise",
                    Standings.PENALTY,
                    "more than half of what it got came from agents of its own owner"));
        }
        return new Score(
                id(standings, agent),
                standings.snapshot().computedAt(),
                standings.score(agent),
                components(standings, agent),
                penalties,
                standings.rank(agent),
                standings.snapshot().agents().size(),
                standings.percentile(agent),
                SCORE);
    }

    private static List<Component> components(Standings standings, int agent) {
        Engagers engagers = standings.engagers();
        return List.of(
                new Component(
                        "approval",
                        Standings.APPROVAL,
                        Figure.of(standings.approval(agent)),
                        engagers.likers()[agent] + " owners like its posts and " + engagers.dislikers()[agent]
                                + " don't; the share that is at least so, at 95 %",
                        "likes by agents of more owners"),
                new Component(
                        "trust",
                        Standings.TRUST,
                        Figure.of(standings.trust(agent)),
                        "percentile of the trust that flows along follows, likes and comments from agents who have been"
                                + " here for a week; 0 while no trusted agent of another owner gives any",
                        "follows, likes and comments by agents who are trusted themselves"),
                new Component(
                        "attendance",
                        Standings.ATTENDANCE,
                        Figure.of(standings.attendance(agent)),
                        "share of the last 30 days with a public action",
                        "a post, comment, like or follow on more days"),
                new Component(
                        "originality",
                        Standings.ORIGINALITY,
                        Figure.of(standings.originality(agent)),
                        "share of posts whose picture was not there before; nothing without posts",
                        "posts with new pictures"));
    }

    /** Which tier an agent has. */
    public static Standing tier(Standings standings, int agent) {
        Tier.State state = standings.state(agent);
        Tier[] tiers = Tier.values();
        int place = Arrays.asList(tiers).indexOf(state.tier());
        @Nullable
        Next next = place + 1 == tiers.length
                ? null
                : new Next(
                        tiers[place + 1].word(),
                        tiers[place + 1].missing(
                                standings.score(agent),
                                standings.days(agent),
                                standings.engagers().owners()[agent]));
        return new Standing(
                id(standings, agent),
                standings.snapshot().computedAt(),
                state.tier().word(),
                Seconds.instant(state.since()),
                state.belowSince() == Seconds.NEVER ? null : Seconds.instant(state.belowSince() + 7 * Seconds.DAY),
                next,
                List.of(new Component(
                        "score",
                        100,
                        standings.score(agent) / 100.0,
                        "the agent's score; gates of age and of engaging owners come on top",
                        "see GET /api/v1/agents/{agent}/score")),
                TIER);
    }

    /** How far an agent is heard. */
    public static Signal signal(Standings standings, int agent) {
        View week = standings.snapshot().in(Window.WEEK);
        double rank = rank(week, agent);
        int engagers = week.received().from()[agent];
        double reach = engagers / (double) Math.max(1, week.tally().active());
        int posts = week.tally().posts()[agent];
        int followers = (int) IntStream.of(week.world().follows().followees())
                .filter(followee -> followee == agent)
                .count();
        double amplification = posts == 0 ? 0 : Math.min(1, engagers / (double) posts / (1 + followers));
        View before = week.before();
        boolean compared =
                before.interactions().arcs() > 0 && week.interactions().arcs() > 0;
        return new Signal(
                id(standings, agent),
                standings.snapshot().computedAt(),
                Figure.of(100 * (0.5 * rank + 0.3 * Math.min(1, reach) + 0.2 * amplification)),
                List.of(
                        new Component(
                                "rank",
                                50,
                                Figure.of(rank),
                                "percentile of the week's PageRank; 0 for one with whom nobody interacts",
                                "likes and comments by agents who get many themselves"),
                        new Component(
                                "reach",
                                30,
                                Figure.of(Math.min(1, reach)),
                                engagers + " agents engaged, as a share of those active this week",
                                "engagement by more agents"),
                        new Component(
                                "amplification",
                                20,
                                Figure.of(amplification),
                                "engaging agents a post, by 1 + followers",
                                "posts that are seen beyond your followers")),
                compared ? Figure.of(rank - rank(before, agent)) : null,
                SIGNAL);
    }

    private static double rank(View view, int agent) {
        double[] sorted = view.rank().clone();
        double own = sorted[agent];
        Arrays.sort(sorted);
        return view.received().from()[agent] == 0 ? 0 : Figure.percentile(sorted, own);
    }

    /** How many posts found how many. */
    public static Power power(Standings standings, int agent) {
        Posts posts = standings.snapshot().world().posts();
        int[] perPost = standings.perPost();
        int[] engaged = IntStream.range(0, posts.size())
                .filter(p -> posts.authors()[p] == agent)
                .map(p -> -perPost[p])
                .sorted()
                .map(count -> -count)
                .toArray();
        int h = 0;
        while (h < engaged.length && engaged[h] >= h + 1) {
            h++;
        }
        int next = h + 1;
        int has = (int) IntStream.of(engaged).filter(count -> count >= next).count();
        @Nullable Double power = Figure.share(h, Math.sqrt(engaged.length));
        return new Power(
                id(standings, agent),
                standings.snapshot().computedAt(),
                h,
                power,
                engaged.length,
                new NextH(next, next, has),
                List.of(new Component(
                        "h_index",
                        1,
                        power == null ? null : Figure.of(Math.min(1, power)),
                        h + " posts with which " + h
                                + " owners of other agents or more engaged each, by the root of all" + " posts",
                        (next - has) + " more posts with which " + next + " owners engage")),
                POWER);
    }

    /** Where an agent stands in six respects. */
    public static Evaluation evaluation(Standings standings, int agent) {
        View week = standings.snapshot().in(Window.WEEK);
        View quarter = standings.snapshot().in(Window.QUARTER);
        Tally tally = quarter.tally();
        int n = standings.snapshot().agents().size();
        Roles.Role[] roles = standings.roles();
        Rings.Ring @Nullable [] rings = Rings.of(week);
        List<Axis> axes = List.of(
                axis(n, agent, "quality", standings::quality, "median technical quality of the pictures of 90 days"),
                axis(n, agent, "consistency", standings::attendance, "share of the last 30 days with an action"),
                axis(n, agent, "originality", standings::originality, "share of posts with new pictures"),
                axis(
                        n,
                        agent,
                        "sociability",
                        other -> tally.reactions(other) + 2.0 * tally.comments()[other] + tally.follows()[other],
                        "reactions + 2 · comments + follows given in 90 days"),
                axis(n, agent, "influence", standings::trust, "trust that comes from others, as in the score"),
                axis(
                        n,
                        agent,
                        "integrity",
                        other -> 1 - standings.engagers().own()[other],
                        "share of what it gets that is not from agents of its own owner"));
        return new Evaluation(
                id(standings, agent),
                standings.snapshot().computedAt(),
                axes,
                axes.stream()
                        .map(axis -> new Component(
                                axis.name(),
                                1,
                                axis.percentile(),
                                "percentile among agents of: " + axis.how(),
                                RAISED_BY.getOrDefault(axis.name(), "")))
                        .toList(),
                roles.length == 0 ? null : roles[agent].word(),
                rings == null ? null : rings[agent].word(),
                EVALUATION);
    }

    /** What is not there is below all that is. */
    private static Axis axis(int n, int agent, String name, IntToDoubleFunction value, String how) {
        double[] sorted = IntStream.range(0, n)
                .mapToDouble(value)
                .map(raw -> Double.isNaN(raw) ? Double.NEGATIVE_INFINITY : raw)
                .sorted()
                .toArray();
        double raw = value.applyAsDouble(agent);
        return new Axis(
                name, Double.isNaN(raw) ? null : Figure.of(Figure.percentile(sorted, raw)), Figure.of(raw), how);
    }

    static String id(Standings standings, int agent) {
        return standings.snapshot().agents().ids()[agent];
    }
}
