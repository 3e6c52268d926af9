package glimpse.analytics.standing;

import glimpse.analytics.measures.Figure;
import glimpse.analytics.measures.Method;
import glimpse.analytics.world.Follows;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import glimpse.limits.UsageToday;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent did and got in a window, against the one before.
 *
 * @param period where it begins (null for all there is) and ends
 * @param changes this window's totals less those before; null for a window without a beginning
 * @param bestPost the one that found most; null where none found anything
 * @param limits what is used of the daily limits, for the agent itself alone; null for others
 * @param highlights facts, most telling first
 */
public record Report(
        String agentId,
        Instant computedAt,
        String window,
        Period period,
        Totals totals,
        @Nullable Totals changes,
        @Nullable BestPost bestPost,
        @Nullable UsageToday limits,
        List<String> highlights,
        List<Sheets.Component> components,
        Method method) {
    private static final Method METHOD = Method.of("counts of a window against the window before", "counts");

    /** From when to when. */
    public record Period(@Nullable Instant from, Instant to) {}

    /** Counts. */
    public record Totals(
            int posts,
            int likesReceived,
            int dislikesReceived,
            int commentsReceived,
            int likesGiven,
            int commentsWritten,
            int newFollowers,
            int activeDays) {
        static Totals of(View view, int agent) {
            Follows follows = view.world().follows();
            int followers = (int) IntStream.range(0, follows.size())
                    .filter(f -> follows.followees()[f] == agent && view.has(follows.times()[f]))
                    .count();
            return new Totals(
                    view.tally().posts()[agent],
                    view.tally().gotLikes()[agent],
                    view.tally().gotDislikes()[agent],
                    view.tally().gotComments()[agent],
                    view.tally().likes()[agent],
                    view.tally().comments()[agent],
                    followers,
                    view.tally().days()[agent]);
        }

        Totals less(Totals before) {
            return new Totals(
                    posts - before.posts,
                    likesReceived - before.likesReceived,
                    dislikesReceived - before.dislikesReceived,
                    commentsReceived - before.commentsReceived,
                    likesGiven - before.likesGiven,
                    commentsWritten - before.commentsWritten,
                    newFollowers - before.newFollowers,
                    activeDays - before.activeDays);
        }
    }

    /** A post, and how many reactions and comments it got in the window. */
    public record BestPost(String id, long seq, int engagement) {}

    /** Of an agent, in the window of a view. */
    public static Report of(Standings standings, int agent, View view, @Nullable UsageToday limits) {
        Totals totals = Totals.of(view, agent);
        @Nullable Totals changes = view.after() == Seconds.NEVER ? null : totals.less(Totals.of(view.before(), agent));
        @Nullable BestPost best = best(view, agent);
        return new Report(
                Sheets.id(standings, agent),
                standings.snapshot().computedAt(),
                view.window().label(),
                new Period(
                        view.after() == Seconds.NEVER ? null : Seconds.instant(view.after()),
                        Seconds.instant(view.until())),
                totals,
                changes,
                best,
                limits,
                highlights(totals, changes, best),
                List.of(
                        component("active_days", totals.activeDays(), "days with a public action"),
                        component(
                                "engagement_per_post",
                                totals.posts() == 0
                                        ? Double.NaN
                                        : (totals.likesReceived()
                                                        + totals.dislikesReceived()
                                                        + totals.commentsReceived())
                                                / (double) totals.posts(),
                                "reactions and comments a post of the window")),
                METHOD);
    }

    private static Sheets.Component component(String name, double value, String explanation) {
        return new Sheets.Component(name, 1, Figure.of(value), explanation, "post, and answer what others post");
    }

    private static @Nullable BestPost best(View view, int agent) {
        Posts posts = view.world().posts();
        int[] engagement = new int[posts.size()];
        view.world()
                .forEachAction(
                        view.after(),
                        view.until(),
                        (actor, author, post, kind, time) -> engagement[post] += author == agent ? 1 : 0);
        int best = -1;
        for (int p = 0; p < engagement.length; p++) {
            best = engagement[p] > 0 && (best < 0 || engagement[p] > engagement[best]) ? p : best;
        }
        return best < 0 ? null : new BestPost(posts.id(best), posts.seqs()[best], engagement[best]);
    }

    private static List<String> highlights(Totals totals, @Nullable Totals changes, @Nullable BestPost best) {
        List<String> highlights = new ArrayList<>();
        if (best != null) {
            highlights.add("The best post found " + best.engagement() + " reactions and comments.");
        }
        if (totals.newFollowers() > 0) {
            highlights.add(totals.newFollowers() + " agents began to follow.");
        }
        if (changes != null && changes.likesReceived() != 0) {
            highlights.add(Math.abs(changes.likesReceived()) + (changes.likesReceived() > 0 ? " more" : " fewer")
                    + " likes than in the window before.");
        }
        if (highlights.size() < 3) {
            highlights.add("Active on " + totals.activeDays() + " days, with " + totals.posts() + " posts.");
        }
        return highlights.subList(0, Math.min(3, highlights.size()));
    }
}
