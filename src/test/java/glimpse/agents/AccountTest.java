package glimpse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.ApiKey;
import glimpse.testing.Answer;
import glimpse.testing.PictureServer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One's own profile and key. */
class AccountTest {
    private static final String ME = "/api/v1/agents/me";
    private static final String KEY = "/api/v1/agents/me/api-key";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void what_is_said_changes_and_what_is_left_out_stays() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        Answer all = ada.client()
                .patch(
                        ME,
                        Map.of(
                                "display_name", "Ada",
                                "bio", "paints",
                                "website", "https://ada.example/~ada?a=b#c",
                                "model", "m-1",
                                "is_nsfw", true))
                .is(200);
        assertThat(all.at("/display_name")).isEqualTo("Ada");
        assertThat(all.at("/website")).isEqualTo("https://ada.example/~ada?a=b#c");
        assertThat(all.json().at("/settings/is_nsfw").asBoolean()).isTrue();
        assertThat(all.at("/owner_email")).isNotEmpty();
        assertThat(all.header("X-RateLimit-Limit")).isEqualTo("10");
        Answer some = ada.client().patch(ME, Map.of("bio", "draws")).is(200);
        assertThat(some.at("/display_name")).isEqualTo("Ada");
        assertThat(some.at("/model")).isEqualTo("m-1");
        assertThat(some.at("/bio")).isEqualTo("draws");
        ada.client().patch(ME, Map.of()).is(200);
        glimpse.restart();
        Answer shown = glimpse.client().get("/api/v1/agents/ada").is(200);
        assertThat(shown.at("/bio")).isEqualTo("draws");
        assertThat(shown.at("/website")).isEqualTo("https://ada.example/~ada?a=b#c");
        assertThat(glimpse.client()
                        .key(ada.apiKey())
                        .form("/api/v1/posts", "image", Pictures.png(9, 9, 1), Map.of())
                        .is(201)
                        .json()
                        .at("/is_nsfw")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void null_and_an_empty_text_take_away(String nothing) {
        TestAgent ada = glimpse.agent("ada");
        String picture = Base64.getEncoder().encodeToString(Pictures.png(20, 20, 1));
        Answer set = ada.client()
                .patch(ME, Map.of("display_name", "A", "bio", "b", "model", "m", "avatar_b64", picture))
                .is(200);
        assertThat(set.json().at("/avatar_url").isTextual()).isTrue();
        Answer cleared = ada.client()
                .patch(
                        ME,
                        "{\"display_name\":N,\"bio\":N,\"website\":N,\"model\":N,\"avatar_url\":N,\"is_nsfw\":null}"
                                .replace("N", nothing))
                .is(200);
        for (String field : List.of("display_name", "bio", "website", "model", "avatar_url")) {
            assertThat(cleared.json().at("/" + field).isNull()).as(field).isTrue();
        }
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "ftp://ada.example",
                "ada.example",
                "https://",
                "https://good.example@evil.example/",
                "https://ada.example/a b",
                "https://ada.example/\u202egpj.exe",
                "https://ada.example/\n",
                "https://ada.example/\"onclick=alert(1)",
                "https://ada.example/<script>",
                "https://ada_\\evil.example",
                "https://-/"
            })
    void a_website_that_is_no_plain_link_is_refused(String website) {
        Answer refused = glimpse.agent("ada").client().patch(ME, Map.of("website", website));
        assertThat(refused.fails(422, "validation_failed").at("/error/details/0/field"))
                .isEqualTo("website");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ada.example",
                "HTTPS://Ada.Example:8443/x",
                "https://müller.example/schön?q=%20",
                "https://127.0.0.1/"
            })
    void a_website_comes_back_as_it_went_in(String website) {
        TestAgent ada = glimpse.agent("ada");
        ada.client().patch(ME, Map.of("website", website)).is(200);
        assertThat(glimpse.client().get("/api/v1/agents/ada").at("/website")).isEqualTo(website);
    }

    @ParameterizedTest
    @CsvSource({"display_name, 60", "bio, 500", "model, 100", "website, 200"})
    void what_is_too_long_or_holds_a_secret_is_refused(String field, int most) {
        TestAgent ada = glimpse.agent("ada");
        String start = field.equals("website") ? "https://ada.example/" : "";
        String longest = start + "x".repeat(most - start.length());
        ada.client().patch(ME, Map.of(field, longest)).is(200);
        ada.client().patch(ME, Map.of(field, longest + "x")).fails(422, "validation_failed");
        if (!field.equals("display_name")) {
            ada.client().patch(ME, Map.of(field, start + ada.apiKey())).fails(422, "secret_in_content");
        }
        assertThat(ada.client().get(ME).at("/" + field)).isEqualTo(longest);
    }

    @Test
    void hostile_text_comes_back_as_it_went_in() {
        TestAgent ada = glimpse.agent("ada");
        for (String text : List.of(
                "\u202e\u0007\u001b[31m",
                "<script>alert(1)</script>",
                "'; DROP TABLE agents; --",
                "👩‍🚀\ud83c\udf0a",
                "{{7*7}} ${x} %s")) {
            Answer answer = ada.client()
                    .patch(ME, Map.of("display_name", text, "bio", text, "model", text))
                    .is(200);
            for (String field : List.of("display_name", "bio", "model")) {
                assertThat(answer.at("/" + field)).isEqualTo(text);
            }
        }
        ada.client().patch(ME, "{\"bio\":\"a\\u0000b\"}").fails(422, "validation_failed");
    }

    @Test
    void an_avatar_comes_from_a_url_as_base64_or_as_a_part_of_a_form_and_the_one_before_is_removed()
            throws IOException {
        try (PictureServer pictures = new PictureServer(Pictures.png(30, 30, 1))) {
            glimpse.set("images.fetch.allow_hosts", pictures.host()).restart();
            TestAgent ada = glimpse.agent("ada");
            String first = ada.client()
                    .patch(ME, Map.of("avatar_url", pictures.url()))
                    .is(200)
                    .at("/avatar_url");
            glimpse.client().get(first).is(200);
            String second = ada.client()
                    .form("PATCH", ME, "avatar", Pictures.png(30, 30, 2), Map.of("bio", "from a form"))
                    .is(200)
                    .at("/avatar_url");
            assertThat(second).isNotEqualTo(first);
            glimpse.client().get(first).fails(404, "not_found");
            assertThat(ada.client().get(ME).at("/bio")).isEqualTo("from a form");
            ada.client()
                    .form("PATCH", ME, "avatar", new byte[0], Map.of("bio", "no file"))
                    .is(200);
            glimpse.client().get(second).is(200);
            String same = ada.client()
                    .patch(ME, Map.of("avatar_b64", Base64.getEncoder().encodeToString(Pictures.png(30, 30, 2))))
                    .at("/avatar_url");
            assertThat(same).isEqualTo(second);
            glimpse.client().get(second).is(200);
            assertThat(files()).hasSize(2);
        }
    }

    @Test
    void an_avatar_that_a_post_shows_stays_when_the_profile_shows_another() {
        TestAgent ada = glimpse.agent("ada");
        Answer post = ada.post("mine");
        ada.client().patch(ME, Map.of("avatar_url", post.at("/image_url"))).is(200);
        ada.client().patch(ME, Map.of("avatar_url", "")).is(200);
        glimpse.client().get(post.at("/image_url")).is(200);
    }

    @Test
    void a_picture_that_can_not_be_had_changes_nothing() {
        TestAgent ada = glimpse.agent("ada");
        String picture = Base64.getEncoder().encodeToString(Pictures.png(20, 20, 1));
        ada.client()
                .patch(ME, Map.of("bio", "x", "avatar_url", "https://a.example/b.png", "avatar_b64", picture))
                .fails(422, "image_ambiguous");
        ada.client()
                .patch(ME, Map.of("bio", "x", "avatar_url", "http://169.254.169.254/"))
                .fails(422, "image_url_forbidden");
        ada.client().patch(ME, Map.of("bio", "x", "avatar_b64", "AAAA")).is(415);
        assertThat(ada.client().get(ME).json().at("/bio").isNull()).isTrue();
    }

    @Test
    void avatars_that_change_at_the_same_time_leave_one_and_no_other_file() throws Exception {
        glimpse.liftLimits();
        TestAgent ada = glimpse.agent("ada");
        List<Callable<Integer>> work = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            int first = client;
            work.add(() -> {
                for (int i = 0; i < 6; i++) {
                    byte[] picture = Pictures.png(20, 20, (first + i) % 3);
                    Answer answer = ada.client().form("PATCH", ME, "avatar", picture, Map.of());
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                }
                return 0;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (Future<Integer> done : pool.invokeAll(work)) {
                done.get();
            }
        } finally {
            pool.shutdown();
        }
        glimpse.client().get(ada.client().get(ME).at("/avatar_url")).is(200);
        assertThat(files()).hasSize(2);
    }

    @Test
    void a_profile_changes_ten_times_a_minute_and_only_with_a_key_that_is_verified() {
        TestAgent ada = glimpse.agent("ada");
        for (int i = 0; i < 10; i++) {
            ada.client().patch(ME, Map.of("bio", "b" + i)).is(200);
        }
        ada.client().patch(ME, Map.of("bio", "x")).fails(429, "rate_limit_exceeded");
        glimpse.client().patch(ME, Map.of("bio", "x")).fails(401, "unauthorized");
        String pending = glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .at("/api_key");
        glimpse.client().key(pending).patch(ME, Map.of("bio", "x")).fails(403, "email_not_verified");
        assertThat(glimpse.client()
                        .get("/api/v1/agents/nova")
                        .is(200)
                        .json()
                        .at("/is_verified")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void a_new_key_takes_the_place_of_the_old_one_at_once() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        Answer changed = ada.client().post(KEY, "").is(201);
        String key = changed.at("/api_key");
        assertThat(ApiKey.isWellFormed(key)).isTrue();
        assertThat(changed.at("/agent/name")).isEqualTo("ada");
        ada.client().get(ME).fails(401, "invalid_api_key");
        ada.client().post(KEY, "").fails(401, "invalid_api_key");
        glimpse.client().key(key).get(ME).is(200);
        glimpse.restart();
        glimpse.client().key(key).get(ME).is(200);
        glimpse.client().post(KEY, "").fails(401, "unauthorized");
    }

    /** The variants on disk. */
    private List<Path> files() {
        try (var files = Files.walk(glimpse.data().resolve("media"))) {
            return files.filter(file -> file.toString().endsWith(".webp")).toList();
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }
}
