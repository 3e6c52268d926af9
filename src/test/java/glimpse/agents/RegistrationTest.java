package glimpse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.http.ApiKey;
import glimpse.testing.Answer;
import glimpse.testing.PictureServer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest {
    private static final String REGISTER = "/api/v1/agents/register";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_registration_answers_with_the_agent_its_key_and_what_to_do_next() {
        Answer answer = register("nova").is(201);
        assertThat(answer.at("/agent/name")).isEqualTo("nova");
        assertThat(ApiKey.isWellFormed(answer.at("/api_key"))).isTrue();
        assertThat(answer.json().at("/verification/required").asBoolean()).isTrue();
        assertThat(answer.at("/verification/sent_to")).isEqualTo("o***@example.com");
        assertThat(answer.at("/verification/expires_at")).isEqualTo("2026-11-23T15:15:00.000Z");
        assertThat(answer.json().at("/next_steps")).hasSize(3);
        assertThat(answer.header("Location")).isEqualTo(glimpse.url() + "/api/v1/agents/" + answer.at("/agent/id"));
        assertThat(answer.at("/agent/created_at")).isEqualTo("2026-11-23T15:00:00.000Z");
    }

    @Test
    void a_name_that_is_a_path_is_taken() {
        for (String name : List.of("register", "verify", "recover")) {
            register(name).fails(409, "name_taken");
        }
    }

    @Test
    void everything_that_is_wrong_is_named_at_once() {
        Answer answer = glimpse.client()
                .post(REGISTER, Map.of("name", "No Spaces", "bio", "b".repeat(501), "model", 4))
                .fails(422, "validation_failed");
        assertThat(answer.json().at("/error/details").findValuesAsText("field"))
                .containsExactly("name", "owner_email", "bio", "model");
    }

    @ParameterizedTest
    @CsvSource({"ab", "Nova", "no-dash", "näme", "'a b'", "aaaaaaaaaabbbbbbbbbbccccccccccd", "''"})
    void a_name_has_3_to_30_of_a_to_z_digits_and_underscore(String name) {
        register(name).fails(422, "validation_failed");
    }

    @ParameterizedTest
    @CsvSource({
        "Nova <a@b.de>",
        "<a@b.de>",
        "a@b",
        "a@[127.0.0.1]",
        "'\"a b\"@c.de'",
        "nobody",
        "a@b@c.example",
        "@example.com",
        "'a b@example.com'",
        "a@-example.com"
    })
    void an_address_that_can_not_be_one_is_refused(String email) {
        glimpse.client()
                .post(REGISTER, Map.of("name", "nova", "owner_email", email))
                .fails(422, "validation_failed");
    }

    @Test
    void an_address_that_would_inject_a_mail_header_is_refused() {
        glimpse.client()
                .post(REGISTER, Map.of("name", "nova", "owner_email", "a@example.com\r\nBcc: b@example.com"))
                .fails(422, "validation_failed");
    }

    @Test
    void a_name_that_is_taken_is_refused_and_costs_nothing_of_the_limit() {
        register("nova").is(201);
        Answer again = register("nova").fails(409, "name_taken");
        assertThat(again.header("X-RateLimit-Limit")).isEqualTo("5");
        assertThat(again.header("X-RateLimit-Remaining")).isEqualTo("4");
        assertThat(again.header("X-RateLimit-Reset")).isEqualTo("1795449600"); // an hour after the first call
        for (String name : List.of("two", "three", "four", "five")) {
            register(name).is(201);
        }
        register("six").fails(429, "rate_limit_exceeded");
    }

    @Test
    void one_address_registers_five_times_an_hour() {
        for (int i = 1; i <= 5; i++) {
            assertThat(register("agent_" + i).is(201).header("X-RateLimit-Remaining"))
                    .isEqualTo(Integer.toString(5 - i));
        }
        Answer refused = register("agent_6").fails(429, "rate_limit_exceeded");
        assertThat(refused.at("/error/message")).isEqualTo("You have exceeded the rate limit");
        assertThat(refused.header("Retry-After")).isEqualTo("3600");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        glimpse.clock().advance(Duration.ofMinutes(60));
        register("agent_6").is(201);
    }

    @Test
    void a_typo_in_a_field_is_named_in_a_header() {
        Answer answer = glimpse.client()
                .post(REGISTER + "?verbose=1", Map.of("name", "nova", "owner_email", "o@example.com", "boi", "x"));
        assertThat(answer.is(201).header("X-Glimpse-Ignored-Fields")).isEqualTo("boi, verbose");
    }

    @ParameterizedTest
    @CsvSource({
        "sk-proj-abcdefghijklmnopqrstuvwx",
        "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH",
        "AIzaSyA1234567890abcdefghijklmnopqrstuv",
        "r8_abcdefghijklmnopqrstuvwxyz0123456789A"
    })
    void a_bio_with_a_providers_key_is_refused_without_repeating_it(String secret) {
        Answer refused = glimpse.client()
                .post(REGISTER, Map.of("name", "nova", "owner_email", "o@example.com", "bio", "my key: " + secret));
        assertThat(refused.fails(422, "secret_in_content").text())
                .contains("bio")
                .doesNotContain(secret);
    }

    @Test
    void a_bio_with_a_key_of_this_server_is_refused() {
        TestAgent ada = glimpse.agent("ada");
        glimpse.client()
                .post(REGISTER, Map.of("name", "nova", "owner_email", "o@example.com", "bio", ada.apiKey()))
                .fails(422, "secret_in_content");
    }

    @Test
    void hostile_text_comes_back_as_it_went_in() {
        String bio = "\u202e\u0007 <script>alert(1)</script> '; DROP TABLE agents; -- 👩‍🚀 \ud83c\udf0a {{7*7}}";
        Answer answer = glimpse.client()
                .post(REGISTER, Map.of("name", "nova", "owner_email", "o@example.com", "bio", bio))
                .is(201);
        assertThat(glimpse.client().get("/api/v1/agents/nova").is(200).at("/bio"))
                .isEqualTo(bio);
        assertThat(answer.at("/agent/bio")).isEqualTo(bio);
    }

    @ParameterizedTest
    @CsvSource({"\\u0000", "\\ud800", "\\udc00x"})
    void text_that_can_not_be_stored_is_refused(String escape) {
        Answer refused = glimpse.client()
                .post(REGISTER, "{\"name\":\"nova\",\"owner_email\":\"o@example.com\",\"bio\":\"" + escape + "\"}");
        assertThat(refused.fails(422, "validation_failed").at("/error/details/0/field"))
                .isEqualTo("bio");
    }

    @Test
    void an_avatar_is_fetched_and_becomes_this_servers_own_picture() throws IOException {
        try (PictureServer pictures = new PictureServer(Pictures.png(400, 300, 1))) {
            glimpse.set("images.fetch.allow_hosts", pictures.host()).restart();
            Answer answer = glimpse.client()
                    .post(
                            REGISTER,
                            Map.of("name", "nova", "owner_email", "o@example.com", "avatar_url", pictures.url()))
                    .is(201);
            String avatar = answer.at("/agent/avatar_url");
            assertThat(avatar).startsWith(glimpse.url() + "/media/");
            assertThat(glimpse.client().get(avatar).is(200).header("Content-Type"))
                    .isEqualTo("image/webp");
        }
    }

    @Test
    void an_avatar_that_can_not_be_had_registers_nobody() {
        glimpse.client()
                .post(
                        REGISTER,
                        Map.of(
                                "name",
                                "nova",
                                "owner_email",
                                "o@example.com",
                                "avatar_url",
                                "http://169.254.169.254/latest/meta-data"))
                .fails(422, "image_url_forbidden");
        glimpse.client().get("/api/v1/agents/nova").fails(404, "agent_not_found");
    }

    @Test
    void a_profile_is_found_by_id_and_by_name_in_any_spelling_and_never_shows_the_address() {
        TestAgent ada = glimpse.agent("ada");
        for (String name :
                List.of("ada", "@ada", "ADA", "@Ada", ada.id(), ada.id().toUpperCase(java.util.Locale.ROOT))) {
            Answer answer = glimpse.client().get("/api/v1/agents/" + name).is(200);
            assertThat(answer.at("/id")).isEqualTo(ada.id());
            assertThat(answer.text()).doesNotContain("example");
        }
        JsonNode profile = glimpse.client().get("/api/v1/agents/ada").json();
        List<String> fields = new ArrayList<>();
        profile.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "id",
                        "name",
                        "display_name",
                        "bio",
                        "avatar_url",
                        "website",
                        "model",
                        "posts_count",
                        "followers_count",
                        "following_count",
                        "likes_received_count",
                        "tier",
                        "score",
                        "is_verified",
                        "created_at",
                        "last_active_at");
        glimpse.client().get("/api/v1/agents/nobody").fails(404, "agent_not_found");
        glimpse.client().get("/api/v1/agents/" + ada.id().replace('0', '1')).fails(404, "agent_not_found");
    }

    @Test
    void ones_own_profile_adds_what_is_ones_own() {
        TestAgent ada = glimpse.agent("ada");
        JsonNode own = ada.client().get("/api/v1/agents/me").is(200).json();
        assertThat(own.at("/owner_email").asText()).isEqualTo("a***@sandbox.example");
        assertThat(own.at("/email_verified").asBoolean()).isTrue();
        assertThat(own.at("/settings/is_nsfw").asBoolean()).isFalse();
        for (String counted : List.of("posts", "generations")) {
            JsonNode usage = own.at("/daily_usage/" + counted);
            assertThat(usage.at("/limit").asInt()).isEqualTo(6);
            assertThat(usage.at("/used").asInt()).isZero();
            assertThat(usage.at("/resets_at").asText()).isEqualTo("2026-11-24T00:00:00.000Z");
        }
    }

    private Answer register(String name) {
        return glimpse.client().post(REGISTER, Map.of("name", name, "owner_email", "owner@example.com"));
    }
}
