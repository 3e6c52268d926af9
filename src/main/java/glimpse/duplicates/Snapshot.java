package glimpse.duplicates;

import glimpse.images.PerceptualHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The perceptual hashes of all posts at one time, oldest first. What was added later stands behind {@code size} in the
 * same arrays; whoever has this looks no further.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Snapshot(long[] posts, long[] hashes, int size) {
    private static final int LEAST = 1_024;
    private static final int DISTANCE_SHIFT = 56; // a seq has fewer bits than that

    static Snapshot empty() {
        return new Snapshot(new long[LEAST], new long[LEAST], 0);
    }

    /** One more; only for the newest snapshot, and by one thread at a time. */
    Snapshot plus(long post, long hash) {
        boolean full = size == posts.length;
        int length = full ? size + size / 4 : size;
        long[] allPosts = full ? Arrays.copyOf(posts, length) : posts;
        long[] allHashes = full ? Arrays.copyOf(hashes, length) : hashes;
        allPosts[size] = post;
        allHashes[size] = hash;
        return new Snapshot(allPosts, allHashes, size + 1);
    }

    /** Without some; in arrays of its own where there were any of them. */
    Snapshot minus(long[] removed) {
        long[] gone = removed.clone();
        Arrays.sort(gone);
        if (Arrays.stream(gone).noneMatch(post -> Arrays.binarySearch(posts, 0, size, post) >= 0)) {
            return this;
        }
        long[] restPosts = new long[posts.length];
        long[] restHashes = new long[posts.length];
        int kept = 0;
        int next = 0;
        for (int i = 0; i < size; i++) {
            while (next < gone.length && gone[next] < posts[i]) {
                next++;
            }
            if (next == gone.length || gone[next] != posts[i]) {
                restPosts[kept] = posts[i];
                restHashes[kept++] = hashes[i];
            }
        }
        return new Snapshot(restPosts, restHashes, kept);
    }

    /**
     * The posts nearest to a hash, by distance and then by age, after a place in that order. Looks at all there are:
     * a million in about two milliseconds, which no index of such hashes is quicker than at distances like these.
     */
    List<Near> near(long hash, int maxDistance, int afterDistance, long afterPost, long except, int fetch) {
        long mirror = PerceptualHash.mirrored(hash);
        long after = key(afterDistance, afterPost);
        long[] best = new long[fetch];
        int found = 0;
        for (int i = 0; i < size; i++) {
            int distance = Math.min(Long.bitCount(hashes[i] ^ hash), Long.bitCount(hashes[i] ^ mirror));
            if (distance <= maxDistance && posts[i] != except) {
                long key = key(distance, posts[i]);
                if (key > after && (found < fetch || key < best[fetch - 1])) {
                    found = Math.min(found + 1, fetch);
                    insert(best, found, key);
                }
            }
        }
        List<Near> nearest = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            nearest.add(near(best[i] & Near.LARGEST_POST, hash));
        }
        return nearest;
    }

    private static long key(int distance, long post) {
        return (long) distance << DISTANCE_SHIFT | post;
    }

    /** Into its place among those before the last, which makes room. */
    private static void insert(long[] sorted, int length, long key) {
        int at = length - 1;
        while (at > 0 && sorted[at - 1] > key) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = key;
    }

    /** The first post before another that is this near. */
    Optional<Near> earliest(long hash, int maxDistance, long before) {
        long mirror = PerceptualHash.mirrored(hash);
        for (int i = 0; i < size && posts[i] < before; i++) {
            if (Math.min(Long.bitCount(hashes[i] ^ hash), Long.bitCount(hashes[i] ^ mirror)) <= maxDistance) {
                return Optional.of(near(posts[i], hash));
            }
        }
        return Optional.empty();
    }

    private Near near(long post, long hash) {
        long other = hashes[Arrays.binarySearch(posts, 0, size, post)];
        int straight = PerceptualHash.distance(hash, other);
        int turned = PerceptualHash.distance(PerceptualHash.mirrored(hash), other);
        return new Near(post, Math.min(straight, turned), turned < straight);
    }
}
