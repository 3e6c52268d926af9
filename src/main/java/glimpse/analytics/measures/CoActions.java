package glimpse.analytics.measures;

import glimpse.analytics.world.Follows;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Shingles;
import glimpse.analytics.world.View;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Who acted on what, by object and then by time: on object o those from starts[o] to before starts[o + 1]. Objects are what was
 * liked, disliked or commented, then agents who were followed, then pictures and sets of hashtags that were posted.
 */
record CoActions(int posts, int agents, int pictures, int[] starts, int[] times, int[] actors) {
    static final int FOLLOW = 3;
    static final int PICTURE = 4;
    static final int HASHTAGS = 5;

    /** Takes an action. */
    @FunctionalInterface
    private interface Taker {
        void take(int object, int time, int actor);
    }

    static CoActions of(View view) {
        Posts posts = view.world().posts();
        int firstFollow = FOLLOW * posts.size();
        int firstPicture = firstFollow + view.agents().size();
        int[] pictures = numbered(pictures(posts));
        int[] tagSets = numbered(tagSets(posts));
        int firstTags = firstPicture + count(pictures);
        int[] starts = new int[firstTags + count(tagSets) + 1];
        scan(
                view,
                firstFollow,
                firstPicture,
                firstTags,
                pictures,
                tagSets,
                (object, time, actor) -> starts[object + 1]++);
        for (int object = 0; object + 1 < starts.length; object++) {
            starts[object + 1] += starts[object];
        }
        int[] fill = Arrays.copyOf(starts, starts.length - 1);
        int[] times = new int[starts[starts.length - 1]];
        int[] actors = new int[times.length];
        scan(view, firstFollow, firstPicture, firstTags, pictures, tagSets, (object, time, actor) -> {
            int place = fill[object]++;
            // Nearly always the last: tables are read in the order in which things happened.
            while (place > starts[object] && times[place - 1] > time) {
                times[place] = times[place - 1];
                actors[place] = actors[place - 1];
                place--;
            }
            times[place] = time;
            actors[place] = actor;
        });
        return new CoActions(posts.size(), view.agents().size(), count(pictures), starts, times, actors);
    }

    private static void scan(
            View view, int firstFollow, int firstPicture, int firstTags, int[] pictures, int[] tagSets, Taker taker) {
        Posts posts = view.world().posts();
        view.world()
                .forEachAction(
                        view.after(),
                        view.until(),
                        (actor, author, post, kind, time) -> taker.take(kind * posts.size() + post, time, actor));
        Follows follows = view.world().follows();
        for (int f = 0; f < follows.size(); f++) {
            if (view.has(follows.times()[f])) {
                taker.take(firstFollow + follows.followees()[f], follows.times()[f], follows.followers()[f]);
            }
        }
        for (int p = 0; p < posts.size(); p++) {
            if (view.has(posts.times()[p])) {
                taker.take(firstPicture + pictures[p], posts.times()[p], posts.authors()[p]);
                if (posts.tagStarts()[p + 1] - posts.tagStarts()[p] > 1) {
                    taker.take(firstTags + tagSets[p], posts.times()[p], posts.authors()[p]);
                }
            }
        }
    }

    /** Pictures that look the same are the same, though their files differ; those that are flat look like nothing. */
    private static long[] pictures(Posts posts) {
        long[] pictures = new long[posts.size()];
        for (int p = 0; p < pictures.length; p++) {
            pictures[p] = posts.hashed()[p] ? posts.hashes()[p] : -1 - posts.images()[p];
        }
        return pictures;
    }

    private static long[] tagSets(Posts posts) {
        long[] sets = new long[posts.size()];
        for (int p = 0; p < sets.length; p++) {
            int[] tags = Arrays.copyOfRange(posts.tags(), posts.tagStarts()[p], posts.tagStarts()[p + 1]);
            Arrays.sort(tags);
            for (int tag : tags) {
                sets[p] = Shingles.mixed(sets[p] + 1 + tag);
            }
        }
        return sets;
    }

    /** The same things under numbers without gaps. */
    private static int[] numbered(long[] things) {
        Map<Long, Integer> numbers = new HashMap<>();
        return Arrays.stream(things)
                .mapToInt(thing -> numbers.computeIfAbsent(thing, first -> numbers.size()))
                .toArray();
    }

    private static int count(int[] numbers) {
        return Arrays.stream(numbers).max().orElse(-1) + 1;
    }

    int objects() {
        return starts.length - 1;
    }

    /** 0 liked, 1 disliked, 2 commented, and then as above. */
    int kind(int object) {
        int behind = object - FOLLOW * posts;
        return behind < 0 ? object / posts : behind < agents ? FOLLOW : behind < agents + pictures ? PICTURE : HASHTAGS;
    }

    /** The place of the post or agent. */
    int number(int object) {
        return object < FOLLOW * posts ? object % posts : object - FOLLOW * posts;
    }

    /** How often any two actions fall within a time. */
    double together(int seconds) {
        int[] sorted = times.clone();
        Arrays.sort(sorted);
        double pairs = 0;
        int first = 0;
        for (int i = 0; i < sorted.length; i++) {
            while (sorted[i] - sorted[first] > seconds) {
                first++;
            }
            pairs += i - first;
        }
        return sorted.length < 2 ? 0 : pairs / (sorted.length * (sorted.length - 1) / 2.0);
    }
}
