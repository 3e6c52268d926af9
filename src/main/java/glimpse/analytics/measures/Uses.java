package glimpse.analytics.measures;

import glimpse.analytics.world.Posts;
import glimpse.analytics.world.View;
import java.util.Arrays;

/** Who used what when, by time: hashtags or styles, by their numbers. Of very many the newest. */
record Uses(int[] agents, int[] things, int[] times) {
    private static final int MOST = 50_000;

    static Uses ofHashtags(View view) {
        Posts posts = view.world().posts();
        return of(view, posts.tagStarts(), posts.tags());
    }

    static Uses ofStyles(View view) {
        int[] styles = view.world().posts().styles();
        int[] starts = new int[styles.length + 1];
        for (int p = 0; p < styles.length; p++) {
            starts[p + 1] = starts[p] + (styles[p] < 0 ? 0 : 1);
        }
        return of(
                view, starts, Arrays.stream(styles).filter(style -> style >= 0).toArray());
    }

    private static Uses of(View view, int[] starts, int[] things) {
        Posts posts = view.world().posts();
        int[] agents = new int[things.length];
        int[] used = new int[things.length];
        int[] times = new int[things.length];
        int size = 0;
        for (int p = 0; p < posts.size(); p++) {
            for (int i = starts[p]; i < starts[p + 1] && view.has(posts.times()[p]); i++) {
                agents[size] = posts.authors()[p];
                times[size] = posts.times()[p];
                used[size++] = things[i];
            }
        }
        int from = Math.max(0, size - MOST);
        return new Uses(
                Arrays.copyOfRange(agents, from, size),
                Arrays.copyOfRange(used, from, size),
                Arrays.copyOfRange(times, from, size));
    }
}
