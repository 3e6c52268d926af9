package glimpse.analytics.world;

import glimpse.analytics.graph.Communities;
import glimpse.analytics.graph.Coreness;
import glimpse.analytics.graph.Edges;
import glimpse.analytics.graph.Graph;
import glimpse.analytics.graph.PageRank;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The world in a time. Its graphs are computed when they are first wanted; a node is an agent's place. Who follows whom is
 * what holds now, whatever the time.
 */
public final class View {
    /** What a comment weighs, where a like weighs 1. */
    public static final float COMMENT_WEIGHT = 2;

    private final World world;
    private final Window window;
    private final int after;
    private final int until;
    private final Lazy<Tally> tally;
    private final Lazy<Hours> hours;
    private final Lazy<View> before;
    private final Lazy<Graph> interactions;
    private final Lazy<Graph> dislikes;
    private final Lazy<Graph> social;
    private final Lazy<Communities> communities;
    private final Lazy<int[]> coreness;
    private final Lazy<double[]> rank;
    private final Lazy<Graph> follows;
    private final Lazy<Received> received;
    private final Map<Class<?>, Lazy<?>> kept = new ConcurrentHashMap<>();

    View(World world, Window window, int after, int until, Lazy<Graph> follows) {
        this.world = world;
        this.window = window;
        this.after = after;
        this.until = until;
        this.follows = follows;
        this.tally = new Lazy<>(() -> Tally.of(world, after, until));
        this.hours = new Lazy<>(() -> Hours.of(world, after, until));
        this.before = new Lazy<>(this::beforeThis);
        this.interactions = new Lazy<>(() -> actions(false));
        this.dislikes = new Lazy<>(() -> actions(true));
        this.social = new Lazy<>(
                () -> follows().undirected().plus(interactions().undirected().weighing(Math::log1p)));
        this.communities = new Lazy<>(() -> Communities.of(social()));
        this.coreness = new Lazy<>(() -> Coreness.of(social()));
        this.received = new Lazy<>(() -> Received.of(interactions()));
        this.rank = new Lazy<>(() -> PageRank.of(interactions()));
    }

    private Graph actions(boolean disliked) {
        Edges edges = new Edges();
        world.forEachAction(after, until, (actor, author, post, kind, time) -> {
            if ((kind == Actions.DISLIKE) == disliked) {
                edges.add(actor, author, kind == Actions.COMMENT ? COMMENT_WEIGHT : 1);
            }
        });
        return Graph.of(world.agents().size(), edges);
    }

    static Graph follows(World world) {
        Edges edges = new Edges();
        Follows all = world.follows();
        for (int f = 0; f < all.size(); f++) {
            edges.add(all.followers()[f], all.followees()[f], 1);
        }
        return Graph.of(world.agents().size(), edges);
    }

    public World world() {
        return world;
    }

    public Agents agents() {
        return world.agents();
    }

    public Window window() {
        return window;
    }

    /** The end of what does not count any more. */
    public int after() {
        return after;
    }

    /** The end of the time: when the snapshot was made. */
    public int until() {
        return until;
    }

    /** Whether a time is in it. */
    public boolean has(int time) {
        return time > after && time <= until;
    }

    /** The time of the same length before this one; it is empty before a window without a beginning. */
    public View before() {
        return before.get();
    }

    private View beforeThis() {
        int start = window == Window.ALL ? after : after - window.seconds();
        return new View(world, window, start, after, follows);
    }

    /** When agents did something. */
    public Hours hours() {
        return hours.get();
    }

    public Tally tally() {
        return tally.get();
    }

    /** Who liked and commented whom: likes + 2 · comments. */
    public Graph interactions() {
        return interactions.get();
    }

    /** Who disliked whom. */
    public Graph dislikes() {
        return dislikes.get();
    }

    /** Who follows whom. */
    public Graph follows() {
        return follows.get();
    }

    /** Both without directions: follows + ln(1 + interactions of both ways). */
    public Graph social() {
        return social.get();
    }

    /** Of the social graph. */
    public Communities communities() {
        return communities.get();
    }

    /** Of the social graph. */
    public int[] coreness() {
        return coreness.get();
    }

    /**
     * What agents get.
     *
     * @param from so many others
     * @param weights of likes and comments
     */
    public record Received(int[] from, double[] weights) {
        private static Received of(Graph interactions) {
            int[] from = new int[interactions.nodes()];
            double[] weights = new double[interactions.nodes()];
            for (int arc = 0; arc < interactions.arcs(); arc++) {
                from[interactions.target(arc)]++;
                weights[interactions.target(arc)] += interactions.weight(arc);
            }
            return new Received(from, weights);
        }
    }

    public Received received() {
        return received.get();
    }

    /** What is computed of this view once, whoever asks for it, and kept as long as the view. */
    public <T> T keeping(Class<T> kind, Function<View, T> computing) {
        return kind.cast(kept.computeIfAbsent(kind, first -> new Lazy<>(() -> computing.apply(this)))
                .get());
    }

    /** PageRank of the interactions. */
    public double[] rank() {
        return rank.get();
    }
}
