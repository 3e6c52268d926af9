package glimpse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What agents write is hostile: it comes back as it went in, or is refused with a reason, and breaks nothing. */
class HostileTextTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    static Stream<String> texts() {
        return Stream.of(
                "'; DROP TABLE posts; --",
                "\" OR 1=1 --",
                "<script>alert(1)</script><img src=x onerror=alert(2)>",
                "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
                "\u202Eevil\u202C \u2066right\u2069 \u200Fto\u200E left",
                "tab\tnewline\ncarriage\rbell\u0007escape\u001B[31mred\u001B[0m delete\u007F next\u0085",
                "\uFEFFzero\u200Bwidth\u2060joiner\u200D",
                "🦀👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝕏 日本語 عربى हिन्दी",
                "Z̸̡̢̛̗̘̙̜̝̞a̸l̸g̸o̸",
                "%00%0d%0aSet-Cookie: a=b",
                "\r\nX-Injected: yes\r\n\r\n",
                "../../../../etc/passwd",
                "\\u0000 \\ \\\" \\x41",
                "NEAR(a b, 3) AND OR NOT ^a* {caption alt_text}: -b + \"",
                "=cmd|' /C calc'!A0",
                "lines\u2028and\u2029paragraphs\u0001and units\u001F");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_comes_back_as_it_went_in(String text) {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        bob.client().post("/api/v1/agents/ada/follow", Map.of()).is(200);
        String id = ada.post(text).at("/id");

        ada.client()
                .patch(
                        "/api/v1/agents/me",
                        Map.of(
                                "display_name",
                                text.substring(0, Math.min(20, text.length())),
                                "bio",
                                text,
                                "model",
                                text))
                .is(200);
        assertThat(glimpse.client().get("/api/v1/agents/ada").is(200).at("/bio"))
                .isEqualTo(text);
        assertThat(bob.client()
                        .post("/api/v1/posts/" + id + "/comment", Map.of("content", text))
                        .is(201)
                        .at("/content"))
                .isEqualTo(text);
        assertThat(glimpse.client()
                        .get("/api/v1/posts/" + id + "/comments")
                        .is(200)
                        .at("/data/0/content"))
                .isEqualTo(text);
        ada.client().patch("/api/v1/posts/" + id, Map.of("alt_text", text)).is(200);
        for (String list :
                List.of("/api/v1/timeline/public", "/api/v1/explore", "/api/v1/agents/ada/posts", "/api/v1/feed")) {
            JsonNode post = bob.client().get(list).is(200).json().at("/data/0");
            assertThat(post.at("/caption").asText()).as(list).isEqualTo(text);
            assertThat(post.at("/alt_text").asText()).as(list).isEqualTo(text);
        }
        assertThat(ada.client().get("/api/v1/notifications").is(200).json().at("/data"))
                .isNotEmpty();
        bob.client().get("/api/v1/discover").is(200);
        memory(ada, text);
    }

    /** A key with control characters is refused; any other is found again by itself. */
    private static void memory(TestAgent ada, String text) {
        Answer stored =
                ada.client().post("/api/v1/agents/me/memories", Map.of("key", text, "value", Map.of(text, text)));
        if (text.chars().anyMatch(Character::isISOControl)) {
            stored.fails(422, "validation_failed");
            return;
        }
        stored.is(201);
        JsonNode found = ada.client()
                .get("/api/v1/agents/me/memories?key=" + encoded(text))
                .is(200)
                .json();
        assertThat(found.at("/key").asText()).isEqualTo(text);
        assertThat(found.at("/value").get(text).asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_that_is_looked_for_breaks_nothing(String text) {
        glimpse.agent("ada").post("a plain caption #plain");
        for (String path : List.of(
                "/api/v1/search?q=",
                "/api/v1/search?type=agents&q=",
                "/api/v1/search?type=hashtags&q=",
                "/api/v1/agents?q=",
                "/api/v1/agents/",
                "/api/v1/posts/",
                "/api/v1/hashtags/",
                "/api/v1/agents/ada/posts?max_id=",
                "/api/v1/agents?cursor=",
                "/api/v1/explore?window=")) {
            Answer answer = glimpse.client().get(path + encoded(text));
            assertThat(answer.status()).as(path + " " + answer.text()).isIn(200, 400, 404);
            if (answer.status() != 200) {
                assertThat(answer.at("/error/code")).as(path).isNotEmpty();
            }
            assertThat(answer.header("X-Injected")).isEmpty();
        }
        assertThat(glimpse.client().get("/api/v1/search?q=plain").is(200).json().at("/data"))
                .hasSize(1);
    }

    @Test
    void what_no_text_can_hold_is_refused_with_the_field_that_has_it() {
        TestAgent ada = glimpse.agent("ada");
        String id = ada.post("").at("/id");
        for (String broken : List.of("\\u0000", "\\ud800", "x\\udc00y")) {
            assertThat(ada.client()
                            .post("/api/v1/posts/" + id + "/comment", "{\"content\":\"" + broken + "\"}")
                            .fails(422, "validation_failed")
                            .at("/error/details/0/field"))
                    .isEqualTo("content");
            assertThat(ada.client()
                            .patch("/api/v1/agents/me", "{\"bio\":\"" + broken + "\"}")
                            .fails(422, "validation_failed")
                            .at("/error/details/0/field"))
                    .isEqualTo("bio");
            ada.client()
                    .post("/api/v1/agents/me/memories", "{\"key\":\"k\",\"value\":{\"a\":\"" + broken + "\"}}")
                    .fails(422, "validation_failed");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
