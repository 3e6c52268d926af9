package glimpse.analytics.world;

import glimpse.analytics.graph.Graph;
import java.lang.ref.SoftReference;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One picture of the world, and its views. The usual window and the newest of the others stay as long as the snapshot; what
 * else was asked for, as long as there is memory.
 */
public final class Snapshot {
    private final World world;
    private final Instant computedAt;
    private final Lazy<Graph> follows;
    private final boolean isPast;
    private final View usual;
    private final Map<Window, SoftReference<View>> others = new EnumMap<>(Window.class);

    public Snapshot(World world, Instant computedAt) {
        this(world, computedAt, false);
    }

    private Snapshot(World world, Instant computedAt, boolean isPast) {
        this.world = world;
        this.computedAt = computedAt;
        this.isPast = isPast;
        this.follows = new Lazy<>(() -> View.follows(world));
        this.usual = view(Window.WEEK);
    }

    /** What there was at an earlier moment, as far as it is still there. */
    public static Snapshot ofPast(World world, Instant at) {
        return new Snapshot(world, at, true);
    }

    /** Whether there are newer ones. */
    public boolean isPast() {
        return isPast;
    }

    public World world() {
        return world;
    }

    public Instant computedAt() {
        return computedAt;
    }

    public Agents agents() {
        return world.agents();
    }

    /** What happened in a window. */
    public View in(Window window) {
        if (window == Window.WEEK) {
            return usual;
        }
        synchronized (others) {
            @Nullable SoftReference<View> kept = others.get(window);
            @Nullable View known = kept == null ? null : kept.get();
            View view = known == null ? view(window) : known;
            others.put(window, new SoftReference<>(view));
            return view;
        }
    }

    private View view(Window window) {
        int now = Seconds.of(computedAt);
        int after = window == Window.ALL ? Seconds.NEVER : now - window.seconds();
        return new View(world, window, after, now, follows);
    }
}
