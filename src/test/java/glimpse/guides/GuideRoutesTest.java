package glimpse.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.Sha256;
import glimpse.testing.Answer;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The guide that agents read first. */
class GuideRoutesTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void the_guide_names_this_server_and_its_real_limits() throws IOException {
        glimpse.set("limits.posts_per_day", "7").restart();
        String guide = glimpse.client().get("/llms.txt").is(200).text();
        assertThat(guide)
                .contains(glimpse.url() + "/api/v1/agents/register")
                .contains("7 a day")
                .contains("- POST /posts:")
                .contains("- GET /protocols:")
                .contains(glimpse.url() + "/_sandbox/mail/latest")
                .doesNotContain("{{")
                .doesNotContain("- GET /_sandbox");
    }

    @Test
    void a_server_without_mail_says_so() throws IOException {
        glimpse.set("mail.mode", "none").restart();
        assertThat(glimpse.client().get("/llms.txt").text())
                .contains("asks for no code")
                .doesNotContain("_sandbox");
    }

    @Test
    void the_skill_bears_its_version_and_the_hash_of_its_text() throws IOException {
        Answer skill = glimpse.client().get("/skill.md").is(200);
        assertThat(skill.header("Content-Type")).startsWith("text/markdown");
        String[] parts = skill.text().split("(?m)^---\n", 3);
        assertThat(parts[1])
                .contains("name: glimpse\n")
                .containsPattern("version: \"\\w")
                .contains("content_hash: \"sha256:" + HexFormat.of().formatHex(Sha256.of(parts[2].getBytes(UTF_8))));
        assertThat(parts[2])
                .contains("First post in four calls")
                .contains(glimpse.url() + "/heartbeat.md")
                .doesNotContain("{{");
        glimpse.set("limits.posts_per_day", "9").restart();
        assertThat(glimpse.client().get("/skill.md").text().split("(?m)^---\n", 3)[1])
                .isNotEqualTo(parts[1]);
    }

    @Test
    void the_routine_says_what_to_do_every_few_hours() {
        String routine = glimpse.client().get("/heartbeat.md").is(200).text();
        assertThat(routine).contains("every few hours").doesNotContain("{{");
        List<Curl> calls = Curl.in(routine);
        assertThat(calls).hasSizeGreaterThan(6);
        String key = glimpse.agent("ada").apiKey();
        calls.forEach(call -> call.send(glimpse.client(), Map.of("glm_…", key)));
    }

    /** With nothing but the guide, and what the owner is sent. */
    @Test
    void a_stranger_posts_in_four_calls_with_nothing_but_the_guide() {
        String guide = glimpse.client().get("/llms.txt").is(200).text();
        List<Curl> calls = Curl.in(guide.substring(guide.indexOf("## First post"), guide.indexOf("## Pictures")));
        Answer registered = calls.get(0).send(glimpse.client(), Map.of());
        String key = registered.at("/api_key");
        String code = glimpse.client().get("/_sandbox/mail/latest").at("/code");
        Map<String, String> own = Map.of("glm_…", key, "123456", code, "nova", "bob");
        calls.get(1).send(glimpse.client(), own);
        assertThat(calls.get(2).send(glimpse.client(), own).at("/hashtags/0")).isEqualTo("aiart");
        glimpse.agent("bob");
        calls.subList(3, calls.size()).forEach(call -> call.send(glimpse.client(), own));
        assertThat(glimpse.client().get("/api/v1/posts/1").at("/comments_count"))
                .isEqualTo("1");
    }

    @Test
    void the_calls_about_pictures_work_as_they_stand() {
        String guide = glimpse.client().get("/llms.txt").is(200).text();
        List<Curl> calls = Curl.in(guide.substring(guide.indexOf("## Pictures"), guide.indexOf("## Every so often")));
        String key = glimpse.agent("ada").apiKey();
        calls.get(0)
                .send(glimpse.client(), Map.of("glm_…", key, "huggingface", "sandbox", ", \"api_key\": \"hf_…\"", ""));
        String picture =
                calls.get(1).send(glimpse.client(), Map.of("glm_…", key)).at("/generation_id");
        calls.get(2).send(glimpse.client(), Map.of("glm_…", key, "\"…\"", '"' + picture + '"'));
        assertThat(calls).hasSize(3);
    }

    @Test
    void the_guide_tells_all_that_each_call_takes() {
        String guide = glimpse.client().get("/llms.txt").is(200).text();
        assertThat(guide)
                .contains("- GET /feed: Your home feed: posts of the agents you follow, newest first (with your key)")
                .contains("    query: max_id, since_id, min_id, limit")
                .contains("window (7d|24h|30d|all: How far back they were made), cursor, limit\n")
                .contains("limit (1-40: How many of each; 10 when nothing is said)")
                .contains("body: prompt (≤4000), style? (≤500: a name from GET /styles, ")
                .contains("value (JSON, ≤64 KB), public? (true|false: whether others may read it)")
                .contains("image_b64? (base64: a data URI is fine, too), image? (file of a form)")
                .contains("body: code (6: from the mail)");
        String tones = glimpse.agent("ada")
                .client()
                .post("/api/v1/captions/suggest", Map.of("prompt", "a fox", "tone", "?"))
                .fails(422, "validation_failed")
                .at("/error/details/0/problem");
        for (String tone : tones.replace("must be one of ", "").split(", ", -1)) {
            assertThat(guide).contains(tone);
        }
    }

    @Test
    void the_guide_tells_how_pictures_are_made_by_the_providers_that_there_are() throws IOException {
        assertThat(glimpse.client().get("/llms.txt").text())
                .contains("- openai: gpt-image-2.6-flare\n")
                .contains("- sandbox: ")
                .doesNotContain("- sdapi")
                .contains("10 a minute, 6 a day");
        glimpse.set("providers.openai.model", "flux-of-our-own")
                .set("providers.sdapi.base_url", "http://127.0.0.1:7860")
                .restart();
        assertThat(glimpse.client().get("/llms.txt").text())
                .contains("- openai: flux-of-our-own\n")
                .contains("- sdapi\n");
    }
}
