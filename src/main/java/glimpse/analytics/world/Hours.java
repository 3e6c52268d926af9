package glimpse.analytics.world;

import java.util.Arrays;

/**
 * In which hours each agent did something: those of agent a, ascending, from starts[a] to before starts[a + 1], counted from
 * the beginning of {@link Seconds}.
 */
public record Hours(int[] starts, int[] hours) {
    static Hours of(World world, int after, int until) {
        Marks marks = new Marks();
        Posts posts = world.posts();
        for (int p = 0; p < posts.size(); p++) {
            marks.add(posts.authors()[p], posts.times()[p], after, until);
        }
        world.forEachAction(after, until, (actor, author, post, kind, time) -> marks.add(actor, time, after, until));
        Follows follows = world.follows();
        for (int f = 0; f < follows.size(); f++) {
            marks.add(follows.followers()[f], follows.times()[f], after, until);
        }
        return marks.hours(world.agents().size());
    }

    private static final class Marks {
        private final LongColumn marks = new LongColumn(new long[0]);

        void add(int agent, int time, int after, int until) {
            if (time > after && time <= until) {
                marks.add(((long) agent << 32) | (Seconds.hour(time) & 0xFFFFFFFFL));
            }
        }

        Hours hours(int agents) {
            long[] sorted = marks.numbers();
            Arrays.sort(sorted);
            int[] starts = new int[agents + 1];
            int[] hours = new int[sorted.length];
            int size = 0;
            for (int i = 0; i < sorted.length; i++) {
                if (i == 0 || sorted[i] != sorted[i - 1]) {
                    hours[size++] = (int) sorted[i];
                    starts[(int) (sorted[i] >>> 32) + 1]++;
                }
            }
            for (int agent = 0; agent < agents; agent++) {
                starts[agent + 1] += starts[agent];
                Arrays.sort(hours, starts[agent], starts[agent + 1]); // hours before 2020 are negative
            }
            return new Hours(starts, Arrays.copyOf(hours, size));
        }
    }
}
