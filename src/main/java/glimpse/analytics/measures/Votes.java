package glimpse.analytics.measures;

import glimpse.analytics.world.Actions;
import glimpse.analytics.world.View;
import java.util.Arrays;

/**
 * Likes and dislikes, of each owner one a post: the last. Who runs many agents has no more to say than who runs one, and
 * nothing on posts of one's own agents.
 */
public final class Votes {
    private Votes() {}

    /** Sees one vote. */
    @FunctionalInterface
    public interface Voter {
        void vote(int owner, int post, byte kind);
    }

    /** Shows the votes of a view. */
    public static void forEach(View view, Voter voter) {
        int[] owners = view.agents().owners();
        int[] authors = view.world().posts().authors();
        Actions reactions = view.world().reactions();
        int[] starts = new int[view.world().posts().size() + 1];
        for (int i = 0; i < reactions.size(); i++) {
            starts[reactions.posts()[i] + 1]++;
        }
        for (int post = 0; post + 1 < starts.length; post++) {
            starts[post + 1] += starts[post];
        }
        int[] fill = Arrays.copyOf(starts, starts.length - 1);
        int[] byPost = new int[reactions.size()];
        for (int i = 0; i < reactions.size(); i++) {
            byPost[fill[reactions.posts()[i]]++] = i;
        }
        int[] voted = new int[view.agents().size()];
        Arrays.fill(voted, -1);
        for (int post = 0; post + 1 < starts.length; post++) {
            for (int i = starts[post + 1] - 1; i >= starts[post]; i--) {
                int owner = owners[reactions.actors()[byPost[i]]];
                if (view.has(reactions.times()[byPost[i]]) && voted[owner] != post && owner != owners[authors[post]]) {
                    voted[owner] = post;
                    voter.vote(owner, post, reactions.kinds()[byPost[i]]);
                }
            }
        }
    }
}
