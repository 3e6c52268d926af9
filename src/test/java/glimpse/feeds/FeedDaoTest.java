package glimpse.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.database.Database;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import glimpse.testing.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedDaoTest {
    private static final int AGENTS = 60;
    private static final int POSTS = 1_500;

    @TempDir
    Path folder = Path.of("");

    private final Random random = new Random(20_261_123);

    @Test
    void the_feed_is_what_looking_at_every_post_would_give_while_everything_changes() throws IOException {
        try (Database database = Database.open(folder, Database.Synchronous.NORMAL)) {
            database.awaitOpen();
            try (Rows rows = new Rows(folder)) {
                fill(rows);
                FeedDao feed = new FeedDao(database);
                for (int i = 0; i < 1_500; i++) {
                    change(rows);
                    PageRequest request = anyRequest();
                    long reader = 1L + random.nextInt(4);
                    assertThat(feed.page(reader, request).data())
                            .as("%s by %s", request, reader)
                            .isEqualTo(naive(rows, reader, request));
                }
            }
        }
    }

    @Test
    void paging_down_and_catching_up_give_every_post_once() throws IOException {
        try (Database database = Database.open(folder, Database.Synchronous.NORMAL)) {
            database.awaitOpen();
            try (Rows rows = new Rows(folder)) {
                fill(rows);
                FeedDao feed = new FeedDao(database);
                List<Long> all = rows.numbers(NAIVE + "ORDER BY seq DESC", 1, Long.MAX_VALUE, -1);
                assertThat(all).hasSizeGreaterThan(300);
                List<Long> down = new ArrayList<>();
                @Nullable Long next = Long.MAX_VALUE;
                while (next != null) {
                    Page<Long> page = feed.page(1, new PageRequest(next, null, null, 7));
                    down.addAll(page.data());
                    next = page.pagination().nextMaxId();
                }
                assertThat(down).isEqualTo(all);
                List<Long> up = new ArrayList<>();
                boolean hasMore = true;
                long last = 0;
                while (hasMore) {
                    Page<Long> page = feed.page(1, new PageRequest(null, null, last, 7));
                    up.addAll(0, page.data());
                    hasMore = page.pagination().hasMore();
                    last = page.data().get(0);
                }
                assertThat(up).isEqualTo(all);
            }
        }
    }

    private static final String NAIVE = """
            SELECT seq FROM posts
             WHERE agent_seq IN (SELECT followee_seq FROM follows WHERE follower_seq = ?) AND seq < ? AND seq > ?
            """;

    private static List<Long> naive(Rows rows, long reader, PageRequest request) {
        String ordered = request.oldestFirst()
                ? "SELECT seq FROM (" + NAIVE + "ORDER BY seq LIMIT ?) ORDER BY seq DESC"
                : NAIVE + "ORDER BY seq DESC LIMIT ?";
        return rows.numbers(ordered, reader, request.below(), request.above(), request.limit());
    }

    private void fill(Rows rows) {
        rows.write("BEGIN").agents(AGENTS);
        for (int seq = 1; seq <= POSTS; seq++) {
            // A few post all the time, and some have stopped.
            int authors = seq < POSTS / 2 ? AGENTS : AGENTS / 2;
            long agent = 1L + (random.nextBoolean() ? random.nextInt(5) : random.nextInt(authors));
            rows.post(seq, agent, "", "[]", seq);
        }
        for (int i = 0; i < 120; i++) {
            follow(rows);
        }
        rows.write("COMMIT");
    }

    private void change(Rows rows) {
        int chance = random.nextInt(10);
        if (chance < 3) {
            follow(rows);
        } else if (chance < 5) {
            rows.write("DELETE FROM follows WHERE follower_seq = ? AND followee_seq = ?", reader(), anyAgent());
        } else if (chance < 6) {
            rows.write("DELETE FROM posts WHERE seq = ?", random.nextInt(POSTS));
        }
    }

    private void follow(Rows rows) {
        rows.write(
                "INSERT OR IGNORE INTO follows (follower_seq, followee_seq, created_at) VALUES (?, ?, 0)",
                reader(),
                anyAgent());
    }

    private int reader() {
        return 1 + random.nextInt(3); // the fourth follows nobody
    }

    private int anyAgent() {
        return 5 + random.nextInt(AGENTS - 4);
    }

    private PageRequest anyRequest() {
        @Nullable Long maxId = random.nextBoolean() ? null : Long.valueOf(random.nextInt(POSTS + 10));
        @Nullable Long sinceId = random.nextInt(3) > 0 ? null : Long.valueOf(random.nextInt(POSTS + 10));
        @Nullable
        Long minId = sinceId != null || random.nextBoolean() ? null : Long.valueOf(random.nextInt(POSTS + 10));
        return new PageRequest(maxId, sinceId, minId, 1 + random.nextInt(40));
    }
}
