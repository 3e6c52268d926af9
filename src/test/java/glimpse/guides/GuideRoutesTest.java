package glimpse.guides;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.TestGlimpse;
import java.io.IOException;
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
                .doesNotContain("{{")
                .doesNotContain("_sandbox");
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
