package glimpse.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.images.PerceptualHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final int ALL = 64;

    @Test
    void the_nearest_come_first_and_of_those_the_oldest() {
        Snapshot snapshot =
                Snapshot.empty().plus(3, 0b111L).plus(5, 0).plus(6, 0b1L).plus(9, 0b1L);
        assertThat(snapshot.near(0, 8, 0, 0, 0, 10))
                .containsExactly(
                        new Near(5, 0, false), new Near(6, 1, false), new Near(9, 1, false), new Near(3, 3, false));
        assertThat(snapshot.near(0, 2, 0, 0, 6, 10)).extracting(Near::post).containsExactly(5L, 9L);
        assertThat(snapshot.near(0, 8, 1, 6, 0, 1)).containsExactly(new Near(9, 1, false));
        assertThat(snapshot.earliest(0, 1, 100)).contains(new Near(5, 0, false));
        assertThat(snapshot.earliest(0, 8, 3)).isEmpty();
    }

    @Test
    void a_mirrored_picture_is_found_as_such() {
        long hash = 0x0123_4567_89ab_cdefL;
        Snapshot snapshot = Snapshot.empty().plus(1, PerceptualHash.mirrored(hash) ^ 0b11);
        assertThat(snapshot.near(hash, 4, 0, 0, 0, 10)).containsExactly(new Near(1, 2, true));
    }

    /** Against a list that is sorted whole, while rows come and go. */
    @Test
    void pages_are_those_of_a_plain_list() {
        Random random = new Random(11);
        TreeMap<Long, Long> hashes = new TreeMap<>();
        Snapshot snapshot = Snapshot.empty();
        long post = 0;
        for (int round = 0; round < 300; round++) {
            for (int i = 0; i < 20; i++) {
                post += 1 + random.nextInt(3);
                hashes.put(post, sparse(random));
                snapshot = snapshot.plus(post, hashes.get(post));
            }
            List<Long> removed = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                removed.add(1L + random.nextInt((int) post));
            }
            removed.forEach(hashes::remove);
            snapshot =
                    snapshot.minus(removed.stream().mapToLong(Long::longValue).toArray());
            assertThat(snapshot.size()).isEqualTo(hashes.size());
        }
        long hash = sparse(random);
        List<Near> pages = new ArrayList<>();
        List<Near> page = snapshot.near(hash, 16, 0, 0, 0, 40);
        while (!page.isEmpty()) {
            pages.addAll(page);
            Near last = page.get(page.size() - 1);
            page = snapshot.near(hash, 16, last.distance(), last.post(), 0, 40);
        }
        List<Near> plain = hashes.entrySet().stream()
                .map(entry -> near(entry.getKey(), entry.getValue(), hash))
                .filter(near -> near.distance() <= 16)
                .sorted(Comparator.comparingInt(Near::distance).thenComparingLong(Near::post))
                .toList();
        assertThat(plain).hasSizeGreaterThan(100);
        assertThat(pages).isEqualTo(plain);
    }

    @Test
    void a_snapshot_knows_nothing_of_what_came_or_went_after_it() {
        Snapshot before = Snapshot.empty().plus(1, 0).plus(2, 0);
        Snapshot after = before.plus(3, 0).minus(new long[] {1});
        assertThat(before.near(0, ALL, 0, 0, 0, 10)).extracting(Near::post).containsExactly(1L, 2L);
        assertThat(after.near(0, ALL, 0, 0, 0, 10)).extracting(Near::post).containsExactly(2L, 3L);
    }

    private static long sparse(Random random) {
        long bits = 0;
        for (int i = random.nextInt(16); i > 0; i--) {
            bits |= 1L << random.nextInt(64);
        }
        return bits;
    }

    private static Near near(long post, long hash, long to) {
        int straight = PerceptualHash.distance(hash, to);
        int turned = PerceptualHash.distance(hash, PerceptualHash.mirrored(to));
        return new Near(post, Math.min(straight, turned), turned < straight);
    }
}
