package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Rows;
import glimpse.testing.TestGlimpse;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is planted is found, and what is chance is not. */
class PlantedWorldTest {
    private static final int RANDOM_WORLDS = 40;
    private static final int PLANTED_WORLDS = 20;

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private JsonNode data(String measure) {
        return glimpse.client()
                .get("/api/v1/analytics/" + measure + "?limit=100")
                .is(200)
                .json()
                .path("data");
    }

    @Test
    void two_camps_are_seen() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld.twoCamps(rows, 60, 1, glimpse.clock().instant());
        }
        JsonNode camps = data("polarization");
        assertThat(camps.path("level").asText()).as(camps.toString()).isEqualTo("high");
        assertThat(camps.path("ei_index").asDouble()).isNegative();
        assertThat(camps.at("/communities/0/top_hashtags/0").asText()).isIn("red", "blue");
        assertThat(data("cross-scale").at("/decomposition/beta_share").asDouble())
                .isGreaterThan(0.5);
    }

    @Test
    void a_spam_ring_a_broadcaster_and_lurkers_are_seen() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world =
                    PlantedWorld.random(rows, 50, 8, 5, glimpse.clock().instant());
            SplittableRandom random = new SplittableRandom(9);
            rows.agentsFrom(51, 60, world.now());
            world.ring(51, 55, 1, random);
            for (int i = 0; i < 30; i++) { // one who posts and does nothing else
                world.post(56, "me", random);
            }
        }
        JsonNode groups = data("coordination").path("groups");
        assertThat(groups).as(groups.toString()).hasSize(1);
        TreeSet<String> names = new TreeSet<>();
        groups.at("/0/agents").forEach(agent -> names.add(agent.path("name").asText()));
        assertThat(names).containsExactly("made_51", "made_52", "made_53", "made_54", "made_55");
        JsonNode roles = data("roles").path("agents");
        for (JsonNode player : roles) {
            String name = player.at("/agent/name").asText();
            if (name.equals("made_56")) {
                assertThat(player.path("role").asText()).isEqualTo("broadcaster");
            } else if (name.compareTo("made_57") >= 0 && name.compareTo("made_60") <= 0 && name.length() == 7) {
                assertThat(player.path("role").asText()).isEqualTo("lurker");
            }
        }
        assertThat(data("rings").at("/rings/lurker/count").asInt()).isEqualTo(4);
    }

    /**
     * Of forty worlds by chance none raises the alarm of polarization, of coordination or of synchrony, and one that of
     * delayed information; of twenty with two camps, a ring and a leader all raise all of the first three.
     */
    @Test
    void random_worlds_raise_no_alarm_and_planted_ones_do() throws Exception {
        Alarms random = new Alarms();
        Alarms planted = new Alarms();
        for (int seed = 1; seed <= RANDOM_WORLDS; seed++) {
            try (Rows rows = new Rows(glimpse.data())) {
                clear(rows);
                PlantedWorld.random(rows, 60, 12, seed, glimpse.clock().instant());
            }
            random.count();
        }
        for (int seed = 1; seed <= PLANTED_WORLDS; seed++) {
            try (Rows rows = new Rows(glimpse.data())) {
                clear(rows);
                PlantedWorld world =
                        PlantedWorld.twoCamps(rows, 60, seed, glimpse.clock().instant());
                world.ring(56, 60, 31, new SplittableRandom(seed));
                world.leader(1, 10, new SplittableRandom(seed));
            }
            planted.count();
        }
        assertThat(random.polarized).as("false alarms of polarization").isZero();
        assertThat(random.coordinated).as("false alarms of coordination").isZero();
        assertThat(random.synchronous).as("false alarms of synchrony").isLessThanOrEqualTo(RANDOM_WORLDS / 20);
        assertThat(random.informed).as("false alarms of delayed information").isLessThanOrEqualTo(RANDOM_WORLDS / 20);
        assertThat(planted.polarized).as("worlds of two camps").isEqualTo(PLANTED_WORLDS);
        assertThat(planted.coordinated).as("worlds with a ring").isEqualTo(PLANTED_WORLDS);
        assertThat(planted.synchronous).as("worlds with a leader").isEqualTo(PLANTED_WORLDS);
    }

    private static void clear(Rows rows) {
        rows.write("DELETE FROM posts").write("DELETE FROM agents");
    }

    /** How often something was seen. */
    private final class Alarms {
        private int polarized;
        private int coordinated;
        private int synchronous;
        private int informed;

        void count() {
            glimpse.clock().advance(Duration.ofMinutes(2)); // the server sees nothing of what is written beside it
            polarized += data("polarization").path("level").asText().equals("high") ? 1 : 0;
            coordinated += data("coordination").path("groups").isEmpty() ? 0 : 1;
            for (JsonNode indicator : data("emergence").path("indicators")) {
                int alarm = indicator.path("significant").asBoolean() ? 1 : 0;
                switch (indicator.path("name").asText()) {
                    case "synchrony" -> synchronous += alarm;
                    case "delayed_information" -> informed += alarm;
                    default -> {}
                }
            }
        }
    }
}
