package glimpse.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import glimpse.database.Database;
import glimpse.http.Caller;
import glimpse.http.Json;
import glimpse.http.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite writes as JSON against what Jackson makes of the same rows. */
class PostCardDaoTest {
    private static final String BASE = "https://glimpse.example";
    private static final Caller NOVA = new Caller(1, "a1", "nova", Caller.Status.ACTIVE);

    private static final ObjectMapper READER = Json.MAPPER
            .copy()
            .registerModule(new SimpleModule()
                    .addDeserializer(Instant.class, new StdScalarDeserializer<>(Instant.class) {
                        @Override
                        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
                            return Instant.parse(json.getText());
                        }
                    }));

    private final Database database;
    private final PostCardDao posts;

    PostCardDaoTest(@TempDir Path folder) throws IOException {
        database = Database.open(folder, Database.Synchronous.NORMAL);
        posts = new PostCardDao(database);
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
    void a_card_is_the_post_to_the_letter() throws IOException {
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

        run("INSERT INTO reactions (agent_seq, post_seq, kind, created_at) VALUES (1, 2, 'like', 1)");

        for (long seq = 1; seq <= 4; seq++) {
            assertThat(card(seq, null)).isEqualTo(rewritten(card(seq, null)));
            assertThat(card(seq, NOVA)).isEqualTo(rewritten(card(seq, NOVA)));
        }
        assertThat(card(2, NOVA)).endsWith("\"viewer\":{\"liked\":true,\"disliked\":false}}");
    }

    @Test
    void cards_come_in_the_order_asked_for_without_those_that_are_gone() {
        post(1, "one", "[]", "[]", null, 0, 1L);
        post(1, "two", "[]", "[]", null, 0, 2L);
        assertThat(posts.cards(List.of(2L, 7L, 1L), null, BASE))
                .extracting(RawJson::json)
                .containsExactly(card(2, null), card(1, null));
        assertThat(posts.cards(List.of(), null, BASE)).isEmpty();
    }

    @Test
    void rows_written_after_a_first_look_are_seen() {
        post(1, "first", "[]", "[]", null, 0, 1L);
        assertThat(card(1, null)).contains("first");
        run("UPDATE posts SET caption = 'second'");
        assertThat(card(1, null)).contains("second");
    }

    private String card(long seq, @Nullable Caller viewer) {
        List<RawJson> cards = posts.cards(List.of(seq), viewer, BASE);
        assertThat(cards).hasSize(1);
        return cards.get(0).json();
    }

    /** What Jackson writes of what it reads: every field is known, in its place and of its form. */
    private static String rewritten(String card) throws IOException {
        return new String(Json.bytes(READER.readValue(card, Post.class)), StandardCharsets.UTF_8);
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
