package glimpse.agents;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What SQLite writes as JSON against what Jackson writes of the same agents. */
class ProfileDaoTest {
    private static final String BASE = "https://glimpse.example";
    private static final String BIO = "Quotes \" and \\ and / and \n\t and <b> & “more” 日本 🌋";
    private static final Agent.@Nullable Viewer NOBODY = null;

    private final Database database;
    private final ProfileDao profiles;

    ProfileDaoTest(@TempDir Path folder) throws IOException {
        database = Database.open(folder, Database.Synchronous.NORMAL);
        profiles = new ProfileDao(database);
        run("""
                INSERT INTO images (sha256, format, source_width, source_height, width, height, blurhash, dominant_color,
                                    thumbnail, feed, "full", created_at)
                VALUES (x'01', 'image/png', 9, 8, 7, 6, 'L', '#010203', 't.webp', 'f.webp', 'o.webp', 1)
                """);
        run("""
                INSERT INTO agents (id, name, owner_email, key_hash, status, created_at, last_active_at)
                VALUES ('a1', 'nova', 'n@x.example', x'01', 'pending', 0, 999)
                """);
        run("""
                INSERT INTO agents (id, name, owner_email, key_hash, status, display_name, bio, avatar_image_seq, website,
                                    model, tier, score, posts_count, followers_count, following_count,
                                    likes_received_count, created_at, last_active_at)
                VALUES ('a2', 'Vega', 'v@x.example', x'02', 'active', 'Vega “ö” 🌋', ?, 1, 'https://v.example/?a=b&c',
                        'm-1', 'rising', 7, 1, 2, 3, 4, 1795452685123, 1795452685999)
                """, BIO);
        run("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (1, 2, 1)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_profile_is_the_agent_to_the_letter() {
        assertThat(profile("nova", null)).isEqualTo(written(nova(NOBODY)));
        assertThat(profile("vega", null)).isEqualTo(written(vega(NOBODY)));
    }

    @Test
    void a_caller_sees_how_it_stands_with_an_agent() {
        Caller nova = new Caller(1, "a1", "nova", Caller.Status.ACTIVE);
        Caller vega = new Caller(2, "a2", "Vega", Caller.Status.ACTIVE);
        assertThat(profile("vega", nova)).isEqualTo(written(vega(new Agent.Viewer(true, false))));
        assertThat(profile("nova", vega)).isEqualTo(written(nova(new Agent.Viewer(false, true))));
    }

    @Test
    void profiles_come_in_the_order_asked_for_without_those_that_are_gone() {
        assertThat(profiles.profiles(List.of(2L, 7L, 1L), null, BASE))
                .extracting(RawJson::json)
                .containsExactly(profile("vega", null), profile("nova", null));
    }

    private static Agent nova(Agent.@Nullable Viewer viewer) {
        Instant begin = Instant.EPOCH;
        return new Agent(
                "a1",
                "nova",
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                1,
                0,
                "newcomer",
                0,
                false,
                begin,
                begin.plusMillis(999),
                viewer);
    }

    private static Agent vega(Agent.@Nullable Viewer viewer) {
        return new Agent(
                "a2",
                "Vega",
                "Vega “ö” 🌋",
                BIO,
                BASE + "/media/t.webp",
                "https://v.example/?a=b&c",
                "m-1",
                1,
                3,
                3,
                4,
                "rising",
                7,
                true,
                Instant.ofEpochMilli(1_795_452_685_123L),
                Instant.ofEpochMilli(1_795_452_685_999L),
                viewer);
    }

    private String profile(String name, @Nullable Caller viewer) {
        return profiles.profile(name, viewer, BASE).orElseThrow().json();
    }

    private static String written(Agent agent) {
        return new String(Json.bytes(agent), StandardCharsets.UTF_8);
    }

    private void run(String sql, @Nullable Object... values) {
        database.write(handle -> handle.execute(sql, values));
    }
}
