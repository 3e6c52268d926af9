package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.EventClient;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Before a visitor says to be of age, nothing names a picture that is marked 18+. */
class AgeGateTest {
    private static final List<String> EVERYWHERE = List.of(
            "/",
            "/?view=feed",
            "/?part=items",
            "/explore",
            "/discover",
            "/agents",
            "/agents/ada",
            "/agents/ada?view=feed",
            "/tags/bare",
            "/search?q=secret",
            "/search?q=ad&type=agents",
            "/posts/1",
            "/posts/1/embed",
            "/posts/2",
            "/feed.atom",
            "/agents/ada/feed.atom",
            "/tags/bare/feed.atom",
            "/sitemap.xml");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private Client browser() {
        return glimpse.client().with("Accept", "text/html");
    }

    private JsonNode marked() {
        TestAgent ada = glimpse.agent("ada");
        Answer post = ada.post("A secret caption #bare");
        ada.client()
                .patch("/api/v1/posts/1", Map.of("is_nsfw", true, "alt_text", "A secret description"))
                .is(200);
        ada.post("For everybody");
        return post.json();
    }

    private static List<String> telling(JsonNode post) {
        return List.of(
                file(post, "image_url"),
                file(post, "thumbnail_url"),
                file(post, "full_image_url"),
                post.at("/blurhash").asText(),
                "secret caption",
                "secret description");
    }

    private static String file(JsonNode post, String field) {
        return post.at("/" + field).asText().replaceAll(".*/", "");
    }

    @Test
    void before_the_gate_no_page_or_feed_names_it() {
        List<String> telling = telling(marked());
        for (String path : EVERYWHERE) {
            assertThat(browser().get(path).is(200).text()).as(path).doesNotContain(telling);
        }
        assertThat(browser().get("/").text()).contains("Marked 18+", "href=\"/posts/1\"");
        assertThat(browser().get("/posts/1").text())
                .contains("This picture is marked 18+", "action=\"/age?back=%2Fposts%2F1\"", "noindex")
                .doesNotContain("og:image");
        String embed = "/oembed?url=" + glimpse.url() + "/posts/1";
        assertThat(glimpse.client().get(embed).is(200).text())
                .doesNotContain(telling)
                .doesNotContain("/media/");
        assertThat(browser().get("/sitemap.xml").text())
                .doesNotContain("/posts/1<")
                .contains("/posts/2<");
    }

    @Test
    void before_the_gate_neither_tags_nor_words_tell_of_it() {
        marked();
        glimpse.agent("bob").post("By the sea #calm");
        for (String path : List.of("/", "/explore", "/discover", "/search", "/search?q=ba&type=tags")) {
            assertThat(browser().get(path).is(200).text()).as(path).doesNotContain("/tags/bare");
            assertThat(browser().with("Cookie", "age=18").get(path).text())
                    .as(path)
                    .contains("/tags/bare");
        }
        assertThat(browser().get("/").text()).contains("/tags/calm");
        assertThat(browser().get("/search?q=secret").text()).doesNotContain("/posts/1\"");
        assertThat(browser().with("Cookie", "age=18").get("/search?q=secret").text())
                .contains("/posts/1\"");
    }

    @Test
    void passing_it_is_a_form_that_sets_a_cookie() {
        JsonNode post = marked();
        Answer passed = browser()
                .with("Sec-Fetch-Site", "same-origin")
                .send("POST", "/age?back=%2Fposts%2F1", BodyPublishers.noBody())
                .is(303);
        assertThat(passed.header("Location")).isEqualTo("/posts/1");
        assertThat(passed.header("Set-Cookie")).isEqualTo("age=18; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
        Client adult = browser().with("Cookie", "theme=dark; age=18");
        assertThat(adult.get("/posts/1").is(200).text())
                .contains(file(post, "image_url"), "A secret caption", "A secret description")
                .doesNotContain("og:image", "This picture is marked");
        assertThat(adult.get("/").text()).contains(file(post, "image_url"));
        assertThat(adult.get("/feed.atom").text()).doesNotContain(file(post, "image_url"));
        assertThat(browser().with("Cookie", "age=17; xage=18").get("/").text()).doesNotContain(file(post, "image_url"));
    }

    @Test
    void a_page_of_another_site_sends_nobody_through_it() {
        Answer refused = browser()
                .with("Sec-Fetch-Site", "cross-site")
                .send("POST", "/age", BodyPublishers.noBody())
                .is(403);
        assertThat(refused.header("Set-Cookie")).isEmpty();
        browser()
                .with("Origin", "https://evil.example")
                .send("POST", "/age", BodyPublishers.noBody())
                .is(403);
        browser()
                .with("Origin", "null")
                .send("POST", "/age", BodyPublishers.noBody())
                .is(403);
        browser()
                .with("Origin", glimpse.url())
                .send("POST", "/age", BodyPublishers.noBody())
                .is(303);
        browser().get("/age").is(405);
    }

    @Test
    void a_picture_that_was_painted_here_is_veiled_as_any_other() {
        TestAgent ada = glimpse.agent("ada");
        String url = ada.client()
                .with("X-Image-Provider", "sandbox")
                .with("X-Image-Key", "none")
                .post("/api/v1/images/generate", Map.of("prompt", "a sea"))
                .is(201)
                .at("/image_url");
        JsonNode post = ada.client()
                .post("/api/v1/posts", Map.of("image_url", url, "caption", "", "is_nsfw", true))
                .is(201)
                .json();
        for (String path : List.of("/", "/posts/1", "/agents", "/agents/ada", "/discover", "/feed.atom")) {
            assertThat(browser().get(path).is(200).text())
                    .as(path)
                    .doesNotContain(
                            file(post, "image_url"),
                            file(post, "thumbnail_url"),
                            post.at("/blurhash").asText());
        }
    }

    @Test
    void agents_see_all() {
        JsonNode post = marked();
        assertThat(glimpse.client().get("/api/v1/timeline/public").text()).contains(file(post, "image_url"));
    }

    @Test
    void a_marked_picture_stays_veiled_where_it_comes_back_unmarked_or_as_a_face() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        JsonNode post = ada.post("First").json();
        ada.client().patch("/api/v1/posts/1", Map.of("is_nsfw", true)).is(200);
        bob.client()
                .post("/api/v1/posts", Map.of("image_url", post.at("/image_url").asText(), "caption", "Second"))
                .is(201);
        bob.client()
                .patch(
                        "/api/v1/agents/me",
                        Map.of("avatar_url", post.at("/image_url").asText()))
                .is(200);
        for (String path : List.of("/", "/posts/2", "/agents", "/agents/bob", "/discover", "/feed.atom")) {
            assertThat(browser().get(path).is(200).text())
                    .as(path)
                    .doesNotContain(file(post, "image_url"), file(post, "thumbnail_url"));
        }
        assertThat(browser().with("Cookie", "age=18").get("/agents/bob").text())
                .contains(file(post, "thumbnail_url"))
                .doesNotContain("og:image");
        assertThat(browser().get("/sitemap.xml").text()).doesNotContain("/posts/");
    }

    @Test
    void open_pages_are_told_of_it_without_its_name() throws Exception {
        TestAgent ada = glimpse.agent("ada");
        try (EventClient live = new EventClient(glimpse.url() + "/live?after=0", 4_096)) {
            JsonNode open = ada.post("Open").json();
            assertThat(live.events(1).get(0).data()).contains(file(open, "thumbnail_url"));
        }
        JsonNode post = ada.post("Closed").json();
        ada.client().patch("/api/v1/posts/2", Map.of("is_nsfw", true)).is(200);
        try (EventClient live = new EventClient(glimpse.url() + "/live?after=1", 4_096)) {
            assertThat(live.events(1).get(0).data())
                    .isEqualTo("{\"seq\":2,\"thumbnail\":null}")
                    .doesNotContain(telling(post));
        }
    }
}
