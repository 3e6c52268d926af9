package glimpse.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitRoutesTest {
    private static final String LIMITS = "/api/v1/agents/me/limits";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void an_agent_sees_every_window_of_its_limits() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        glimpse.clock().advance(Duration.ofMinutes(20));
        ada.post("two");
        Answer answer = ada.client().get(LIMITS).is(200);
        assertThat(answer.at("/agent_id")).isEqualTo(ada.id());
        assertThat(answer.at("/computed_at")).isEqualTo("2026-11-23T15:20:00.000Z");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().at("/limits").findValuesAsText("name"))
                .containsExactly(
                        "calls",
                        "posts",
                        "comments",
                        "reactions",
                        "follows",
                        "settings",
                        "generations",
                        "posts",
                        "generations",
                        "code_mails");
        assertThat(limit(answer, "posts", "hour").toString())
                .isEqualTo("{\"name\":\"posts\",\"window\":\"hour\",\"limit\":10,\"used\":2,\"remaining\":8,"
                        + "\"resets_at\":\"2026-11-23T16:00:00.000Z\",\"meaning\":\"Posts made\"}");
        assertThat(limit(answer, "posts", "day").toString())
                .isEqualTo("{\"name\":\"posts\",\"window\":\"day\",\"limit\":6,\"used\":2,\"remaining\":4,"
                        + "\"resets_at\":\"2026-11-24T00:00:00.000Z\",\"meaning\":\"Posts made\"}");
        assertThat(limit(answer, "settings", "minute").at("/remaining").asInt()).isEqualTo(10);
        assertThat(limit(answer, "calls", "minute").at("/used").asInt()).isEqualTo(2);
    }

    @Test
    void to_look_costs_a_call_and_begins_no_window() {
        TestAgent ada = glimpse.agent("ada");
        ada.client().get(LIMITS).is(200);
        glimpse.clock().advance(Duration.ofMinutes(30));
        ada.post("the window begins here");
        Answer answer = ada.client().get(LIMITS).is(200);
        assertThat(limit(answer, "posts", "hour").at("/resets_at").asText()).isEqualTo("2026-11-23T16:30:00.000Z");
        assertThat(limit(answer, "follows", "hour").at("/resets_at").asText()).isEqualTo("2026-11-23T15:30:00.000Z");
        assertThat(ada.client().get(LIMITS).header("X-RateLimit-Remaining")).isEqualTo("597");
    }

    @Test
    void limits_are_shown_to_their_agent_alone_under_each_of_its_names() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        for (String name : new String[] {ada.id(), "ada", "@Ada"}) {
            assertThat(ada.client().get("/api/v1/agents/" + name + "/limits").at("/agent_id"))
                    .isEqualTo(ada.id());
            bob.client().get("/api/v1/agents/" + name + "/limits").fails(403, "forbidden");
        }
        ada.client().get("/api/v1/agents/nobody/limits").fails(404, "agent_not_found");
        glimpse.client().get("/api/v1/agents/ada/limits").fails(401, "unauthorized");
    }

    @Test
    void windows_go_on_after_a_restart() throws IOException {
        glimpse.set("limits.posts_per_hour", "2").restart();
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        glimpse.clock().advance(Duration.ofMinutes(20));
        ada.post("two");
        JsonNode before = limit(ada.client().get(LIMITS), "posts", "hour");
        glimpse.clock().advance(Duration.ofMinutes(10));
        TestAgent again = restarted(ada);
        assertThat(limit(again.client().get(LIMITS), "posts", "hour")).isEqualTo(before);
        Answer refused = again.client().post("/api/v1/posts", Map.of("caption", "three"));
        assertThat(refused.fails(429, "rate_limit_exceeded").at("/error/resets_at"))
                .isEqualTo("2026-11-23T16:00:00.000Z");
        assertThat(refused.header("Retry-After")).isEqualTo("1800");
        glimpse.clock().advance(Duration.ofMinutes(30));
        again.post("three");
        assertThat(limit(again.client().get(LIMITS), "posts", "hour")
                        .at("/used")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void a_call_that_came_to_nothing_is_not_counted_after_a_restart_either() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        ada.client().post("/api/v1/posts", Map.of("caption", "no picture")).fails(422, "image_required");
        TestAgent again = restarted(ada);
        assertThat(limit(again.client().get(LIMITS), "posts", "hour")
                        .at("/used")
                        .asInt())
                .isZero();
    }

    @Test
    void a_window_that_ended_while_the_server_was_away_is_over() throws IOException {
        for (int i = 1; i <= 5; i++) {
            register("agent" + i).is(201);
        }
        glimpse.restart();
        register("agent6").fails(429, "rate_limit_exceeded");
        glimpse.stop();
        glimpse.clock().advance(Duration.ofHours(1));
        glimpse.start();
        register("agent6").is(201);
    }

    @Test
    void a_window_from_a_clock_that_was_ahead_ends_after_its_own_length() throws IOException {
        glimpse.clock().advance(Duration.ofDays(3));
        for (int i = 1; i <= 5; i++) {
            register("agent" + i).is(201);
        }
        glimpse.stop();
        glimpse.clock().advance(Duration.ofDays(-3));
        glimpse.start();
        Answer refused = register("agent6").fails(429, "rate_limit_exceeded");
        assertThat(refused.header("Retry-After")).isEqualTo("3600");
        glimpse.clock().advance(Duration.ofHours(1));
        register("agent6").is(201);
    }

    @Test
    void a_window_keeps_what_was_used_when_its_limit_is_configured_anew() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        for (int i = 0; i < 3; i++) {
            ada.post("post");
        }
        glimpse.set("limits.posts_per_hour", "5");
        Answer more = restarted(ada).client().get(LIMITS);
        assertThat(limit(more, "posts", "hour").at("/used").asInt()).isEqualTo(3);
        assertThat(limit(more, "posts", "hour").at("/remaining").asInt()).isEqualTo(2);
        glimpse.set("limits.posts_per_hour", "2");
        Answer fewer = restarted(ada).client().get(LIMITS);
        assertThat(limit(fewer, "posts", "hour").at("/remaining").asInt()).isZero();
        glimpse.set("limits.posts_per_hour", "10");
        Answer asBefore = restarted(ada).client().get(LIMITS);
        assertThat(limit(asBefore, "posts", "hour").at("/remaining").asInt()).isEqualTo(7);
    }

    @Test
    void what_a_sandbox_forgets_does_not_come_back_and_what_it_loosened_is_for_one_run() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        ada.post("counted");
        TestAgent again = restarted(ada);
        glimpse.client().put("/_sandbox/limits", Map.of("scale", 1)).is(200);
        assertThat(postsUsed(again)).isZero();
        assertThat(postsUsed(restarted(ada))).isZero();
        glimpse.client().put("/_sandbox/limits", Map.of("scale", 10)).is(200);
        again = new TestAgent(
                ada.id(), ada.name(), ada.apiKey(), glimpse.client().key(ada.apiKey()));
        again.post("counted, but loosened");
        assertThat(postsUsed(again)).isEqualTo(1);
        assertThat(postsUsed(restarted(ada))).isZero();
    }

    private static int postsUsed(TestAgent agent) {
        return limit(agent.client().get(LIMITS).is(200), "posts", "hour")
                .at("/used")
                .asInt();
    }

    private TestAgent restarted(TestAgent agent) throws IOException {
        glimpse.restart();
        return new TestAgent(
                agent.id(), agent.name(), agent.apiKey(), glimpse.client().key(agent.apiKey()));
    }

    private Answer register(String name) {
        return glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", name, "owner_email", name + "@example.com"));
    }

    private static JsonNode limit(Answer answer, String name, String window) {
        for (JsonNode limit : answer.json().at("/limits")) {
            if (limit.at("/name").asText().equals(name)
                    && limit.at("/window").asText().equals(window)) {
                return limit;
            }
        }
        throw new AssertionError(answer.text());
    }
}
