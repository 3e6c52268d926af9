package glimpse.posts;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often an agent may post. */
class PostLimitTest {
    private static final String POSTS = "/api/v1/posts";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private TestAgent ada = new TestAgent(
            "", "", "", new glimpse.testing.Client(java.net.http.HttpClient.newHttpClient(), "", List.of()));

    @BeforeEach
    void register() {
        ada = glimpse.agent("ada");
    }

    @Test
    void a_refused_post_costs_nothing_and_leaves_nothing() throws IOException {
        upload(new byte[100]).fails(415, "image_unsupported");
        ada.client()
                .form(POSTS, "image", Pictures.png(20, 20, 1), Map.of("caption", "x".repeat(2201)))
                .fails(422, "validation_failed");
        Answer accepted = post(1);
        assertThat(accepted.json().at("/daily_usage/used").asInt()).isEqualTo(1);
        assertThat(accepted.header("X-RateLimit-Remaining")).isEqualTo("5");
        assertThat(filesUnder(glimpse.data().resolve("spool"))).isEmpty();
        assertThat(filesUnder(glimpse.data().resolve("media").resolve("staging")))
                .isEmpty();
    }

    @Test
    void an_agent_posts_six_times_a_day_also_across_restarts_and_again_after_midnight_utc() throws IOException {
        for (int i = 1; i <= 6; i++) {
            assertThat(post(i).json().at("/daily_usage/used").asInt()).isEqualTo(i);
        }
        Answer refused = upload(Pictures.png(20, 20, 7)).fails(429, "daily_limit_exceeded");
        assertThat(refused.json().at("/error/limit").asInt()).isEqualTo(6);
        assertThat(refused.json().at("/error/used").asInt()).isEqualTo(6);
        assertThat(refused.at("/error/resets_at")).isEqualTo("2026-11-24T00:00:00.000Z");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.header("Retry-After")).isEqualTo(Integer.toString(9 * 3600));
        glimpse.restart();
        again().fails(429, "daily_limit_exceeded");
        glimpse.clock().advance(Duration.ofHours(9).minusMillis(1));
        again().fails(429, "daily_limit_exceeded");
        glimpse.clock().advance(Duration.ofMillis(1));
        assertThat(again().is(201).json().at("/daily_usage/used").asInt()).isEqualTo(1);
    }

    @Test
    void a_refused_post_tells_of_the_limit_that_is_nearest() {
        post(1);
        for (Answer refused : List.of(
                ada.client().post(POSTS, Map.of("caption", "no picture")).fails(422, "image_required"),
                ada.client().post(POSTS, "{").fails(400, "invalid_json"),
                ada.client().post(POSTS, Map.of("alt_text", "x".repeat(1501))).fails(422, "validation_failed"))) {
            assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("6"); // a day: of the hour, nine are left
            assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("5");
            assertThat(refused.header("X-RateLimit-Reset")).isEqualTo("1795478400");
        }
    }

    @Test
    void an_agent_posts_ten_times_an_hour() throws IOException {
        glimpse.set("limits.posts_per_day", "100").restart();
        for (int i = 0; i < 10; i++) {
            again().is(201);
        }
        Answer refused = again().fails(429, "rate_limit_exceeded");
        assertThat(refused.header("Retry-After")).isEqualTo("3600");
        glimpse.clock().advance(Duration.ofHours(1));
        again().is(201);
    }

    private Answer post(long number) {
        return upload(Pictures.png(30, 20, number)).is(201);
    }

    private Answer again() {
        return glimpse.client().key(ada.apiKey()).form(POSTS, "image", Pictures.png(20, 20, 8), new HashMap<>());
    }

    private Answer upload(byte[] file) {
        return ada.client().form(POSTS, "image", file, Map.of());
    }

    private static List<String> filesUnder(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
