package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Rows;
import glimpse.testing.TestGlimpse;
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
}
