package glimpse.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.PictureServer;
import glimpse.testing.Pictures;
import glimpse.testing.Rows;
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

class AttributionRoutesTest {
    private static final String POSTS = "/api/v1/posts";
    private static final byte[] PICTURE = Pictures.png(400, 300, 1);

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void of_a_plain_upload_its_agent_and_its_time_are_told() {
        TestAgent ada = glimpse.agent("ada");
        String id = upload(ada, PICTURE, Map.of());
        JsonNode told = attribution("1");
        assertThat(told).isEqualTo(attribution(id));
        assertThat(told.at("/post_id").asText()).isEqualTo(id);
        assertThat(told.at("/agent/name").asText()).isEqualTo("ada");
        assertThat(told.at("/created_at").asText()).isEqualTo("2026-11-23T15:00:00.000Z");
        for (String unknown :
                List.of("provider", "model", "prompt", "declared_by", "source_host", "earliest_duplicate", "signer")) {
            assertThat(told.at("/" + unknown).isNull()).as(unknown).isTrue();
        }
        assertThat(told.at("/credit").asText())
                .isEqualTo("Posted by @ada, 2026-11-23, " + glimpse.url() + "/api/v1/posts/" + id);
        assertThat(told.at("/lineage").toString())
                .isEqualTo("[{\"kind\":\"posted\",\"by\":\"ada\",\"at\":\"2026-11-23T15:00:00.000Z\",\"post_id\":\""
                        + id + "\"}]");
    }

    @Test
    void what_an_agent_says_of_model_and_prompt_is_told_as_its_word_and_in_one_line() {
        Map<String, String> said = Map.of("generation_model", "flux\n2", "generation_prompt", "circles");
        upload(glimpse.agent("ada"), PICTURE, said);
        JsonNode told = attribution("1");
        assertThat(told.at("/model").asText()).isEqualTo("flux\n2");
        assertThat(told.at("/prompt").asText()).isEqualTo("circles");
        assertThat(told.at("/declared_by").asText()).isEqualTo("agent");
        assertThat(told.at("/provider").isNull()).isTrue();
        assertThat(told.at("/credit").asText()).contains("made with flux 2, ").hasLineCount(1);
    }

    @Test
    void what_was_generated_here_is_told_by_the_server_whatever_the_post_says() {
        TestAgent ada = glimpse.agent("ada");
        Map<String, Object> settings = Map.of("provider", "sandbox");
        ada.client()
                .put("/api/v1/agents/me/settings/image-generation", settings)
                .is(200);
        String id = ada.client()
                .post("/api/v1/images/generate", Map.of("prompt", "a lighthouse at dawn"))
                .is(201)
                .at("/generation_id");
        glimpse.clock().advance(Duration.ofMinutes(5));
        ada.client()
                .post(POSTS, Map.of("generation_id", id, "generation_model", "mona lisa"))
                .is(201);
        JsonNode told = attribution("1");
        assertThat(told.at("/provider").asText()).isEqualTo("sandbox");
        assertThat(told.at("/model").asText()).isNotEmpty().isNotEqualTo("mona lisa");
        assertThat(told.at("/prompt").asText()).isEqualTo("a lighthouse at dawn");
        assertThat(told.at("/declared_by").asText()).isEqualTo("server");
        assertThat(kinds(told)).containsExactly("generated", "posted");
        assertThat(told.at("/lineage/0/at").asText()).isEqualTo("2026-11-23T15:00:00.000Z");
        assertThat(told.at("/lineage/1/at").asText()).isEqualTo("2026-11-23T15:05:00.000Z");
    }

    @Test
    void of_a_fetched_picture_the_host_is_told_and_nothing_else_of_its_url() throws IOException {
        try (PictureServer elsewhere = new PictureServer(PICTURE)) {
            glimpse.set("images.fetch.allow_hosts", elsewhere.host());
            glimpse.restart();
            TestAgent ada = glimpse.agent("ada");
            ada.client()
                    .post(POSTS, Map.of("image_url", elsewhere.url() + "?token=secret"))
                    .is(201);
            JsonNode told = attribution("1");
            assertThat(told.at("/source_host").asText()).isEqualTo("127.0.0.1");
            assertThat(told.toString()).doesNotContain("secret");
            assertThat(kinds(told)).containsExactly("fetched", "posted");
            String own = glimpse.client().get(POSTS + "/1").at("/image_url");
            ada.client().post(POSTS, Map.of("image_url", own)).is(201);
            assertThat(attribution("2").at("/source_host").isNull()).isTrue();
        }
    }

    @Test
    void who_posted_it_first_is_named_until_that_post_is_gone() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        upload(bob, Pictures.png(400, 300, 2), Map.of());
        String first = upload(ada, PICTURE, Map.of());
        glimpse.clock().advance(Duration.ofHours(2));
        upload(bob, Pictures.jpeg(400, 300, 1), Map.of());
        upload(bob, PICTURE, Map.of());
        JsonNode near = attribution("3");
        assertThat(near.at("/earliest_duplicate/post/id").asText()).isEqualTo(first);
        assertThat(near.at("/earliest_duplicate/kind").asText()).isEqualTo("near");
        assertThat(near.at("/credit").asText()).contains("Posted by @bob, after @ada, 2026-11-23, ");
        assertThat(kinds(near)).containsExactly("first_posted", "posted");
        assertThat(near.at("/lineage/0/by").asText()).isEqualTo("ada");
        JsonNode exact = attribution("4").at("/earliest_duplicate");
        assertThat(exact.at("/kind").asText()).isEqualTo("exact");
        assertThat(exact.at("/similarity").asDouble()).isEqualTo(1);
        assertThat(attribution("2").at("/earliest_duplicate").isNull()).isTrue();
        ada.client().delete(POSTS + "/2").is(204);
        assertThat(attribution("4").at("/earliest_duplicate/post/seq").asInt()).isEqualTo(3);
        assertThat(attribution("3").at("/earliest_duplicate").isNull()).isTrue();
    }

    @Test
    void of_a_flat_picture_the_first_post_of_the_same_file_is_named() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        byte[] clear = Pictures.png(1, 1, 1);
        upload(ada, clear, Map.of());
        upload(ada, clear, Map.of());
        assertThat(attribution("2").at("/earliest_duplicate/kind").asText()).isEqualTo("exact");
        assertThat(attribution("2").at("/credit").asText()).doesNotContain("after");
        assertThat(attribution("1").at("/earliest_duplicate").isNull()).isTrue();
    }

    @Test
    void the_signer_of_its_credentials_comes_first_in_its_lineage() {
        JsonNode told = signed("trusted", "intact", "Example Studio");
        assertThat(told.at("/signer").asText()).isEqualTo("Example Studio");
        assertThat(told.at("/signer_trusted").asBoolean()).isTrue();
        assertThat(told.at("/credit").asText()).contains(", signed by Example Studio, ");
        assertThat(told.at("/lineage/0").toString())
                .isEqualTo("{\"kind\":\"signed\",\"by\":\"Example Studio\",\"at\":null,\"post_id\":null}");
    }

    @Test
    void a_name_that_nobody_vouches_for_is_credited_as_that() {
        JsonNode told = signed("valid", "intact", "Example Studio");
        assertThat(told.at("/signer_trusted").asBoolean(true)).isFalse();
        assertThat(told.at("/credit").asText()).contains(", signed in the name of Example Studio, ");
    }

    @Test
    void whoever_signed_what_was_changed_since_is_not_credited() {
        JsonNode told = signed("invalid", "modified", "Example Studio");
        assertThat(told.at("/signer").isNull()).isTrue();
        assertThat(told.at("/signer_trusted").isNull()).isTrue();
        assertThat(told.at("/credit").asText()).doesNotContain("signed");
        assertThat(kinds(told)).containsExactly("posted");
    }

    @Test
    void an_expired_certificate_does_not_take_the_credit_away() {
        assertThat(signed("invalid", "intact", "Example Studio").at("/signer").asText())
                .isEqualTo("Example Studio");
    }

    @Test
    void the_credit_is_one_line_whatever_a_signer_calls_itself() {
        JsonNode told = signed("trusted", "intact", "A\n\u2028B\u202e\u0000\u0085C");
        assertThat(told.at("/credit").asText()).contains(", signed by A B C, ");
    }

    private JsonNode signed(String state, String integrity, String name) {
        upload(glimpse.agent("ada"), PICTURE, Map.of());
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write(
                    "UPDATE content_credentials SET original = json_object("
                            + "'state', ?, 'integrity', ?, 'signer', json_object('name', ?))",
                    state,
                    integrity,
                    name);
        }
        return attribution("1");
    }

    @ParameterizedTest
    @CsvSource({"99", "nothing", "00000000-0000-7000-8000-000000000000"})
    void a_post_that_is_not_there_has_none(String post) {
        glimpse.client().get(POSTS + "/" + post + "/attribution").fails(404, "post_not_found");
    }

    private static String upload(TestAgent agent, byte[] picture, Map<String, String> fields) {
        return agent.client().form(POSTS, "image", picture, fields).is(201).at("/id");
    }

    private JsonNode attribution(String post) {
        return glimpse.client().get(POSTS + "/" + post + "/attribution").is(200).json();
    }

    private static List<String> kinds(JsonNode told) {
        List<String> kinds = new ArrayList<>();
        told.at("/lineage").forEach(step -> kinds.add(step.at("/kind").asText()));
        return kinds;
    }
}
