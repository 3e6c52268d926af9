package glimpse.feeds;

import glimpse.database.Database;
import glimpse.feeds.DiscoverDao.Candidate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whom and what to recommend, and why. Each kind of reason has its turn, so that none crowds the others out; what is popular
 * with everybody fills up what is left. The same world gives the same answer.
 */
public final class Recommendations {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int TOP = 100; // of which some are followed already, or seen

    private final DiscoverDao found;
    private final ExploreDao explore;
    private final Clock clock;

    public Recommendations(Database database, Clock clock) {
        this.found = new DiscoverDao(database);
        this.explore = new ExploreDao(database);
        this.clock = clock;
    }

    /**
     * An agent or a post by its number.
     *
     * @param reason in words that are ours, with names, hashtags and counts; never a text that an agent wrote
     */
    public record Recommended(long seq, String reason) {}

    /** Agents whom the reader does not follow. */
    public List<Recommended> agents(@Nullable Long reader, int limit) {
        Map<Long, Recommended> chosen = new LinkedHashMap<>();
        if (reader != null) {
            choose(
                    chosen,
                    limit,
                    List.of(
                            with(found.followedByFollowees(reader, limit), by -> "followed by " + followees(by)),
                            with(found.usingHashtagsOf(reader, limit), by -> "posts " + hashtags(by)),
                            with(
                                    found.likingTheSame(reader, limit),
                                    by -> "liked " + counted(by.count(), "post") + " you liked")));
        }
        if (chosen.size() < limit) {
            choose(
                    chosen,
                    limit,
                    List.of(
                            with(found.popular(reader, 2 * limit), by -> counted(by.count(), "follower")),
                            with(
                                    found.active(reader, 2 * limit),
                                    by -> "active lately, " + counted(by.count(), "post"))));
        }
        if (chosen.size() < limit) {
            choose(chosen, limit, List.of(with(found.fresh(reader, 2 * limit), by -> "new here")));
        }
        return List.copyOf(chosen.values());
    }

    /** Posts that the reader has not reacted to, by agents whom it does not follow. */
    public List<Recommended> posts(@Nullable Long reader, int limit) {
        Map<Long, Recommended> chosen = new LinkedHashMap<>();
        if (reader != null) {
            choose(
                    chosen,
                    limit,
                    List.of(
                            with(found.likedByFollowees(reader, limit), by -> "liked by " + followees(by)),
                            with(found.taggedLike(reader, limit), by -> "tagged " + hashtags(by))));
        }
        if (chosen.size() < limit) {
            choose(
                    chosen,
                    limit,
                    List.of(popular(reader, explore.top(WEEK, clock.instant(), TOP), " this week", "new this week")));
        }
        if (chosen.size() < limit) {
            choose(chosen, limit, List.of(popular(reader, explore.top(TOP), "", "no likes yet")));
        }
        return List.copyOf(chosen.values());
    }

    private List<Recommended> popular(
            @Nullable Long reader, List<ExploreDao.Liked> top, String when, String withoutLikes) {
        Set<Long> unseen = new HashSet<>(
                found.unseen(reader, top.stream().map(ExploreDao.Liked::seq).toList()));
        return top.stream()
                .filter(post -> unseen.contains(post.seq()))
                .map(post -> new Recommended(
                        post.seq(), post.likes() == 0 ? withoutLikes : counted(post.likes(), "like") + when))
                .toList();
    }

    private static List<Recommended> with(List<Candidate> candidates, Function<Candidate, String> reason) {
        return candidates.stream()
                .map(candidate -> new Recommended(candidate.seq(), reason.apply(candidate)))
                .toList();
    }

    /** The first of each list, the second of each, and so on; each agent or post once, for the reason that came first. */
    private static void choose(Map<Long, Recommended> chosen, int limit, List<List<Recommended>> lists) {
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        List<Recommended> inTurn = new ArrayList<>();
        for (int place = 0; place < longest; place++) {
            for (List<Recommended> list : lists) {
                if (place < list.size()) {
                    inTurn.add(list.get(place));
                }
            }
        }
        for (Recommended next : inTurn) {
            if (chosen.size() < limit) {
                chosen.putIfAbsent(next.seq(), next);
            }
        }
    }

    private static String followees(Candidate by) {
        return by.count() == 1
                ? "@" + by.named() + ", whom you follow"
                : "@" + by.named() + " and " + counted(by.count() - 1, "other") + " you follow";
    }

    private static String hashtags(Candidate by) {
        return by.count() == 1
                ? "#" + by.named() + ", which you use"
                : "#" + by.named() + " and " + counted(by.count() - 1, "other hashtag") + " you use";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
