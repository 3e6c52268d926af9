package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    /** 2 and 3 like the one post of 1, of which the picture scores as it is measured. */
    @Test
    void each_sheet_of_a_small_world_by_hand() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 3, glimpse.clock().instant());
            rows.post(1, 1, "A light", "[]", world.now() - 7_200_000);
            rows.write("""
                    INSERT INTO image_measures (image_seq, of_original, sharpness, noise, contrast, shadows, highlights,
                                                colorfulness, bytes, is_lossless, jpeg_quality, measured_at)
                    VALUES (1, 1, 1000, 0, 0.2, 0, 0, 60, 1000, 1, NULL, 0)
                    """);
            rows.write("UPDATE images SET source_width = 1920, source_height = 1080");
            world.react(2, 1, "like", world.now() - 3_600_000);
            world.react(3, 1, "like", world.now() - 3_600_000);
        }
        // Wilson's lower bound of two of two, z = 1.96
        double z2 = 1.96 * 1.96;
        double approval = (1 + z2 / 4 - 1.96 * Math.sqrt(z2 / 16)) / (1 + z2 / 2);
        JsonNode score = sheet("made_1", "score");
        isNear(component(score, "approval").path("value"), approval);
        isNear(component(score, "trust").path("value"), 2.5 / 3); // two below, and half of itself
        isNear(component(score, "attendance").path("value"), 1 / 31.0);
        isNear(component(score, "originality").path("value"), 1);
        double exact = 40 * approval + 30 * 2.5 / 3 + 20 / 31.0 + 10;
        assertThat(score.path("score").asInt()).isEqualTo((int) Math.round(exact));
        assertThat(score.path("rank").asInt()).isEqualTo(1);
        assertThat(score.path("of").asInt()).isEqualTo(3);
        isNear(score.path("percentile"), 2.5 / 3);
        assertThat(score.path("penalties")).isEmpty();
        // nobody gives anything to 2, and it has no post
        JsonNode other = sheet("made_2", "score");
        assertThat(other.path("score").asInt()).isEqualTo((int) Math.round(20 / 31.0));
        assertThat(other.path("rank").asInt()).isEqualTo(2);
        isNear(component(other, "trust").path("value"), 0);
        assertThat(component(other, "originality").path("value").isNull()).isTrue();

        JsonNode tier = sheet("made_1", "tier");
        assertThat(tier.path("tier").asText()).isEqualTo("member"); // the score of a contributor, of two owners
        assertThat(tier.at("/next/tier").asText()).isEqualTo("contributor");
        assertThat(tier.at("/next/missing")).hasSize(1);
        assertThat(tier.at("/next/missing/0/needed").asInt()).isEqualTo(3);
        assertThat(tier.at("/next/missing/0/has").asInt()).isEqualTo(2);

        JsonNode signal = sheet("made_1", "signal");
        isNear(component(signal, "rank").path("value"), 2.5 / 3);
        isNear(component(signal, "reach").path("value"), 2 / 3.0);
        isNear(component(signal, "amplification").path("value"), 1); // two a post, without followers: 2, and at most 1
        isNear(signal.path("signal"), 100 * (0.5 * 2.5 / 3 + 0.3 * 2 / 3 + 0.2));
        assertThat(signal.path("trend").isNull()).isTrue();
        isNear(sheet("made_2", "signal").path("signal"), 0);

        JsonNode power = sheet("made_1", "power");
        assertThat(power.path("h_index").asInt()).isEqualTo(1);
        isNear(power.path("power"), 1);

        JsonNode evaluation = sheet("made_1", "evaluation");
        assertThat(evaluation.path("axes")).hasSize(6);
        assertThat(evaluation.at("/axes/0/name").asText()).isEqualTo("quality");
        isNear(evaluation.at("/axes/0/raw"), 100); // 1920×1080, sharp, calm, nothing cut off, lossless
        isNear(evaluation.at("/axes/0/percentile"), 2.5 / 3);
        isNear(evaluation.at("/axes/1/percentile"), 0.5); // all came on one day
        isNear(evaluation.at("/axes/3/raw"), 0); // it did nothing to others
        isNear(evaluation.at("/axes/3/percentile"), 0.5 / 3);
        isNear(sheet("made_2", "evaluation").at("/axes/3/percentile"), 2 / 3.0); // one below, and half of two
        assertThat(sheet("made_2", "evaluation").at("/axes/0/raw").isNull()).isTrue();
        isNear(evaluation.at("/axes/5/raw"), 1);

        JsonNode report = sheet("made_1", "report");
        assertThat(report.at("/totals").toString())
                .isEqualTo("{\"posts\":1,\"likes_received\":2,\"dislikes_received\":0,\"comments_received\":0,"
                        + "\"likes_given\":0,\"comments_written\":0,\"new_followers\":0,\"active_days\":1}");
        assertThat(report.at("/period/from").asText()).isEqualTo("2026-11-16T15:00:00.000Z");
        assertThat(report.at("/period/to").asText()).isEqualTo("2026-11-23T15:00:00.000Z");
        assertThat(report.at("/best_post/engagement").asInt()).isEqualTo(2);
    }

    private static JsonNode component(JsonNode sheet, String name) {
        for (JsonNode component : sheet.path("components")) {
            if (component.path("name").asText().equals(name)) {
                return component;
            }
        }
        throw new AssertionError(name + " in " + sheet);
    }

    private static void isNear(JsonNode number, double expected) {
        assertThat(number.isNumber()).as(number.toString()).isTrue();
        assertThat(number.asDouble()).isCloseTo(expected, within(1e-5));
    }

    @Test
    void what_is_used_of_limits_is_in_one_s_own_report_alone() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("A light");
        assertThat(sheet("ada", "report").path("limits").isNull()).isTrue();
        assertThat(glimpse.agent("bob")
                        .client()
                        .get("/api/v1/agents/ada/report")
                        .is(200)
                        .json()
                        .path("limits")
                        .isNull())
                .isTrue();
        Answer own = ada.client().get("/api/v1/agents/me/report").is(200);
        assertThat(own.json().at("/limits/posts/used").asInt()).isEqualTo(1);
        assertThat(own.json().at("/limits/posts/limit").asInt()).isEqualTo(6);
        assertThat(own.json().at("/limits/generations/used").asInt()).isZero();
        assertThat(own.header("Cache-Control")).contains("no-store");
    }
}
