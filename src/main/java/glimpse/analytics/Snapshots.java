package glimpse.analytics;

import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.World;
import glimpse.analytics.world.WorldReader;
import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.SoftReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest picture of the world. It is made anew in the background when something has happened and 30 seconds have passed;
 * in a sandbox, where somebody waits to see what a change does, before the next answer.
 */
final class Snapshots implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final Duration WINDOWS_MOVE = Duration.ofMinutes(10); // also while nothing happens
    private static final Duration SANDBOX_WINDOWS_MOVE = Duration.ofMinutes(1);
    private static final Duration QUICK = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 1_000;
    private static final int MOST_REMEMBERED = 10_000; // moments: at least three days

    private final Database database;
    private final WorldReader reader;
    private final Clock clock;
    private final boolean atOnce;
    private final Consumer<Snapshot> made;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Current current;
    private final Map<Long, Moment> remembered = new LinkedHashMap<>();
    private SoftReference<Past> past = new SoftReference<>(null);
    private Consumer<Snapshot> published = snapshot -> {};
    private @Nullable Thread builder;

    /** A snapshot, the newest version of the database it is known to be good for, and how long it took. */
    private record Current(Snapshot snapshot, AtomicLong version, long builtNanos, Duration took) {}

    /** When there was a snapshot, and of what. */
    private record Moment(World.Mark mark, Instant at) {}

    /** What there was at a moment, as long as there is memory and nothing more has gone. */
    private record Past(long through, long changes, Snapshot snapshot) {}

    /**
     * @param atOnce whether nobody gets to see an old one
     * @param made is told of each before anybody else sees it
     */
    Snapshots(Database database, Clock clock, boolean atOnce, Consumer<Snapshot> made) {
        this.database = database;
        this.reader = new WorldReader(
                database, WorldReader.Capacity.of(Runtime.getRuntime().maxMemory()));
        this.clock = clock;
        this.atOnce = atOnce;
        this.made = made;
    }

    /**
     * Begins to look for changes, on a thread of its own.
     *
     * @param published is told, on that thread, of each snapshot that others can see by now
     */
    public void start(Consumer<Snapshot> published) {
        this.published = published;
        Thread thread = new Thread(this::run, "analytics");
        thread.setDaemon(true);
        thread.start();
        builder = thread;
    }

    private void run() {
        try {
            while (!stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            @Nullable Snapshot fresh = fresh();
            if (fresh != null) {
                long cpu = cpuNanos();
                published.accept(fresh);
                log.debug("measured cpu_ms={}", (cpuNanos() - cpu) / 1_000_000);
            }
        } catch (RuntimeException | OutOfMemoryError problem) { // of a world that is too large nothing new is told
            if (stopping.getCount() > 0) {
                log.warn("snapshot_not_made", problem);
            }
        }
    }

    /** A new one, when it is time for it and there is something new. Whoever measures it must not hold the old one. */
    private @Nullable Snapshot fresh() {
        Current known = current;
        boolean isTooEarly = known == null ? atOnce : System.nanoTime() - known.builtNanos() < BETWEEN.toNanos();
        if (isTooEarly) {
            return null; // most sandboxes are gone before anybody asks
        }
        Current fresh = refreshed(known);
        return known != null && fresh.builtNanos() == known.builtNanos() ? null : fresh.snapshot();
    }

    /** The newest there is; waits for the first. */
    public Snapshot current() {
        Current known = current;
        if (known != null && (!atOnce || known.took().compareTo(QUICK) > 0)) {
            return known.snapshot();
        }
        return refreshed(known).snapshot();
    }

    /**
     * What there was when {@code data_through_seq} was a number, without what has gone since.
     *
     * @throws ApiError INVALID_PARAMETER for a number that no snapshot had that is remembered
     */
    public Snapshot asOf(long through) {
        Snapshot newest = current();
        if (newest.world().mark().through() == through) {
            return newest;
        }
        synchronized (remembered) {
            @Nullable Moment moment = remembered.get(through);
            if (moment == null) {
                throw new ApiError(ErrorCode.INVALID_PARAMETER, "as_of_seq is not a moment that is remembered")
                        .hint(
                                "Take data_through_seq of an earlier answer; they are forgotten when the server restarts.");
            }
            long changes = newest.world().mark().changes();
            @Nullable Past known = past.get();
            if (known == null || known.through() != through || known.changes() != changes) {
                known = new Past(
                        through, changes, Snapshot.ofPast(newest.world().through(moment.mark()), moment.at()));
                past = new SoftReference<>(known);
            }
            return known.snapshot();
        }
    }

    private Current refreshed(@Nullable Current seen) {
        if (seen != null && isGood(seen)) {
            return seen;
        }
        synchronized (reader) {
            Current known = current;
            if (known == null || !isGood(known)) {
                known = build();
                current = known;
            }
            return known;
        }
    }

    // Cheap first: most looks find that nothing was written at all.
    private boolean isGood(Current known) {
        Duration age = Duration.between(known.snapshot().computedAt(), clock.instant());
        if (age.compareTo(atOnce ? SANDBOX_WINDOWS_MOVE : WINDOWS_MOVE) >= 0) {
            return false;
        }
        long version = database.version(); // before the mark: what is written between the two is looked for again
        if (version == known.version().get()) {
            return true;
        }
        boolean isSame = reader.mark().equals(known.snapshot().world().mark());
        if (isSame) {
            known.version().set(version);
        }
        return isSame;
    }

    private Current build() {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long version = database.version(); // not afterwards: others write while this reads
        World world = reader.read();
        long read = System.nanoTime();
        Snapshot snapshot = new Snapshot(world, Seconds.instant(Seconds.of(clock.instant())));
        made.accept(snapshot);
        long end = System.nanoTime();
        log.debug(
                "snapshot agents={} posts={} actions={} read_ms={} took_ms={} cpu_ms={}",
                world.agents().size(),
                world.posts().size(),
                world.reactions().size() + world.comments().size(),
                (read - start) / 1_000_000,
                (end - start) / 1_000_000,
                (cpuNanos() - cpu) / 1_000_000);
        remember(snapshot);
        return new Current(snapshot, new AtomicLong(version), end, Duration.ofNanos(end - start));
    }

    /** Of this thread; 0 where that is not told. */
    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : 0;
    }

    private void remember(Snapshot snapshot) {
        synchronized (remembered) {
            World.Mark mark = snapshot.world().mark();
            remembered.put(mark.through(), new Moment(mark, snapshot.computedAt()));
            if (remembered.size() > MOST_REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        Thread thread = builder;
        if (thread != null) {
            try {
                thread.join(Duration.ofSeconds(10).toMillis());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
