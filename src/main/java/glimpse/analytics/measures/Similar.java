package glimpse.analytics.measures;

import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Shingles;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Posts that look or read alike, in clusters: pictures by the distance of their perceptual hashes, texts by the word triples
 * they share (Broder 1997).
 */
public final class Similar implements Measure {
    private static final int DUPLICATE = 4; // bits of 64
    private static final int ALIKE = 10;
    private static final double SAME_TEXT = 0.8;
    private static final int MOST_POSTS = 100_000;
    private static final int BLOCKS = 4; // of 16 bits: of 10 bits that differ, at most 2 do in one of them
    private static final int LOOK_BACK = 8; // posts with the same part of a sketch
    private static final int SHOWN_POSTS = 10;
    private static final Method METHOD = Method.of(
                    "perceptual hash distance and shingled text, clusters by union",
                    "DCT perceptual hash, Zauner 2010; Broder 1997; Li & König 2010; Norouzi et al. 2012 (multi-index"
                            + " hashing)")
            .with("duplicate_bits", DUPLICATE)
            .with("similar_bits", ALIKE)
            .with("text_jaccard", SAME_TEXT)
            .with("most_posts", MOST_POSTS);

    /**
     * Clusters of posts.
     *
     * @param duplicateRate share of posts that duplicate an earlier one
     */
    public record Clusters(
            int posts, int clusteredPosts, @Nullable Double duplicateRate, List<Cluster> clusters) {}

    /**
     * Posts that are alike, the largest cluster first.
     *
     * @param kind duplicate, similar or text
     * @param firstPost the id of the earliest; null where its agent does not want to be named
     * @param posts ids, the earliest first, without those of such agents; at most ten
     * @param meanDistance bits between hashes of pictures, in the mean; null where texts alone are alike
     * @param spanSeconds from the first to the last
     */
    public record Cluster(
            int id,
            int size,
            String kind,
            @Nullable String firstPost,
            List<String> posts,
            int agents,
            @Nullable Double meanDistance,
            int spanSeconds) {}

    /** Pairs that are alike, as they are found. */
    private static final class Pairs {
        private final Posts posts;
        private final int[] root;
        private final boolean[] repeats;
        private final int[] kind; // by root, before it is joined: 0 duplicate, 1 similar, 2 text
        private final double[] distances;
        private final int[] counts;

        Pairs(Posts posts) {
            this.posts = posts;
            this.root = IntStream.range(0, posts.size()).toArray();
            this.repeats = new boolean[posts.size()];
            this.kind = new int[posts.size()];
            this.distances = new double[posts.size()];
            this.counts = new int[posts.size()];
        }

        /** Two pictures that are near each other in a block: they may be so in others, too, and count once. */
        void pictures(int earlier, int later, int most, int block) {
            long difference = posts.hashes()[earlier] ^ posts.hashes()[later];
            int bits = Long.bitCount(difference);
            if (bits > most) {
                return;
            }
            join(earlier, later, bits <= DUPLICATE ? 0 : 1);
            for (int before = 0; before < block; before++) {
                if (Long.bitCount((difference >>> (16 * before)) & 0xFFFF) <= most / BLOCKS) {
                    return;
                }
            }
            distances[later] += bits;
            counts[later]++;
        }

        void join(int earlier, int later, int how) {
            kind[later] = Math.max(kind[later], how);
            repeats[later] |= how == 0;
            Union.join(root, earlier, later);
        }
    }

    @Override
    public Measured<Clusters> of(Question question) {
        View view = question.view();
        Posts posts = view.world().posts();
        int[] all = IntStream.range(0, posts.size())
                .filter(p -> view.has(posts.times()[p]))
                .toArray();
        int[] seen = Arrays.copyOfRange(all, Math.max(0, all.length - MOST_POSTS), all.length);
        Pairs pairs = new Pairs(posts);
        sameFile(posts, seen, pairs);
        alikePictures(posts, seen, ALIKE, pairs);
        alikeTexts(posts, seen, pairs);
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int p : seen) {
            members.computeIfAbsent(Union.find(pairs.root, p), first -> new ArrayList<>())
                    .add(p);
        }
        List<List<Integer>> found = members.values().stream()
                .filter(cluster -> cluster.size() > 1)
                .sorted(Comparator.<List<Integer>>comparingInt(cluster -> -cluster.size())
                        .thenComparingInt(cluster -> cluster.get(0)))
                .toList();
        int clustered = found.stream().mapToInt(List::size).sum();
        int repeats = (int) IntStream.of(seen).filter(p -> pairs.repeats[p]).count();
        @Nullable Double rate = Figure.share(repeats, seen.length);
        Clusters clusters = new Clusters(
                seen.length,
                clustered,
                rate,
                IntStream.range(0, Math.min(question.limit(), found.size()))
                        .mapToObj(id -> cluster(question, pairs, id, found.get(id)))
                        .toList());
        String summary = found.size() + " clusters hold " + clustered + " of " + seen.length + " posts; "
                + Figure.percent(rate) + " of posts duplicate an earlier one.";
        Measured<Clusters> measured = seen.length < all.length
                ? Measured.truncated(question, METHOD, summary, clusters)
                : seen.length < 2
                        ? Measured.insufficient(question, METHOD, "two posts are needed", clusters)
                        : Measured.ok(question, METHOD, summary, clusters);
        return measured.beside(Map.of("duplicate_rate", Published.DUPLICATES));
    }

    private static void sameFile(Posts posts, int[] seen, Pairs pairs) {
        Map<Integer, Integer> first = new HashMap<>();
        for (int p : seen) {
            @Nullable Integer earlier = first.putIfAbsent(posts.images()[p], p);
            if (earlier != null) {
                pairs.join(earlier, p, 0);
                pairs.counts[p] += posts.hashed()[p] ? 0 : 1;
            }
        }
    }

    /** Looks, in each of four blocks of the hash, at those that differ there in at most a quarter of the bits. */
    private static void alikePictures(Posts posts, int[] seen, int most, Pairs pairs) {
        int[] hashed = IntStream.of(seen).filter(p -> posts.hashed()[p]).toArray();
        int[] next = new int[posts.size()];
        int[] near = IntStream.range(0, 1 << 16)
                .filter(bits -> Integer.bitCount(bits) <= most / BLOCKS)
                .toArray();
        for (int block = 0; block < BLOCKS; block++) {
            int[] last = new int[1 << 16];
            Arrays.fill(last, -1);
            for (int p : hashed) {
                int key = (int) (posts.hashes()[p] >>> (16 * block)) & 0xFFFF;
                for (int bits : near) {
                    // Of very many with the same part the newest are enough: they hang together themselves.
                    int left = 64;
                    for (int other = last[key ^ bits]; other >= 0 && left-- > 0; other = next[other]) {
                        pairs.pictures(other, p, most, block);
                    }
                }
                next[p] = last[key];
                last[key] = p;
            }
        }
    }

    private static void alikeTexts(Posts posts, int[] seen, Pairs pairs) {
        for (int part = 0; part < Shingles.INTS; part++) {
            Map<Integer, int[]> lately = new HashMap<>();
            for (int p : seen) {
                if (!Shingles.isThere(posts.shingles(), p)) {
                    continue;
                }
                int[] others = lately.computeIfAbsent(
                        posts.shingles()[Shingles.INTS * p + part], key -> new int[LOOK_BACK + 1]);
                for (int i = 0; i < Math.min(LOOK_BACK, others[LOOK_BACK]); i++) {
                    if (Union.find(pairs.root, others[i]) != Union.find(pairs.root, p)
                            && Shingles.similarity(posts.shingles(), others[i], p) >= SAME_TEXT) {
                        pairs.join(others[i], p, 2);
                    }
                }
                others[others[LOOK_BACK]++ % LOOK_BACK] = p;
            }
        }
    }

    private static Cluster cluster(Question question, Pairs pairs, int id, List<Integer> members) {
        int kind = members.stream().mapToInt(p -> pairs.kind[p]).max().orElse(0);
        double distances = members.stream().mapToDouble(p -> pairs.distances[p]).sum();
        int counts = members.stream().mapToInt(p -> pairs.counts[p]).sum();
        Posts posts = question.snapshot().world().posts();
        return new Cluster(
                id,
                members.size(),
                kind == 0 ? "duplicate" : kind == 1 ? "similar" : "text",
                question.post(members.get(0)),
                members.stream()
                        .map(question::post)
                        .filter(Objects::nonNull)
                        .limit(SHOWN_POSTS)
                        .toList(),
                (int) members.stream().map(p -> posts.authors()[p]).distinct().count(),
                Figure.share(distances, counts),
                members.stream().mapToInt(p -> posts.times()[p]).max().orElse(0)
                        - members.stream().mapToInt(p -> posts.times()[p]).min().orElse(0));
    }

    /** For each post whether it duplicates the picture of an earlier one, whoever made that. */
    public static boolean[] repeats(View view) {
        Posts posts = view.world().posts();
        int[] seen = IntStream.range(0, posts.size())
                .filter(p -> view.has(posts.times()[p]))
                .toArray();
        int[] newest = Arrays.copyOfRange(seen, Math.max(0, seen.length - MOST_POSTS), seen.length);
        Pairs pairs = new Pairs(posts);
        sameFile(posts, newest, pairs);
        alikePictures(posts, newest, DUPLICATE, pairs);
        return pairs.repeats;
    }
}
