package glimpse.duplicates;

import glimpse.database.Database;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The perceptual hashes of all posts, in memory: 16 bytes a post, and up to a quarter more for those to come. Loaded at
 * the start; later whoever asks first after something was written reads what was added and removed since, so that nothing
 * is known here that was rolled back, and nothing is missed, whichever way a post goes.
 */
public final class Fingerprints implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Fingerprints.class);
    private static final int BATCH = 10_000;

    /** What is known, and of which time. */
    private record Known(Snapshot snapshot, long version, long lastPost, long lastRemoval) {}

    private final Database database;
    private final FingerprintDao rows;
    private volatile Known known = new Known(Snapshot.empty(), -1, 0, 0);
    private volatile boolean closed;
    private @Nullable Thread loading;

    public Fingerprints(Database database) {
        this.database = database;
        this.rows = new FingerprintDao(database);
    }

    /** Begins to load them, on a thread of its own; who asks meanwhile waits for it. */
    public void start() {
        Thread thread = new Thread(this::load, "fingerprints");
        thread.setDaemon(true);
        thread.start();
        loading = thread;
    }

    private void load() {
        try {
            long began = System.nanoTime();
            int count = current().size();
            log.info("fingerprints={} took_ms={}", count, (System.nanoTime() - began) / 1_000_000);
        } catch (RuntimeException problem) {
            log.warn("fingerprints_not_loaded", problem);
        }
    }

    /** Posts by how near their pictures are, then oldest first; see {@link Snapshot#near}. */
    public List<Near> near(long hash, int maxDistance, int afterDistance, long afterPost, long except, int fetch) {
        return current().near(hash, maxDistance, afterDistance, afterPost, except, fetch);
    }

    /** The first of the posts before another whose pictures are this near. */
    public Optional<Near> earliest(long hash, int maxDistance, long before) {
        return current().earliest(hash, maxDistance, before);
    }

    private Snapshot current() {
        Known now = known;
        return now.version() == database.version() ? now.snapshot() : caughtUp();
    }

    private synchronized Snapshot caughtUp() {
        long version = database.version(); // before anything is read: a write meanwhile makes it old at once
        Known now = known;
        if (now.version() == version) {
            return now.snapshot();
        }
        if (now.version() < 0) {
            now = new Known(now.snapshot(), version, 0, rows.forgetRemovals());
        }
        now = withRemovals(withPosts(now));
        known = new Known(now.snapshot(), version, now.lastPost(), now.lastRemoval());
        return now.snapshot();
    }

    private Known withPosts(Known before) {
        Snapshot snapshot = before.snapshot();
        long last = before.lastPost();
        int read = BATCH;
        while (read == BATCH && !closed) {
            List<FingerprintDao.Post> posts = rows.postsAfter(last, BATCH);
            for (FingerprintDao.Post post : posts) {
                if (post.hash() != null) {
                    snapshot = snapshot.plus(post.seq(), post.hash());
                }
                last = post.seq();
            }
            read = posts.size();
        }
        return new Known(snapshot, before.version(), last, before.lastRemoval());
    }

    private Known withRemovals(Known before) {
        Snapshot snapshot = before.snapshot();
        long last = before.lastRemoval();
        int read = BATCH;
        while (read == BATCH && !closed) {
            List<FingerprintDao.Removal> removals = rows.removalsAfter(last, BATCH);
            read = removals.size();
            if (read > 0) {
                snapshot = snapshot.minus(removals.stream()
                        .mapToLong(FingerprintDao.Removal::post)
                        .toArray());
                last = removals.get(read - 1).seq();
            }
        }
        return new Known(snapshot, before.version(), before.lastPost(), last);
    }

    @Override
    public void close() {
        closed = true;
        if (loading == null) {
            return;
        }
        try {
            loading.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
