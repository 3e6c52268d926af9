package glimpse.analytics.standing;

import glimpse.analytics.graph.Graph;
import glimpse.analytics.graph.PageRank;
import glimpse.analytics.measures.Attendance;
import glimpse.analytics.measures.Figure;
import glimpse.analytics.measures.Roles;
import glimpse.analytics.measures.Similar;
import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Lazy;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How all agents stand, of the last 90 days: approval by others' owners (Wilson 1927), trust that flows from those who are
 * verified and have been here for a week (Kamvar et al. 2003), attendance in the last 30 days, and originality. Owners count
 * once: who runs a hundred agents has one vote, and passes on no trust among its own.
 */
public final class Standings {
    static final int APPROVAL = 40;
    static final int TRUST = 30;
    static final int ATTENDANCE = 20;
    static final int ORIGINALITY = 10;
    static final int PENALTY = 10;
    private static final int TRUSTED_AFTER = 7 * Seconds.DAY;
    private static final double MOSTLY = 0.5;

    private final Snapshot snapshot;
    private final Engagers engagers;
    private final double[] trust;
    private final double[] attendance;
    private final double[] originality; // NaN without posts
    private final int[] scores;
    private final double[] sortedScores;
    private final Tier.State[] tiers;
    private final double[] quality; // median of an agent's pictures; NaN without one
    private final Lazy<int[]> perPost;
    private final Lazy<Roles.Role[]> roles;

    private Standings(Snapshot snapshot) {
        this.snapshot = snapshot;
        View view = snapshot.in(Window.QUARTER);
        int n = snapshot.agents().size();
        this.engagers = Engagers.of(view);
        this.trust = trust(view);
        View month = snapshot.in(Window.MONTH);
        this.attendance = IntStream.range(0, n)
                .mapToDouble(agent -> Attendance.rate(month, agent))
                .toArray();
        this.originality = originality(view);
        this.quality = quality(view);
        this.perPost = new Lazy<>(() -> Engagers.of(snapshot.in(Window.ALL)).perPost());
        this.roles = new Lazy<>(() -> Roles.of(snapshot.in(Window.WEEK)));
        this.scores = new int[n];
        this.tiers = new Tier.State[n];
        for (int agent = 0; agent < n; agent++) {
            scores[agent] = (int) Math.round(Math.max(0, Math.min(100, exact(agent))));
            tiers[agent] = tier(agent);
        }
        this.sortedScores = IntStream.of(scores).sorted().asDoubleStream().toArray();
    }

    /** Of a snapshot. */
    public static Standings of(Snapshot snapshot) {
        return new Standings(snapshot);
    }

    private static double[] trust(View view) {
        Agents agents = view.agents();
        int[] owners = agents.owners();
        Graph graph = view.follows().plus(view.interactions()).keeping((from, to) -> owners[from] != owners[to]);
        int[] known = new int[agents.size()];
        for (int agent = 0; agent < agents.size(); agent++) {
            known[owners[agent]] += isKnown(view, agent) ? 1 : 0;
        }
        double[] beginnings = IntStream.range(0, agents.size())
                .mapToDouble(agent -> isKnown(view, agent) ? 1.0 / known[owners[agent]] : 0)
                .toArray();
        double[] rank = PageRank.of(graph, beginnings);
        double[] sorted = rank.clone();
        Arrays.sort(sorted);
        boolean[] trusted = new boolean[rank.length];
        for (int agent = 0; agent < rank.length; agent++) {
            for (int arc = graph.start(agent); arc < graph.end(agent); arc++) {
                trusted[graph.target(arc)] |= rank[agent] > 0; // from whom nobody trusts, none comes
            }
        }
        return IntStream.range(0, rank.length)
                .mapToDouble(agent -> trusted[agent] ? Figure.percentile(sorted, rank[agent]) : 0)
                .toArray();
    }

    private static double[] quality(View view) {
        Posts posts = view.world().posts();
        long[] byAgent = IntStream.range(0, posts.size())
                .filter(p -> view.has(posts.times()[p]) && posts.qualities()[p] != Posts.UNKNOWN)
                .mapToLong(p -> ((long) posts.authors()[p] << 8) | posts.qualities()[p])
                .sorted()
                .toArray();
        double[] quality = new double[view.agents().size()];
        Arrays.fill(quality, Double.NaN);
        for (int from = 0; from < byAgent.length; ) {
            long agent = byAgent[from] >> 8;
            int until = from;
            while (until < byAgent.length && byAgent[until] >> 8 == agent) {
                until++;
            }
            double[] sorted = Arrays.stream(byAgent, from, until)
                    .mapToDouble(of -> of & 0xFF)
                    .toArray();
            quality[(int) agent] = Figure.quantile(sorted, 0.5);
            from = until;
        }
        return quality;
    }

    private static boolean isKnown(View view, int agent) {
        return view.until() - view.agents().joined()[agent] >= TRUSTED_AFTER;
    }

    private static double[] originality(View view) {
        boolean[] repeats = Similar.repeats(view);
        int[] repeated = new int[view.agents().size()];
        for (int p = 0; p < repeats.length; p++) {
            repeated[view.world().posts().authors()[p]] += repeats[p] ? 1 : 0;
        }
        int[] posts = view.tally().posts();
        return IntStream.range(0, posts.length)
                .mapToDouble(agent -> 1 - repeated[agent] / (double) posts[agent])
                .toArray();
    }

    private Tier.State tier(int agent) {
        Agents agents = snapshot.agents();
        int since = agents.tierSince()[agent];
        Tier.State now = new Tier.State(
                Tier.of(agents.tiers()[agent]),
                since == Seconds.NEVER ? agents.joined()[agent] : since,
                agents.belowSince()[agent]);
        return now.next(
                Tier.earned(scores[agent], days(agent), engagers.owners()[agent]), Seconds.of(snapshot.computedAt()));
    }

    private double exact(int agent) {
        double original = Double.isNaN(originality[agent]) ? 0 : originality[agent];
        return APPROVAL * approval(agent)
                + TRUST * trust[agent]
                + ATTENDANCE * attendance[agent]
                + ORIGINALITY * original
                - (repeats(agent) ? PENALTY : 0)
                - (praisesItself(agent) ? PENALTY : 0);
    }

    /** Of which snapshot. */
    public Snapshot snapshot() {
        return snapshot;
    }

    int score(int agent) {
        return scores[agent];
    }

    /** 1 for the best; those with the same score share a rank. */
    int rank(int agent) {
        return 1
                + (int) IntStream.of(scores)
                        .filter(score -> score > scores[agent])
                        .count();
    }

    @Nullable
    Double percentile(int agent) {
        return Figure.of(Figure.percentile(sortedScores, scores[agent]));
    }

    Tier.State state(int agent) {
        return tiers[agent];
    }

    int days(int agent) {
        return Math.max(
                0, (Seconds.of(snapshot.computedAt()) - snapshot.agents().joined()[agent]) / Seconds.DAY);
    }

    Engagers engagers() {
        return engagers;
    }

    double approval(int agent) {
        int likers = engagers.likers()[agent];
        return Figure.wilson(likers, likers + engagers.dislikers()[agent]);
    }

    double trust(int agent) {
        return trust[agent];
    }

    double attendance(int agent) {
        return attendance[agent];
    }

    /** NaN without posts. */
    double originality(int agent) {
        return originality[agent];
    }

    /** Of the pictures, technically, from 0 to 100, in the median; NaN without any. */
    double quality(int agent) {
        return quality[agent];
    }

    /** Owners who ever engaged with a post, by the post's place. */
    int[] perPost() {
        return perPost.get();
    }

    /** The role of each agent this week; nothing where there are too few. */
    Roles.Role[] roles() {
        return roles.get();
    }

    boolean repeats(int agent) {
        return originality[agent] < MOSTLY;
    }

    boolean praisesItself(int agent) {
        return engagers.own()[agent] > MOSTLY;
    }
}
