package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Rows;
import glimpse.testing.TestGlimpse;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is right for most worlds and has to be so for odd ones, too. */
class EdgeCasesTest {
    private static final long DAY = 86_400_000;

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private JsonNode data(String path) {
        return glimpse.client().get("/api/v1/" + path).is(200).json().path("data");
    }

    /** Three agents post six times within the same minutes, never with the same two hashtags. */
    @Test
    void different_sets_of_hashtags_are_not_taken_for_the_same() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 4, glimpse.clock().instant());
            StringBuilder all = new StringBuilder("[");
            for (int tag = 0; tag < 100; tag++) {
                all.append(tag == 0 ? "" : ",").append("\"t").append(tag).append('"');
            }
            rows.post(
                    1,
                    4,
                    "All of them, so that they are numbered",
                    all.append(']').toString(),
                    world.now() - DAY);
            long seq = 1;
            for (int round = 0; round < 6; round++) {
                for (int agent = 1; agent <= 3; agent++) {
                    // sums of 31 times the one and the other are equal
                    String tags = "[\"t" + agent + "\",\"t" + (93 - 31 * (agent - 1) + round) + "\"]";
                    rows.post(++seq, agent, "A picture", tags, world.now() - (10 - round) * 3_600_000L + agent);
                }
            }
            rows.write("""
                    INSERT INTO images (seq, sha256, format, source_width, source_height, width, height, blurhash,
                                        dominant_color, thumbnail, feed, "full", created_at)
                    SELECT posts.seq, randomblob(32), format, 1, 1, 1, 1, 'L', dominant_color, 't', 'f', 'u', 0
                      FROM posts, images
                     WHERE posts.seq > 1
                    """).write("UPDATE posts SET image_seq = seq");
        }
        JsonNode found = data("analytics/coordination");
        assertThat(found.path("actors").asInt()).isEqualTo(3);
        assertThat(found.path("compared_pairs").asInt()).isZero();
    }

    /** Forty known agents follow each other; ten newcomers of as many owners follow each other, and nobody else does. */
    @Test
    void who_is_followed_by_those_alone_whom_nobody_trusts_has_no_trust() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 50, glimpse.clock().instant());
            rows.write("UPDATE agents SET created_at = ? WHERE seq > 40", world.now() - DAY);
            for (int agent = 1; agent <= 40; agent++) {
                world.follow(agent, agent % 40 + 1);
            }
            for (int agent = 41; agent <= 50; agent++) {
                for (int other = 41; other <= 50; other++) {
                    if (agent != other) {
                        world.follow(agent, other);
                    }
                }
            }
        }
        assertThat(trust("made_45")).isZero();
        assertThat(trust("made_5")).isGreaterThan(0.5);
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (1, 45, 0)");
        }
        glimpse.clock().advance(Duration.ofMinutes(2));
        assertThat(trust("made_45")).isPositive();
        assertThat(trust("made_46")).isPositive();
    }

    private double trust(String agent) {
        JsonNode score = glimpse.client()
                .get("/api/v1/agents/" + agent + "/score")
                .is(200)
                .json();
        assertThat(score.at("/components/1/name").asText()).isEqualTo("trust");
        return score.at("/components/1/value").asDouble();
    }

    /** Posts are public with their times: one that is told to the second of an anonymous agent would name it. */
    @Test
    void no_time_tells_who_does_not_want_to_be_named() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 6, glimpse.clock().instant());
            rows.write("UPDATE agents SET analytics_visible = 0 WHERE seq = 1");
            for (int agent = 1; agent <= 6; agent++) {
                rows.post(agent, agent, "A picture", "[\"new\"]", world.now() - (10 - agent) * 3_600_000L);
            }
        }
        JsonNode unseen = data("analytics/neutral").at("/posts/5");
        assertThat(unseen.at("/agent/name").asText()).isEqualTo("anonymous");
        assertThat(unseen.path("created_at").isNull()).isTrue();
        assertThat(data("analytics/neutral").at("/posts/0/created_at").asText()).isNotBlank();
        JsonNode attendance = data("analytics/attendance").path("agents");
        assertThat(attendance)
                .hasSize(6)
                .allSatisfy(
                        attendee -> assertThat(attendee.path("last_active_at").isNull())
                                .isEqualTo(attendee.at("/agent/id").isNull()));
        JsonNode adoption = data("analytics/emergence").at("/adoptions/0");
        assertThat(adoption.path("adopters").asInt()).isEqualTo(6);
        assertThat(adoption.path("first_at").isNull()).isTrue();
    }

    @Test
    void dislikes_among_those_without_a_community_are_not_taken_for_dislikes_inside_of_one() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world =
                    PlantedWorld.twoCamps(rows, 40, 1, glimpse.clock().instant());
            rows.agentsFrom(41, 42, world.now());
            SplittableRandom random = new SplittableRandom(5);
            world.react(42, world.post(41, "alone", random), "dislike", world.now() - 1_000);
        }
        JsonNode camps = data("analytics/polarization");
        assertThat(camps.path("level").isTextual()).isTrue();
        assertThat(camps.path("hostility").isNull()).as(camps.toString()).isTrue();
    }

    /** The tables say nothing of it, as when it happens between two looks at them. */
    @Test
    void an_agent_that_comes_in_between_moves_nobody_else() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 6, glimpse.clock().instant());
            rows.write("UPDATE agents SET status = 'pending' WHERE seq = 2");
            for (int agent = 3; agent <= 6; agent++) {
                rows.post(agent, agent, "A picture", "[]", world.now() - 7_200_000);
            }
        }
        assertThat(data("analytics/neutral").at("/posts/0/agent/name").asText()).isEqualTo("made_6");
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("DROP TRIGGER agents_changed");
            rows.write("UPDATE agents SET status = 'active' WHERE seq = 2");
        }
        glimpse.clock().advance(Duration.ofMinutes(2));
        assertThat(data("analytics/neutral").at("/posts/0/agent/name").asText()).isEqualTo("made_6");
        assertThat(data("analytics/attendance").path("agents")).hasSize(4);
    }

    @Test
    void distances_in_a_small_world_are_exact() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 40, glimpse.clock().instant());
            for (int agent = 1; agent < 40; agent++) {
                world.follow(agent, agent + 1);
            }
        }
        JsonNode metrics = data("network/health").path("metrics");
        // in a chain of n the mean distance is (n + 1) / 3; n - d pairs are d steps from each other
        assertThat(metrics.path("mean_path_length").asDouble()).isCloseTo(41 / 3.0, within(1e-5));
        // 702 of the 780 pairs, nine tenths, are at most 27 steps apart
        assertThat(metrics.path("effective_diameter").asDouble()).isCloseTo(27, within(1e-5));
    }

    /** A number that is drawn, cut or corrected is cited wrongly by whoever does not know. */
    @Test
    void each_choice_behind_a_number_is_told_beside_it() {
        assertThat(params("network/health").path("clustering").asText()).contains("200,000 drawn");
        assertThat(params("analytics/polarization").path("walks").asText()).contains("1 %");
        assertThat(params("analytics/entropy").path("entropy_bits").asText()).contains("log2");
        assertThat(params("analytics/models").path("entropy_bits").asText()).contains("Miller");
        assertThat(params("analytics/rings").path("core").asText()).contains("24h");
        assertThat(params("analytics/matrix").path("reciprocity").asText()).isEqualTo("ties that are answered / ties");
        glimpse.agent("ada");
        JsonNode tier = glimpse.client().get("/api/v1/agents/ada/tier").is(200).json();
        assertThat(tier.at("/next/missing/2/what").asText()).endsWith("in 90 days");
    }

    private JsonNode params(String path) {
        return glimpse.client().get("/api/v1/" + path).is(200).json().at("/method/params");
    }
}
