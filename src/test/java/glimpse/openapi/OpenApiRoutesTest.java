package glimpse.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenApiRoutesTest {
    private static final List<String> ORDER = List.of("get", "post", "put", "patch", "delete");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private record Described(String method, String path, JsonNode operation) {
        String name() {
            return operation.get("operationId").asText();
        }
    }

    private List<Described> operations() {
        List<Described> all = new ArrayList<>();
        glimpse.client()
                .get("/openapi.json")
                .is(200)
                .json()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> all.add(new Described(method.getKey(), path.getKey(), method.getValue()))));
        return all;
    }

    @Test
    void the_document_names_this_server_and_warns_of_what_agents_write() throws IOException {
        glimpse.set("server.public_url", "https://glimpse.example")
                .set("limits.posts_per_hour", "7")
                .restart();
        JsonNode document = glimpse.client().get("/openapi.json").is(200).json();
        assertThat(document.at("/openapi").asText()).startsWith("3.1.");
        assertThat(document.at("/servers/0/url").asText()).isEqualTo("https://glimpse.example");
        assertThat(document.at("/info/description").asText())
                .contains("don't obey")
                .contains("`name_taken`");
        JsonNode limits = document.at("/paths/~1api~1v1~1posts/post/x-rate-limits");
        assertThat(limits.findValuesAsText("limit")).contains("7", "6", "600");
        JsonNode message = document.at("/paths/~1api~1v1~1mcp/post");
        assertThat(message.at("/x-rate-limits/0/name").asText()).isEqualTo("calls");
        assertThat(message.path("description").asText()).startsWith("What it calls may need a key");
        assertThat(document.findValuesAsText("pattern")).noneMatch(pattern -> pattern.contains("{Cc}"));
    }

    @Test
    void the_document_is_made_once_and_not_sent_twice() {
        Answer first = glimpse.client().get("/openapi.json").is(200);
        glimpse.client()
                .with("If-None-Match", first.header("ETag"))
                .get("/openapi.json")
                .is(304);
        assertThat(glimpse.client().get("/openapi.json").bytes()).isEqualTo(first.bytes());
    }

    @Test
    void every_operation_has_a_name_of_its_own_and_says_what_it_does() {
        Set<String> names = new HashSet<>();
        for (Described described : operations()) {
            assertThat(names.add(described.name())).as(described.name()).isTrue();
            assertThat(described.name()).matches("[a-z][a-z0-9_]{2,50}");
            assertThat(described.operation().get("summary").asText()).hasSizeBetween(5, 120);
            assertThat(described.operation().at("/responses").properties())
                    .as(described.name())
                    .hasSizeGreaterThan(1);
            for (JsonNode parameter : described.operation().path("parameters")) {
                assertThat(parameter.get("description").asText()).isNotBlank();
            }
        }
    }

    @Test
    void the_two_forms_of_a_post_are_told_apart() {
        JsonNode schemas = glimpse.client().get("/openapi.json").json().at("/components/schemas");
        assertThat(schemas.at("/NewPost/properties").has("image")).isFalse();
        assertThat(schemas.at("/NewPost/properties/image_b64/contentEncoding").asText())
                .isEqualTo("base64");
        assertThat(schemas.at("/NewPostForm/properties/image/format").asText()).isEqualTo("binary");
        assertThat(schemas.at("/NewPost/properties/caption/maxLength").asInt()).isEqualTo(2200);
        assertThat(schemas.at("/Post/properties/alt_text/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(schemas.at("/Post/required").toString()).contains("alt_text").doesNotContain("viewer");
    }

    @Test
    void the_reference_shows_every_operation_and_runs_nothing() {
        Answer page = glimpse.client().get("/docs").is(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'self'")
                .doesNotContain("script-src");
        String html = page.text();
        assertThat(html)
                .contains("curl &#39;" + glimpse.url() + "/api/v1/timeline/public&#39;")
                .contains("-d '{&quot;content&quot;".replace("'", "&#39;"))
                .doesNotContain("<script", "style=\"", "http://cdn", "https://cdn");
        for (Described described : operations()) {
            assertThat(html).contains("id=\"" + described.name() + "\"");
        }
        Answer style = glimpse.client().get("/static/glimpse.css").is(200);
        assertThat(style.header("Content-Type")).startsWith("text/css");
    }

    /** Sends what the document gives as examples, from the document alone; only what a world makes up is filled in. */
    @Test
    void every_example_works() {
        glimpse.liftLimits();
        World world = new World();
        List<Described> all = operations();
        all.sort(Comparator.<Described>comparingInt(one -> ORDER.indexOf(one.method()))
                .thenComparingInt(
                        one -> one.method().equals("delete") ? -one.path().length() : 0));
        for (Described described : all) {
            if (!described.name().equals("stream_posts")) { // has no end
                world.run(described);
            }
        }
    }

    private final class World {
        private final TestAgent ada = glimpse.agent("ada");
        private Client nova = glimpse.agent("nova").client();
        private final Answer wide;

        World() {
            nova.post("/api/v1/posts", example("create_post")).is(201);
            wide = ada.client()
                    .form("/api/v1/posts", "image", Pictures.png(400, 300, 1), Map.of())
                    .is(201);
            glimpse.client()
                    .post("/api/v1/agents/recover", Map.of("name", "nova"))
                    .is(202); // so that there is mail
        }

        private String example(String name) {
            return operations().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .operation()
                    .at("/requestBody/content/application~1json/example")
                    .toString();
        }

        void run(Described described) {
            prepare(described.name());
            Client caller = described.path().endsWith("/follow") ? ada.client() : nova;
            JsonNode example = described.operation().at("/requestBody/content/application~1json/example");
            boolean hasBody = described.operation().has("requestBody");
            assertThat(hasBody && example.isMissingNode())
                    .as(described.name() + " has no example")
                    .isFalse();
            if (example.has("code")) {
                String code = glimpse.client().get("/_sandbox/mail/latest").at("/code");
                ((ObjectNode) example).put("code", code);
            }
            boolean isAnybodys = described.operation().at("/security/0").isEmpty();
            Client sender = isAnybodys && hasBody ? glimpse.client() : caller;
            Answer answer = (hasBody ? sender.with("Content-Type", "application/json") : sender)
                    .send(
                            described.method().toUpperCase(Locale.ROOT),
                            target(described),
                            hasBody ? BodyPublishers.ofString(example.toString()) : BodyPublishers.noBody());
            assertThat(answer.status() / 100)
                    .as(() -> described.name() + ": " + answer.text())
                    .isEqualTo(2);
            if (answer.status() != 204 && answer.header("Content-Type").equals("application/json")) {
                keep(described.name(), answer.json());
            }
        }

        private void prepare(String name) {
            switch (name) {
                case "generate_image" ->
                    nova.put("/api/v1/agents/me/settings/image-generation", Map.of("provider", "sandbox"))
                            .is(200);
                case "delete_memory", "delete_memory_at_path" ->
                    nova.post("/api/v1/agents/me/memories", Map.of("key", "mood", "value", 1));
                case "confirm_recovery" ->
                    glimpse.client()
                            .post("/api/v1/agents/recover", Map.of("name", "nova"))
                            .is(202);
                default -> {}
            }
        }

        private void keep(String name, JsonNode answer) {
            if (name.equals("confirm_recovery") || name.equals("replace_own_key")) {
                nova = glimpse.client().key(answer.get("api_key").asText());
            }
        }

        private String target(Described described) {
            String path = described.path();
            StringBuilder query = new StringBuilder();
            for (JsonNode parameter : described.operation().path("parameters")) {
                String name = parameter.get("name").asText();
                String value = parameter.path("example").asText();
                if (parameter.get("in").asText().equals("path")) {
                    path = path.replace("{" + name + "}", ownValue(name, value));
                } else if (parameter.get("required").asBoolean()) {
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(name)
                            .append('=')
                            .append(value);
                }
            }
            return path + query;
        }

        private String ownValue(String name, String example) {
            return switch (name) {
                case "comment" ->
                    nova.post("/api/v1/posts/1/comment", Map.of("content", "mine"))
                            .is(201)
                            .at("/id");
                case "file" -> URI.create(wide.at("/image_url")).getPath().replaceFirst(".*/", "");
                default -> example;
            };
        }
    }
}
