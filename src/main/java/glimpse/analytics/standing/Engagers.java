package glimpse.analytics.standing;

import glimpse.analytics.world.Actions;
import glimpse.analytics.world.View;
import java.util.Arrays;

/**
 * Who engaged with whom, each owner once, and nobody with agents of its own.
 *
 * @param likers owners who like an agent's posts more often than they dislike them, by the agent's place
 * @param dislikers owners who don't
 * @param owners who liked, disliked or commented anything of the agent
 * @param perPost owners who engaged with a post, by the post's place
 * @param own share of what an agent got that came from agents of its own owner
 */
record Engagers(int[] likers, int[] dislikers, int[] owners, int[] perPost, double[] own) {
    private static final int OWNER_BITS = 24;

    static Engagers of(View view) {
        int n = view.agents().size();
        int[] ownerOf = view.agents().owners();
        int count = (int) view.tally().totalActions();
        long[] byAgent = new long[count];
        long[] byPost = new long[count];
        int[] size = new int[1];
        double[] all = new double[n];
        double[] own = new double[n];
        view.world().forEachAction(view.after(), view.until(), (actor, author, post, kind, time) -> {
            all[author]++;
            if (ownerOf[actor] == ownerOf[author]) {
                own[author]++;
                return;
            }
            byAgent[size[0]] = (((long) author << OWNER_BITS) | ownerOf[actor]) << 2 | kind;
            byPost[size[0]++] = ((long) post << OWNER_BITS) | ownerOf[actor];
        });
        Arrays.sort(byAgent, 0, size[0]);
        Arrays.sort(byPost, 0, size[0]);
        int[] likers = new int[n];
        int[] dislikers = new int[n];
        int[] owners = new int[n];
        int balance = 0;
        for (int i = 0; i < size[0]; i++) {
            long pair = byAgent[i] >>> 2;
            int kind = (int) byAgent[i] & 3;
            balance += kind == Actions.LIKE ? 1 : kind == Actions.DISLIKE ? -1 : 0;
            if (i + 1 == size[0] || byAgent[i + 1] >>> 2 != pair) {
                int author = (int) (pair >>> OWNER_BITS);
                owners[author]++;
                likers[author] += balance > 0 ? 1 : 0;
                dislikers[author] += balance < 0 ? 1 : 0;
                balance = 0;
            }
        }
        int[] perPost = new int[view.world().posts().size()];
        for (int i = 0; i < size[0]; i++) {
            if (i == 0 || byPost[i] != byPost[i - 1]) {
                perPost[(int) (byPost[i] >>> OWNER_BITS)]++;
            }
        }
        for (int agent = 0; agent < n; agent++) {
            own[agent] = all[agent] == 0 ? 0 : own[agent] / all[agent];
        }
        return new Engagers(likers, dislikers, owners, perPost, own);
    }
}
