package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds of every measure, whatever it measures. */
class EveryMeasureTest {
    /** Those that can say something of two agents and a like. */
    private static final List<String> OF_TWO =
            List.of("matrix", "activity", "neutral", "similar", "similarity", "graph", "stats");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private static void hasNoBrokenNumber(Answer answer) {
        assertThat(answer.text()).doesNotContain("NaN", "Infinity");
    }

    @Test
    void of_an_empty_world_there_is_too_little() {
        for (String path : Paths.MEASURES) {
            for (String window : List.of("24h", "7d", "30d", "90d", "all")) {
                Answer answer = glimpse.client().get(path + "?window=" + window).is(200);
                assertThat(answer.at("/status")).as(path).isEqualTo("insufficient_data");
                hasNoBrokenNumber(answer);
            }
        }
        Paths.FORMS.forEach(path -> hasNoBrokenNumber(glimpse.client().get(path).is(200)));
    }

    @Test
    void of_two_agents_there_is_too_little_for_most_and_the_raw_counts_are_there() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        String post = ada.post("A light #dawn").at("/id");
        bob.client().post("/api/v1/posts/" + post + "/like", "").is(200);
        for (String path : Paths.MEASURES) {
            Answer answer = glimpse.client().get(path).is(200);
            hasNoBrokenNumber(answer);
            assertThat(answer.json().at("/n/agents").asInt()).isEqualTo(2);
            assertThat(answer.json().at("/n/posts").asInt()).isEqualTo(1);
            assertThat(answer.json().at("/n/interactions").asInt()).isEqualTo(1);
            assertThat(answer.at("/summary")).endsWith(".");
            if (OF_TWO.stream().noneMatch(path::endsWith)) {
                assertThat(answer.at("/status")).as(path).isEqualTo("insufficient_data");
            }
        }
        Paths.FORMS.forEach(path -> hasNoBrokenNumber(glimpse.client().get(path).is(200)));
        Paths.sheets("ada")
                .forEach(path -> hasNoBrokenNumber(glimpse.client().get(path).is(200)));
        Paths.sheets("bob")
                .forEach(path -> hasNoBrokenNumber(glimpse.client().get(path).is(200)));
    }

    /** Forty agents of which every third does not want to be named; some are of one owner; all do something. */
    private void camps() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world =
                    PlantedWorld.twoCamps(rows, 40, 1, glimpse.clock().instant());
            rows.write("UPDATE agents SET owner_email = 'crowd+' || seq || '@example.com' WHERE seq % 5 = 0");
            rows.write("UPDATE agents SET display_name = 'Hidden ' || name, analytics_visible = 0 WHERE seq % 3 = 0");
            rows.write("UPDATE posts SET generation_model = 'model-' || seq % 4");
            for (int agent = 1; agent <= 40; agent++) {
                world.follow(agent, 1 + agent * 7 % 40);
            }
        }
    }

    @Test
    void who_does_not_want_to_be_named_is_not_and_no_post_tells_who_it_is() {
        camps();
        List<String> all = new ArrayList<>(Paths.MEASURES.stream()
                .map(path -> path.endsWith("entropy")
                                || path.endsWith("activity")
                                || path.endsWith("cross-scale")
                                || path.endsWith("health")
                        ? path
                        : path + "?limit=100")
                .toList());
        all.addAll(Paths.FORMS);
        all.addAll(Paths.sheets("made_1"));
        for (String path : all) {
            String text = glimpse.client().get(path).is(200).text();
            for (int hidden = 3; hidden <= 40; hidden += 3) {
                assertThat(text)
                        .as(path)
                        .doesNotContainPattern("\\bmade_" + hidden + "\\b")
                        .doesNotContain("Hidden", "%08x-0000-7000-8000".formatted(hidden))
                        .doesNotContain("%08x-0000-7000-9000".formatted(hidden)); // their only post
            }
        }
        for (String sheet : List.of("signal", "evaluation", "power", "report")) {
            glimpse.client().get("/api/v1/agents/made_3/" + sheet).fails(403, "forbidden");
        }
        for (String path : List.of("rings", "roles", "attendance", "similarity")) {
            glimpse.client().get("/api/v1/analytics/" + path + "?agent=made_3").fails(403, "forbidden");
        }
        glimpse.client().get("/api/v1/network/graph?agent=made_3").fails(403, "forbidden");
        // They are in profiles, as for everybody.
        glimpse.client().get("/api/v1/agents/made_3/score").is(200);
        glimpse.client().get("/api/v1/agents/made_3/tier").is(200);
        assertThat(glimpse.client().get("/api/v1/network/graph").is(200).json().at("/data/nodes"))
                .hasSize(40);
    }

    @Test
    void no_owner_s_address_is_ever_shown() {
        camps();
        List<String> all = new ArrayList<>(Paths.MEASURES);
        all.addAll(Paths.FORMS);
        all.addAll(Paths.sheets("made_1"));
        all.addAll(Paths.sheets("made_5"));
        for (String path : all) {
            assertThat(glimpse.client().get(path).is(200).text()).as(path).doesNotContain("@example", "crowd");
        }
    }

    @Test
    void a_bad_window_is_refused() {
        glimpse.agent("ada");
        List<String> all = new ArrayList<>(Paths.MEASURES);
        all.add("/api/v1/agents/ada/report");
        for (String path : all) {
            for (String window : List.of("1d", "", "7D", "7d%20", "forever", "7d&window=24h")) {
                Answer answer = glimpse.client().get(path + "?window=" + window).fails(400, "invalid_parameter");
                assertThat(answer.at("/error/message")).as(path + window).contains("window");
            }
        }
    }

    @Test
    void the_same_answer_has_the_same_tag_until_something_happens() {
        TestAgent ada = glimpse.agent("ada");
        List<String> all = new ArrayList<>(Paths.MEASURES);
        all.addAll(Paths.sheets("ada"));
        for (String path : all) {
            String tag = glimpse.client().get(path).is(200).header("ETag");
            glimpse.client().with("If-None-Match", tag).get(path).is(304);
        }
        Map<String, String> tags = new TreeMap<>();
        all.forEach(path -> tags.put(path, glimpse.client().get(path).header("ETag")));
        glimpse.clock().advance(Duration.ofMinutes(5));
        ada.post("Something new");
        tags.forEach((path, tag) ->
                glimpse.client().with("If-None-Match", tag).get(path).is(200));
    }

    @Test
    void the_past_is_answered_again_as_it_was() {
        camps();
        Map<String, String> before = new TreeMap<>();
        long through = 0;
        for (String path : Paths.MEASURES) {
            JsonNode answer = glimpse.client().get(path).is(200).json();
            through = answer.path("data_through_seq").asLong();
            before.put(path, withoutPositions(answer));
        }
        TestAgent late = glimpse.agent("late");
        String post = late.post("Something new #red").at("/id");
        glimpse.agent("later")
                .client()
                .post("/api/v1/posts/" + post + "/like", "")
                .is(200);
        late.client().post("/api/v1/agents/made_1/follow", "").is(200);
        glimpse.clock().advance(Duration.ofHours(30));
        for (String path : Paths.MEASURES) {
            JsonNode now = glimpse.client().get(path).is(200).json();
            assertThat(now.path("data_through_seq").asLong()).isGreaterThan(through);
            JsonNode past =
                    glimpse.client().get(path + "?as_of_seq=" + through).is(200).json();
            assertThat(past.path("data_through_seq").asLong()).isEqualTo(through);
            assertThat(past.path("computed_at").asText()).isEqualTo("2026-11-23T15:00:00.000Z");
            assertThat(withoutPositions(past)).as(path).isEqualTo(before.get(path));
        }
        glimpse.client()
                .get("/api/v1/analytics/entropy?as_of_seq=" + (through - 1))
                .fails(400, "invalid_parameter");
        glimpse.client().get("/api/v1/analytics/entropy?as_of_seq=-1").fails(400, "invalid_parameter");
    }

    private static String withoutPositions(JsonNode answer) {
        return answer.path("data").toString().replaceAll("\"[xy]\":-?[0-9.]+,?", "");
    }

    /** Once one after the other, and once all at once in any order: nothing depends on who comes first. */
    @Test
    void equal_data_give_equal_bytes_however_many_threads_ask() throws Exception {
        camps();
        List<String> all = new ArrayList<>(Paths.MEASURES);
        all.addAll(Paths.FORMS);
        for (String window : List.of("24h", "30d", "all")) {
            Paths.MEASURES.forEach(path -> all.add(path + "?window=" + window));
        }
        all.addAll(Paths.sheets("made_1"));
        Map<String, String> alone = new TreeMap<>();
        all.forEach(path -> alone.put(path, glimpse.client().get(path).is(200).text()));
        for (int seed = 1; seed <= 3; seed++) {
            glimpse.restart();
            Collections.shuffle(all, new Random(seed));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                Map<String, Future<String>> asked = new TreeMap<>();
                all.forEach(path -> asked.put(
                        path,
                        threads.submit(() -> glimpse.client().get(path).is(200).text())));
                for (Map.Entry<String, Future<String>> answer : asked.entrySet()) {
                    assertThat(answer.getValue().get()).as(answer.getKey()).isEqualTo(alone.get(answer.getKey()));
                }
            } finally {
                threads.shutdown();
            }
        }
    }

    /** What is read bit by bit is what is read at once after a restart. */
    @Test
    void a_world_that_grew_is_the_same_as_one_that_is_read_at_once() throws Exception {
        List<TestAgent> agents = List.of(glimpse.agent("ada"), glimpse.agent("bob"), glimpse.agent("eve"));
        for (TestAgent agent : agents) {
            String post = agent.post("A light #dawn #" + agent.name()).at("/id");
            glimpse.client().get("/api/v1/analytics/entropy").is(200);
            for (TestAgent other : agents) {
                if (!other.id().equals(agent.id())) {
                    other.client().post("/api/v1/posts/" + post + "/like", "").is(200);
                    glimpse.client().get("/api/v1/analytics/entropy").is(200);
                }
            }
        }
        agents.get(0).client().post("/api/v1/agents/bob/follow", "").is(200);
        Map<String, String> grown = new TreeMap<>();
        Paths.MEASURES.forEach(path -> grown.put(
                path, withoutPositions(glimpse.client().get(path).is(200).json())));
        glimpse.restart();
        grown.forEach((path, data) -> assertThat(
                        withoutPositions(glimpse.client().get(path).is(200).json()))
                .as(path)
                .isEqualTo(data));
    }
}
