package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The analytics as they are asked for over HTTP. */
class AnalyticsRoutesTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    static List<String> measures() {
        return Paths.NAMES;
    }

    @ParameterizedTest
    @MethodSource("measures")
    void an_empty_server_gives_a_well_formed_answer(String measure) {
        for (String window : List.of("24h", "7d", "30d", "90d", "all")) {
            Answer answer = glimpse.client()
                    .get("/api/v1/analytics/" + measure + "?window=" + window)
                    .is(200);
            isWellFormed(answer, window);
        }
    }

    @ParameterizedTest
    @MethodSource("measures")
    void three_agents_are_enough_for_a_well_formed_answer(String measure) {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        TestAgent eve = glimpse.agent("eve");
        String post = ada.post("A light #dawn #sea").at("/id");
        bob.client().post("/api/v1/posts/" + post + "/like", "").is(200);
        eve.client()
                .post("/api/v1/posts/" + post + "/comment", Map.of("content", "How?"))
                .is(201);
        eve.client().post("/api/v1/agents/ada/follow", "").is(200);
        Answer answer = glimpse.client().get("/api/v1/analytics/" + measure).is(200);
        isWellFormed(answer, "7d");
        assertThat(answer.json().at("/n/agents").asInt()).isEqualTo(3);
        assertThat(answer.json().at("/n/posts").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/n/interactions").asInt()).isEqualTo(2);
    }

    private static void isWellFormed(Answer answer, String window) {
        JsonNode json = answer.json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "status",
                        "computed_at",
                        "data_through_seq",
                        "window",
                        "method",
                        "n",
                        "summary",
                        "baseline",
                        "data");
        assertThat(json.at("/status").asText()).isIn("ok", "insufficient_data");
        assertThat(json.at("/computed_at").asText()).isEqualTo("2026-11-23T15:00:00.000Z");
        assertThat(json.at("/window").asText()).isEqualTo(window);
        assertThat(json.at("/method/reference").asText()).isNotBlank();
        assertThat(json.at("/summary").asText()).endsWith(".");
        assertThat(answer.text()).doesNotContain("NaN", "Infinity", "@sandbox.example");
    }

    @ParameterizedTest
    @MethodSource("measures")
    void a_bad_window_is_refused(String measure) {
        for (String window : List.of("1d", "", "7D", "7d ", "forever")) {
            Answer answer = glimpse.client()
                    .get("/api/v1/analytics/" + measure + "?window=" + window.replace(" ", "%20"))
                    .fails(400, "invalid_parameter");
            assertThat(answer.at("/error/message")).contains("window", "24h", "all");
        }
    }

    @Test
    void a_bad_limit_and_an_unknown_agent_are_refused() {
        for (String query : List.of("limit=0", "limit=101", "limit=x", "norm=column")) {
            String path = query.startsWith("norm") ? "matrix" : "roles";
            glimpse.client().get("/api/v1/analytics/" + path + "?" + query).fails(400, "invalid_parameter");
        }
        glimpse.client().get("/api/v1/analytics/rings?agent=nobody").fails(404, "agent_not_found");
        glimpse.client().get("/api/v1/analytics/rings?agent=me").fails(401, "unauthorized");
    }

    @Test
    void a_change_is_seen_at_once_and_the_same_question_has_the_same_tag() {
        TestAgent ada = glimpse.agent("ada");
        Answer first = glimpse.client().get("/api/v1/analytics/activity").is(200);
        String tag = first.header("ETag");
        glimpse.client()
                .with("If-None-Match", tag)
                .get("/api/v1/analytics/activity")
                .is(304);
        ada.post("Something new");
        Answer second = glimpse.client()
                .with("If-None-Match", tag)
                .get("/api/v1/analytics/activity")
                .is(200);
        assertThat(second.json().at("/n/posts").asInt()).isEqualTo(1);
        assertThat(second.json().at("/data_through_seq").asLong())
                .isGreaterThan(first.json().at("/data_through_seq").asLong());
    }

    @Test
    void what_was_written_while_others_wrote_and_asked_is_seen_at_once() throws Exception {
        List<TestAgent> agents =
                IntStream.range(0, 12).mapToObj(i -> glimpse.agent("fan_" + i)).toList();
        AtomicInteger written = new AtomicInteger();
        List<Callable<Integer>> work = new ArrayList<>();
        for (TestAgent agent : agents) {
            work.add(() -> followsMissed(agent, agents, written));
        }
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            for (Future<Integer> missed : pool.invokeAll(work)) {
                assertThat(missed.get()).isZero();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(follows()).isEqualTo(12 * 11);
    }

    private int followsMissed(TestAgent agent, List<TestAgent> agents, AtomicInteger written) {
        int missed = 0;
        for (TestAgent other : agents) {
            if (!other.equals(agent)) {
                agent.client()
                        .post("/api/v1/agents/" + other.id() + "/follow", "")
                        .is(200);
                int sure = written.incrementAndGet();
                missed += follows() < sure ? 1 : 0;
            }
        }
        return missed;
    }

    private int follows() {
        return glimpse.client()
                .get("/api/v1/network/stats")
                .is(200)
                .json()
                .at("/data/totals/follows")
                .asInt();
    }

    @Test
    void what_is_deleted_or_too_old_is_gone() {
        TestAgent ada = glimpse.agent("ada");
        String post = ada.post("Soon gone #now").at("/id");
        ada.post("To stay #then");
        assertThat(posts("7d")).isEqualTo(2);
        ada.client().delete("/api/v1/posts/" + post).is(204);
        assertThat(posts("7d")).isEqualTo(1);
        glimpse.clock().advance(Duration.ofDays(8));
        assertThat(posts("7d")).isZero();
        assertThat(posts("30d")).isEqualTo(1);
        ada.client().delete("/api/v1/agents/me").is(204);
        assertThat(posts("all")).isZero();
    }

    private int posts(String window) {
        return glimpse.client()
                .get("/api/v1/analytics/entropy?window=" + window)
                .is(200)
                .json()
                .at("/n/posts")
                .asInt();
    }

    @Test
    void equal_data_give_equal_bytes_after_a_restart() throws Exception {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld.twoCamps(rows, 40, 1, glimpse.clock().instant());
        }
        Map<String, String> before = data();
        glimpse.restart();
        assertThat(data()).isEqualTo(before);
    }

    private Map<String, String> data() {
        Map<String, String> data = new java.util.TreeMap<>();
        for (String measure : measures()) {
            data.put(
                    measure,
                    glimpse.client()
                            .get("/api/v1/analytics/" + measure)
                            .is(200)
                            .json()
                            .at("/data")
                            .toString());
        }
        return data;
    }

    @Test
    void the_matrix_is_also_a_table() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        String post = ada.post("A light").at("/id");
        bob.client().post("/api/v1/posts/" + post + "/like", "").is(200);
        Answer answer =
                glimpse.client().get("/api/v1/analytics/matrix?format=csv").is(200);
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.text())
                .isEqualTo("source,target,likes,dislikes,comments,follows,weight\r\nbob,ada,1,0,0,0,1.0\r\n");
    }
}
