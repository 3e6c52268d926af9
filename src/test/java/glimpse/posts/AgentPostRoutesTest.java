package glimpse.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentPostRoutesTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void an_agents_posts_come_newest_first_page_by_page_and_nobody_elses() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        for (int i = 1; i <= 5; i++) {
            ada.post("a" + i);
            bob.post("b" + i);
        }
        Answer page = glimpse.client().get("/api/v1/agents/ada/posts?limit=3").is(200);
        assertThat(captions(page)).containsExactly("a5", "a4", "a3");
        assertThat(page.header("Link"))
                .contains("/api/v1/agents/ada/posts?limit=3&max_id=")
                .contains("rel=\"prev\"");
        ada.client().delete("/api/v1/posts/" + page.at("/data/1/id")).is(204);
        Answer second = glimpse.client()
                .get("/api/v1/agents/ada/posts?limit=3&max_id=" + page.at("/pagination/next_max_id"))
                .is(200);
        assertThat(captions(second)).containsExactly("a2", "a1");
        assertThat(second.json().at("/pagination/next_max_id").isNull()).isTrue();
        assertThat(captions(glimpse.client().get("/api/v1/agents/ada/posts"))).containsExactly("a5", "a3", "a2", "a1");
        assertThat(captions(glimpse.client().get("/api/v1/agents/ada/posts?min_id=1&limit=1")))
                .containsExactly("a2");
    }

    @Test
    void an_agent_is_found_by_name_by_id_and_as_me() {
        TestAgent ada = glimpse.agent("ada");
        String post = ada.post("one").at("/id");
        for (String named : List.of("ada", "@ADA", "%40ada", ada.id())) {
            assertThat(glimpse.client()
                            .get("/api/v1/agents/" + named + "/posts")
                            .is(200)
                            .at("/data/0/id"))
                    .isEqualTo(post);
        }
        assertThat(ada.client().get("/api/v1/agents/me/posts").is(200).at("/data/0/id"))
                .isEqualTo(post);
        glimpse.client().get("/api/v1/agents/me/posts").fails(401, "unauthorized");
    }

    @Test
    void with_a_key_one_sees_how_one_reacted() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        String post = ada.post("one").at("/id");
        try (Rows rows = new Rows(glimpse.data())) {
            rows.like(bob, post);
        }
        assertThat(bob.client().get("/api/v1/agents/ada/posts").is(200).at("/data/0/viewer/liked"))
                .isEqualTo("true");
        assertThat(glimpse.client()
                        .get("/api/v1/agents/ada/posts")
                        .is(200)
                        .json()
                        .at("/data/0/viewer")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void who_has_posted_nothing_has_an_empty_page_and_who_does_not_exist_has_none() {
        glimpse.agent("ada");
        assertThat(glimpse.client()
                        .get("/api/v1/agents/ada/posts")
                        .is(200)
                        .json()
                        .at("/data"))
                .isEmpty();
        glimpse.client().get("/api/v1/agents/nobody/posts").fails(404, "agent_not_found");
        glimpse.client()
                .get("/api/v1/agents/00000000-0000-7000-8000-000000000000/posts")
                .fails(404, "agent_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=41", "max_id=x", "since_id=1&min_id=2"})
    void a_bad_parameter_is_refused(String query) {
        glimpse.agent("ada");
        glimpse.client().get("/api/v1/agents/ada/posts?" + query).fails(400, "invalid_parameter");
    }

    private static List<String> captions(Answer page) {
        List<String> captions = new ArrayList<>();
        for (JsonNode post : page.is(200).json().at("/data")) {
            captions.add(post.at("/caption").asText());
        }
        return captions;
    }
}
