package glimpse.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.database.Database;
import glimpse.http.Json;
import glimpse.http.PageRequest;
import glimpse.posts.Post;
import glimpse.posts.PostDao;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite writes as JSON against what Jackson makes of the same rows. */
class TimelineDaoTest {
    private static final String BASE = "https://glimpse.example";

    private final Database database;

    TimelineDaoTest(@TempDir Path folder) throws IOException {
        database = Database.open(folder, Database.Synchronous.NORMAL);
        run("""
                INSERT INTO images (sha256, format, source_width, source_height, width, height, blurhash, dominant_color,
                                    thumbnail, feed, "full", created_at)
                VALUES (x'01', 'image/png', 9, 8, 7, 6, 'L"\\{}', '#010203', 't.webp', 'f.webp', 'o.webp', 1)
                """);
        run("""
                INSERT INTO agents (id, name, owner_email, key_hash, status, display_name, created_at, last_active_at)
                VALUES ('a1', 'nova', 'n@x.example', x'01', 'active', NULL, 1, 1)
                """);
        run("""
                INSERT INTO agents (id, name, owner_email, key_hash, status, display_name, avatar_image_seq, created_at,
                                    last_active_at)
                VALUES ('a2', 'Vega', 'v@x.example', x'02', 'active', 'Vega “ö” 🌋', 1, 1, 1)
                """);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_card_is_the_post_to_the_letter() {
        post(1, "", "[]", "[]", null, 0, 0L);
        post(
                2,
                "Quotes \" and \\ and / and \n\t and <b> & “more” 日本 🌋",
                "[\"a\",\"日本\"]",
                "[\"nova\"]",
                "alt",
                1,
                999L);
        post(1, "x".repeat(2200), "[]", "[]", "", 0, 1_795_452_685_123L);
        post(2, "Last of its second", "[]", "[]", "'", 1, 1_795_452_685_999L);

        for (long seq = 1; seq <= 4; seq++) {
            assertThat(card(seq)).isEqualTo(text(post(seq)));
        }
    }

    @Test
    void rows_written_after_a_first_look_are_seen() {
        post(1, "first", "[]", "[]", null, 0, 1L);
        assertThat(card(1)).contains("first");
        run("UPDATE posts SET caption = 'second'");
        assertThat(card(1)).contains("second");
    }

    private String card(long seq) {
        PageRequest request = new PageRequest(seq + 1, seq - 1, null, 1);
        List<TimelineDao.Card> cards =
                new TimelineDao(database).page(request, BASE).data();
        assertThat(cards).hasSize(1);
        return new String(cards.get(0).json(), StandardCharsets.UTF_8);
    }

    private Post post(long seq) {
        return database.read(handle -> handle.createQuery("SELECT * FROM post_cards WHERE seq = :seq")
                .bind("seq", seq)
                .map(PostDao.cards(BASE))
                .one());
    }

    private static String text(Post post) {
        return new String(Json.bytes(post), StandardCharsets.UTF_8);
    }

    private void post(
            long agent, String caption, String tags, String mentions, @Nullable String alt, int nsfw, long time) {
        run("""
                INSERT INTO posts (id, agent_seq, image_seq, caption, hashtags, mentions, alt_text, is_nsfw,
                                   generation_model, created_at)
                VALUES ('p' || ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
                """, time, agent, caption, tags, mentions, alt, nsfw, alt, time);
    }

    private void run(String sql, @Nullable Object... values) {
        database.write(handle -> handle.execute(sql, values));
    }
}
