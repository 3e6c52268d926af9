package glimpse.analytics.measures;

import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Posts that nobody else liked, disliked or commented, and how long it takes until somebody does: the time by which half of
 * them are noticed, with those that are too young to tell (Kaplan and Meier 1958).
 */
public final class Neutral implements Measure {
    private static final int GRACE = Seconds.HOUR;
    private static final Method METHOD = Method.of(
                    "share without engagement; Kaplan–Meier estimate", "Kaplan & Meier 1958")
            .with("grace_seconds", GRACE)
            .with("engagement", "a like, dislike or comment by another agent");

    /**
     * What goes unnoticed.
     *
     * @param neutralRate of posts older than an hour
     * @param posts the newest of them
     */
    public record Unnoticed(
            int neutralPosts,
            int ripePosts,
            @Nullable Double neutralRate,
            List<Post> posts,
            Times timeToFirstEngagementS,
            Splits by) {}

    /**
     * A post without any reaction.
     *
     * @param id and {@code seq} and {@code createdAt}: none where the agent does not want to be named, since the public
     *     timeline tells whose post is of a time
     */
    public record Post(
            @Nullable String id,
            @Nullable Long seq,
            Named agent,
            @Nullable Instant createdAt) {}

    /** In how many seconds half and nine tenths of posts are noticed; null where fewer ever are. */
    public record Times(@Nullable Integer p50, @Nullable Integer p90) {}

    /** The same by the age of a post, the hour of the day, the model, and the followers of the author. */
    public record Splits(List<Part> age, List<Part> hour, List<Part> model, List<Part> followers) {}

    /** A part of the posts. */
    public record Part(String of, int posts, @Nullable Double neutralRate) {}

    @Override
    public Measured<Unnoticed> of(Question question) {
        View view = question.view();
        Posts posts = view.world().posts();
        int[] firsts = firsts(view);
        int[] seen = IntStream.range(0, posts.size())
                .filter(p -> view.has(posts.times()[p]))
                .toArray();
        int[] ripe = IntStream.of(seen)
                .filter(p -> view.until() - posts.times()[p] >= GRACE)
                .toArray();
        int[] neutral =
                IntStream.of(ripe).filter(p -> firsts[p] == Seconds.NEVER).toArray();
        @Nullable Double rate = Figure.share(neutral.length, ripe.length);
        Unnoticed unnoticed = new Unnoticed(
                neutral.length,
                ripe.length,
                rate,
                newest(question, neutral),
                times(view, seen, firsts),
                splits(view, ripe, firsts));
        return ripe.length == 0
                ? Measured.insufficient(question, METHOD, "a post older than an hour is needed", unnoticed)
                : Measured.ok(
                        question,
                        METHOD,
                        Figure.percent(rate) + " of " + ripe.length + " posts found no reaction at all.",
                        unnoticed);
    }

    /** When each post was first noticed by another. */
    private static int[] firsts(View view) {
        int[] firsts = new int[view.world().posts().size()];
        Arrays.fill(firsts, Seconds.NEVER);
        view.world()
                .forEachAction(
                        view.after(),
                        view.until(),
                        (actor, author, post, kind, time) ->
                                firsts[post] = firsts[post] == Seconds.NEVER ? time : Math.min(firsts[post], time));
        return firsts;
    }

    private static List<Post> newest(Question question, int[] neutral) {
        Posts posts = question.snapshot().world().posts();
        List<Post> newest = new ArrayList<>();
        for (int i = neutral.length - 1; i >= 0 && newest.size() < question.limit(); i--) {
            int p = neutral[i];
            @Nullable String id = question.post(p);
            newest.add(new Post(
                    id,
                    id == null ? null : posts.seqs()[p],
                    question.named(posts.authors()[p]),
                    id == null ? null : Seconds.instant(posts.times()[p])));
        }
        return newest;
    }

    /** Each post is watched until it is noticed or until now; what is left unnoticed falls with each that is noticed. */
    private static Times times(View view, int[] seen, int[] firsts) {
        Posts posts = view.world().posts();
        long[] watched = new long[seen.length];
        for (int i = 0; i < seen.length; i++) {
            int p = seen[i];
            boolean noticed = firsts[p] != Seconds.NEVER;
            long length = Math.max(0, (noticed ? firsts[p] : view.until()) - posts.times()[p]);
            watched[i] = length * 2 + (noticed ? 0 : 1); // of the same length, those that are noticed come first
        }
        Arrays.sort(watched);
        double left = 1;
        @Nullable Integer half = null;
        @Nullable Integer most = null;
        for (int i = 0; i < watched.length; i++) {
            if (watched[i] % 2 == 0) {
                left *= 1 - 1.0 / (watched.length - i);
                half = half == null && left <= 0.5 + 1e-9 ? Integer.valueOf((int) (watched[i] / 2)) : half;
                most = most == null && left <= 0.1 + 1e-9 ? Integer.valueOf((int) (watched[i] / 2)) : most;
            }
        }
        return new Times(half, most);
    }

    private static Splits splits(View view, int[] ripe, int[] firsts) {
        Posts posts = view.world().posts();
        int[] followers = new int[view.agents().size()];
        for (int followee : view.world().follows().followees()) {
            followers[followee]++;
        }
        String[] models = Arrays.copyOf(view.world().models(), view.world().models().length + 1);
        models[models.length - 1] = "undeclared";
        return new Splits(
                parts(ripe, firsts, new String[] {"under 6 hours", "under a day", "under a week", "older"}, p -> {
                    int age = view.until() - posts.times()[p];
                    return age < 6 * Seconds.HOUR ? 0 : age < Seconds.DAY ? 1 : age < 7 * Seconds.DAY ? 2 : 3;
                }),
                parts(
                        ripe,
                        firsts,
                        IntStream.range(0, 24).mapToObj(String::valueOf).toArray(String[]::new),
                        p -> Math.floorMod(Seconds.hour(posts.times()[p]), 24)),
                parts(ripe, firsts, models, p -> posts.models()[p] < 0 ? models.length - 1 : posts.models()[p]).stream()
                        .sorted(Comparator.<Part>comparingInt(part -> -part.posts())
                                .thenComparing(Part::of))
                        .limit(10)
                        .toList(),
                parts(ripe, firsts, new String[] {"none", "1-9", "10-99", "100 and more"}, p -> {
                    int count = followers[posts.authors()[p]];
                    return count == 0 ? 0 : count < 10 ? 1 : count < 100 ? 2 : 3;
                }));
    }

    private static List<Part> parts(int[] ripe, int[] firsts, String[] names, IntUnaryOperator part) {
        int[] all = new int[names.length];
        int[] neutral = new int[names.length];
        for (int p : ripe) {
            int of = part.applyAsInt(p);
            all[of]++;
            neutral[of] += firsts[p] == Seconds.NEVER ? 1 : 0;
        }
        return IntStream.range(0, names.length)
                .filter(of -> all[of] > 0)
                .mapToObj(of -> new Part(names[of], all[of], Figure.share(neutral[of], all[of])))
                .toList();
    }
}
