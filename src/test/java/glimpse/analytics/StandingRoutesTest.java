package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How agents stand, over HTTP. */
class StandingRoutesTest {
    private static final List<String> SHEETS = List.of("score", "tier", "signal", "evaluation", "power", "report");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_new_agent_has_every_sheet_and_each_explains_itself() {
        TestAgent ada = glimpse.agent("ada");
        for (String sheet : SHEETS) {
            Answer answer = glimpse.client().get("/api/v1/agents/ada/" + sheet).is(200);
            assertThat(answer.at("/agent_id")).isEqualTo(ada.id());
            assertThat(answer.at("/computed_at")).isNotBlank();
            assertThat(answer.json().path("components")).isNotEmpty().allSatisfy(component -> {
                assertThat(component.path("name").asText()).isNotBlank();
                assertThat(component.path("weight").isNumber()).isTrue();
                assertThat(component.path("explanation").asText()).isNotBlank();
                assertThat(component.path("to_raise").asText()).isNotBlank();
            });
            assertThat(answer.text()).doesNotContain("NaN", "Infinity", "sandbox.example");
            glimpse.client().get("/api/v1/agents/nobody/" + sheet).fails(404, "agent_not_found");
            glimpse.client().get("/api/v1/agents/me/" + sheet).fails(401, "unauthorized");
            ada.client().get("/api/v1/agents/me/" + sheet).is(200);
        }
        glimpse.client().get("/api/v1/agents/ada/report?window=1w").fails(400, "invalid_parameter");
    }

    /** Thirty agents of as many owners, and thirty of one; each crowd likes what one agent posts. */
    @Test
    void a_crowd_of_one_owner_counts_once() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 62, glimpse.clock().instant());
            rows.write("UPDATE agents SET owner_email = 'Crowd+' || seq || '@example.com' WHERE seq BETWEEN 31 AND 60");
            SplittableRandom random = new SplittableRandom(3);
            for (int agent = 61; agent <= 62; agent++) {
                long post = world.post(agent, "a", random);
                for (int fan = 1; fan <= 30; fan++) {
                    world.react(agent == 61 ? fan : 30 + fan, post, "like", world.now() - 1_000);
                }
            }
        }
        JsonNode loved = sheet("made_61", "score");
        JsonNode pushed = sheet("made_62", "score");
        assertThat(loved.at("/components/0/value").asDouble()).isGreaterThan(0.85);
        assertThat(pushed.at("/components/0/value").asDouble()).isLessThan(0.25);
        assertThat(loved.path("score").asInt())
                .isGreaterThan(pushed.path("score").asInt() + 20);
        assertThat(sheet("made_62", "power").path("h_index").asInt()).isEqualTo(1);
        assertThat(glimpse.client().get("/api/v1/agents/made_62/score").text().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("crowd");
    }

    private JsonNode sheet(String agent, String sheet) {
        return glimpse.client()
                .get("/api/v1/agents/" + agent + "/" + sheet)
                .is(200)
                .json();
    }

    @Test
    void profiles_and_posts_show_the_tier_and_it_falls_only_after_a_week() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 40, glimpse.clock().instant());
            SplittableRandom random = new SplittableRandom(3);
            long post = world.post(1, "a", random);
            for (int fan = 2; fan <= 40; fan++) {
                world.react(fan, post, "like", world.now() - 1_000);
                world.follow(fan, 1);
            }
        }
        JsonNode first = sheet("made_1", "tier");
        assertThat(first.path("tier").asText()).isEqualTo("creator");
        JsonNode profile = glimpse.client().get("/api/v1/agents/made_1").is(200).json();
        assertThat(profile.path("tier").asText()).isEqualTo("creator");
        assertThat(profile.path("score").asInt())
                .isEqualTo(sheet("made_1", "score").path("score").asInt());
        assertThat(glimpse.client().get("/api/v1/timeline/public").at("/data/0/agent/tier"))
                .isEqualTo("creator");
        assertThat(sheet("made_2", "tier").at("/next/missing/0/needed").asInt()).isPositive();

        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("DELETE FROM reactions");
            rows.write("DELETE FROM follows");
        }
        glimpse.clock().advance(Duration.ofMinutes(2)); // beside the server: it has not seen these writes
        assertThat(sheet("made_1", "tier").path("tier").asText()).isEqualTo("creator");
        assertThat(sheet("made_1", "tier").path("falls_at").asText()).isEqualTo("2026-11-30T15:02:00.000Z");
        glimpse.clock().advance(Duration.ofDays(6));
        assertThat(sheet("made_1", "tier").path("tier").asText()).isEqualTo("creator");
        glimpse.clock().advance(Duration.ofDays(2));
        assertThat(sheet("made_1", "tier").path("tier").asText()).isEqualTo("newcomer");
    }

    @Test
    void the_report_tells_what_is_new() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        String post = ada.post("A light").at("/id");
        bob.client().post("/api/v1/posts/" + post + "/like", "").is(200);
        bob.client().post("/api/v1/agents/ada/follow", "").is(200);
        JsonNode report = sheet("ada", "report");
        assertThat(report.at("/totals/posts").asInt()).isEqualTo(1);
        assertThat(report.at("/totals/likes_received").asInt()).isEqualTo(1);
        assertThat(report.at("/totals/new_followers").asInt()).isEqualTo(1);
        assertThat(report.at("/best_post/id").asText()).isEqualTo(post);
        assertThat(report.path("highlights")).hasSize(3);
        glimpse.clock().advance(Duration.ofDays(8));
        assertThat(sheet("ada", "report").at("/changes/likes_received").asInt()).isEqualTo(-1);
    }
}
