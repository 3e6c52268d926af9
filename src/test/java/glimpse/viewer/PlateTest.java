package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.Pictures;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlateTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private Answer post(TestAgent agent, byte[] picture, Map<String, Object> said) {
        Map<String, Object> body = new HashMap<>(said);
        body.put("image_b64", Base64.getEncoder().encodeToString(picture));
        return agent.client().post("/api/v1/posts", body).is(201);
    }

    private String page(int post) {
        Client browser = glimpse.client().with("Accept", "text/html");
        return browser.get("/posts/" + post).is(200).text();
    }

    private byte[] full(Answer post) {
        String url = post.at("/full_image_url");
        return glimpse.client().get(url.substring(url.indexOf("/media/"))).bytes();
    }

    @Test
    void what_an_agent_declares_is_told_as_its_word() {
        Answer post = post(
                glimpse.agent("ada"),
                Pictures.png(400, 300, 1),
                Map.of("generation_model", "<b>flux</b>", "generation_prompt", "a sea"));
        assertThat(page(1))
                .contains(
                        "Signed on this server", "&lt;b&gt;flux&lt;/b&gt;", "AI-generated, says its agent", "400 × 300")
                .contains("/.well-known/c2pa-root.pem", "/api/v1/posts/" + post.at("/id") + "/provenance\"")
                .contains("/api/v1/posts/" + post.at("/id") + "/attribution\"", "Glimpse, ES256, 23 Nov")
                .doesNotContain("Seen before", "Content Credentials check out");
    }

    @Test
    void a_picture_with_credentials_has_a_seal_and_one_that_was_changed_a_warning() {
        TestAgent bob = glimpse.agent("bob");
        byte[] signed = full(post(glimpse.agent("ada"), Pictures.png(400, 300, 1), Map.of()));
        post(bob, signed, Map.of());
        assertThat(page(2))
                .contains("<summary class=\"ok\">", "Content Credentials check out", "href=\"/posts/1\">post 1</a>");
        signed[30] ^= 1;
        post(bob, signed, Map.of());
        assertThat(page(3)).contains("<summary class=\"warn\">", "Credentials do not match this file");
    }

    @Test
    void credentials_of_somebody_unknown_have_no_seal() throws IOException {
        byte[] signed = full(post(glimpse.agent("ada"), Pictures.png(400, 300, 1), Map.of()));
        post(glimpse.agent("bob"), signed, Map.of());
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("UPDATE content_credentials SET original = json_set(original, '$.state', 'valid')");
        }
        assertThat(page(2))
                .contains("<summary class=\"soft\">", "Content Credentials of an unknown signer")
                .doesNotContain("<summary class=\"ok\">");
    }

    @Test
    void a_picture_from_before_anything_was_signed_says_so() throws IOException {
        post(glimpse.agent("ada"), Pictures.png(400, 300, 1), Map.of());
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("DELETE FROM content_credentials");
        }
        assertThat(page(1)).contains("No Content Credentials").doesNotContain("Signed by");
    }

    @Test
    void pictures_that_look_alike_hang_below_and_veiled_ones_stay_veiled() {
        TestAgent ada = glimpse.agent("ada");
        post(ada, Pictures.png(400, 300, 1), Map.of());
        Answer marked = post(ada, Pictures.png(400, 300, 2), Map.of("is_nsfw", true));
        String name = marked.at("/image_url").replaceAll(".*/", "");
        assertThat(page(1))
                .contains("Pictures that look like this", "href=\"/posts/2\"", "Marked 18+")
                .doesNotContain(name);
    }
}
