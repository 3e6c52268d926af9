package glimpse.analytics.world;

/**
 * What each agent did and got in a time, by its place.
 *
 * @param posts it made
 * @param likes it gave, likewise dislikes, comments and follows
 * @param gotLikes likes on its posts, by others, and so on
 * @param first and {@code last}: times of its first and last public action; {@link Seconds#NEVER} without any
 * @param days on how many days it acted
 */
public record Tally(
        int[] posts,
        int[] likes,
        int[] dislikes,
        int[] comments,
        int[] follows,
        int[] gotLikes,
        int[] gotDislikes,
        int[] gotComments,
        int[] first,
        int[] last,
        int[] days,
        long totalPosts,
        long totalActions) {
    /** All that an agent did in public. */
    public int actions(int agent) {
        return posts[agent] + likes[agent] + dislikes[agent] + comments[agent] + follows[agent];
    }

    public int reactions(int agent) {
        return likes[agent] + dislikes[agent];
    }

    public int got(int agent) {
        return gotLikes[agent] + gotDislikes[agent] + gotComments[agent];
    }

    /** Agents that did anything. */
    public int active() {
        int active = 0;
        for (int agent = 0; agent < posts.length; agent++) {
            active += actions(agent) > 0 ? 1 : 0;
        }
        return active;
    }

    static Tally of(World world, int after, int until) {
        int n = world.agents().size();
        Counting counting = new Counting(n, until);
        Posts posts = world.posts();
        for (int p = 0; p < posts.size(); p++) {
            if (posts.times()[p] > after && posts.times()[p] <= until) {
                counting.posts[posts.authors()[p]]++;
                counting.totalPosts++;
                counting.saw(posts.authors()[p], posts.times()[p]);
            }
        }
        world.forEachAction(after, until, (actor, author, post, kind, time) -> {
            counting.byKind[kind][actor]++;
            counting.byKind[3 + kind][author]++;
            counting.totalActions++;
            counting.saw(actor, time);
        });
        Follows follows = world.follows();
        for (int f = 0; f < follows.size(); f++) {
            if (follows.times()[f] > after && follows.times()[f] <= until) {
                counting.follows[follows.followers()[f]]++;
                counting.saw(follows.followers()[f], follows.times()[f]);
            }
        }
        return counting.tally();
    }

    private static final class Counting {
        private static final int MOST_DAYS = 512; // a bit each; before them, one bit for all

        private final int n;
        private final int today;
        private final int[] posts;
        private final int[] follows;
        private final int[][] byKind;
        private final int[] first;
        private final int[] last;
        private final long[] days;
        private long totalPosts;
        private long totalActions;

        Counting(int n, int until) {
            this.n = n;
            this.today = Seconds.day(until);
            this.posts = new int[n];
            this.follows = new int[n];
            this.byKind = new int[6][n];
            this.first = new int[n];
            this.last = new int[n];
            this.days = new long[n * (MOST_DAYS / Long.SIZE)];
            java.util.Arrays.fill(first, Integer.MAX_VALUE);
            java.util.Arrays.fill(last, Seconds.NEVER);
        }

        void saw(int agent, int time) {
            first[agent] = Math.min(first[agent], time);
            last[agent] = Math.max(last[agent], time);
            int ago = Math.min(MOST_DAYS - 1, today - Seconds.day(time));
            days[agent * (MOST_DAYS / Long.SIZE) + ago / Long.SIZE] |= 1L << (ago % Long.SIZE);
        }

        Tally tally() {
            int[] active = new int[n];
            for (int agent = 0; agent < n; agent++) {
                first[agent] = last[agent] == Seconds.NEVER ? Seconds.NEVER : first[agent];
                for (int word = 0; word < MOST_DAYS / Long.SIZE; word++) {
                    active[agent] += Long.bitCount(days[agent * (MOST_DAYS / Long.SIZE) + word]);
                }
            }
            return new Tally(
                    posts,
                    byKind[Actions.LIKE],
                    byKind[Actions.DISLIKE],
                    byKind[Actions.COMMENT],
                    follows,
                    byKind[3 + Actions.LIKE],
                    byKind[3 + Actions.DISLIKE],
                    byKind[3 + Actions.COMMENT],
                    first,
                    last,
                    active,
                    totalPosts,
                    totalActions);
        }
    }
}
