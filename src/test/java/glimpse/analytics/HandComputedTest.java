package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Rows;
import glimpse.testing.TestGlimpse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Measures of a world that is small enough to be computed by hand: six agents in two triangles with a bridge. 1, 2 and 3 like
 * each other's posts, both ways; so do 4, 5 and 6; 3 likes 4. Agent n posts twice, n of 1 to 6, with #a in the first triangle
 * and #b in the second, 5 hours ago and 2 hours ago.
 */
class HandComputedTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private static final long HOUR = 3_600_000;

    @BeforeEach
    void two_triangles() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 6, glimpse.clock().instant());
            for (int agent = 1; agent <= 6; agent++) {
                String tag = agent <= 3 ? "[\"a\"]" : "[\"b\"]";
                rows.post(agent, agent, "A picture", tag, world.now() - 5 * HOUR);
                rows.post(10 + agent, agent, "Another", tag, world.now() - 2 * HOUR);
            }
            for (int from = 1; from <= 6; from++) {
                for (int to = 1; to <= 6; to++) {
                    if (from != to && (from <= 3) == (to <= 3)) {
                        world.react(from, to, "like", world.now() - 3 * HOUR);
                    }
                }
            }
            world.react(3, 4, "like", world.now() - HOUR);
            world.react(4, 3, "dislike", world.now() - HOUR);
        }
    }

    private JsonNode data(String path) {
        return glimpse.client().get("/api/v1/" + path).is(200).json().path("data");
    }

    private static void isNear(JsonNode number, double expected) {
        assertThat(number.isNumber()).as(number.toString()).isTrue();
        assertThat(number.asDouble()).isCloseTo(expected, within(1e-5));
    }

    @Test
    void entropy() {
        JsonNode tags = data("analytics/entropy").at("/dimensions/0");
        // two tags, six uses each: 1 bit, and (2 - 1) / (2 · 12 · ln 2) for the small sample
        isNear(tags.path("entropy_bits"), 1 + 1 / (24 * Math.log(2)));
        isNear(tags.path("evenness"), 1);
        assertThat(tags.path("categories").asInt()).isEqualTo(2);
        JsonNode authors = data("analytics/entropy").at("/dimensions/1");
        isNear(authors.path("entropy_bits"), Math.log(6) / Math.log(2) + 5 / (24 * Math.log(2)));
        isNear(data("analytics/entropy").path("diversity_index"), 1);
    }

    @Test
    void rings() {
        JsonNode rings = data("analytics/rings?agent=made_3");
        // everybody is in a 2-core; the highest coreness is below 3, so that there is no core
        assertThat(rings.path("degeneracy").asInt()).isEqualTo(2);
        assertThat(rings.at("/rings/active/count").asInt()).isEqualTo(6);
        assertThat(rings.at("/rings/core/count").asInt()).isZero();
        assertThat(rings.at("/agent/coreness").asInt()).isEqualTo(2);
        assertThat(rings.at("/agent/missing/0").asText()).startsWith("1 more steps of coreness");
    }

    @Test
    void matrix() {
        JsonNode matrix = data("analytics/matrix");
        assertThat(matrix.path("agents")).hasSize(6);
        // 13 likes among pairs, of which all but 3 to 4 are answered; a dislike is none
        isNear(matrix.path("reciprocity"), 12 / 13.0);
        assertThat(matrix.path("cells")).hasSize(14);
        assertThat(matrix.path("total_pairs").asInt()).isEqualTo(13);
    }

    @Test
    void neutral() {
        JsonNode neutral = data("analytics/neutral");
        // the first six were liked after two hours, the second six by nobody in two hours
        assertThat(neutral.path("neutral_posts").asInt()).isEqualTo(6);
        isNear(neutral.path("neutral_rate"), 0.5);
        assertThat(neutral.at("/time_to_first_engagement_s/p50").asInt()).isEqualTo(7_200);
        assertThat(neutral.at("/time_to_first_engagement_s/p90").isNull()).isTrue();
        assertThat(neutral.at("/posts/0/seq").asLong()).isEqualTo(16);
    }

    @Test
    void activity_and_attendance() {
        JsonNode hours = data("analytics/activity?window=24h");
        assertThat(hours.path("bucket").asText()).isEqualTo("hour");
        assertThat(hours.path("buckets")).hasSize(25);
        int[] sums = new int[2];
        hours.path("buckets").forEach(bucket -> {
            sums[0] += bucket.path("posts").asInt();
            sums[1] += bucket.path("likes").asInt();
        });
        assertThat(sums).containsExactly(12, 13);
        JsonNode attendance = data("analytics/attendance");
        assertThat(attendance.at("/platform/dau").asInt()).isEqualTo(6);
        isNear(attendance.at("/platform/stickiness"), 1);
        isNear(attendance.at("/agents/0/rate"), 1 / 8.0);
    }

    @Test
    void similarity() {
        JsonNode pairs = data("analytics/similarity?agent=made_1").path("pairs");
        // 2 likes 1 and 3, 1 likes 2 and 3: they share one of two, and their only hashtag
        assertThat(pairs.at("/0/a/name").asText()).isEqualTo("made_1");
        assertThat(List.of("made_2", "made_3")).contains(pairs.at("/0/b/name").asText());
        isNear(pairs.at("/0/parts/hashtags"), 1);
        assertThat(pairs.at("/0/same_owner").asBoolean()).isFalse();
    }

    @Test
    void cross_scale() {
        JsonNode cross = data("analytics/cross-scale");
        // each triangle is a community and speaks of one thing only: all diversity is between them
        isNear(cross.at("/decomposition/gamma"), 1);
        isNear(cross.at("/decomposition/alpha"), 0);
        isNear(cross.at("/decomposition/beta_share"), 1);
        assertThat(cross.at("/scales/community/units").asInt()).isEqualTo(2);
    }

    @Test
    void health_and_stats() {
        JsonNode metrics = data("network/health").path("metrics");
        assertThat(metrics.path("directed_edges").asInt()).isEqualTo(13);
        isNear(metrics.path("density"), 13 / 30.0);
        isNear(metrics.path("reciprocity"), 12 / 13.0);
        isNear(metrics.path("weak_giant_share"), 1);
        isNear(metrics.path("strong_giant_share"), 0.5);
        // two triangles have 6 closed pairs of edges; at the ends of the bridge are two open ones each
        isNear(metrics.path("transitivity"), 6 / 10.0);
        isNear(metrics.path("mean_local_clustering"), (4 + 2 / 3.0) / 6);
        // 7 edges, 3 in each: 1 - 1/7 - 2 · (1/2)², with weights ln(1+2) inside and ln(1+1) between
        double inside = 6 * Math.log(3);
        isNear(metrics.path("modularity"), inside / (inside + Math.log(2)) - 0.5);
        JsonNode stats = data("network/stats");
        assertThat(stats.at("/totals/interacting_pairs").asInt()).isEqualTo(13);
        assertThat(stats.at("/totals/follows").asInt()).isZero();
    }

    @Test
    void models_and_likeness() {
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("UPDATE posts SET generation_model = 'FLUX.1 schnell', caption = caption || '!' WHERE seq < 4");
            rows.write("UPDATE posts SET generation_model = 'x/flux.1-schnell' WHERE seq = 4");
            rows.write("UPDATE posts SET generation_model = 'other' WHERE seq IN (5, 6)");
        }
        JsonNode models = data("analytics/models");
        assertThat(models.at("/models/0/model").asText()).isEqualTo("flux.1-schnell");
        assertThat(models.at("/models/0/posts").asInt()).isEqualTo(4);
        isNear(models.path("hhi"), 16 / 36.0 + 4 / 36.0);
        isNear(models.path("undeclared_share"), 0.5);
        // all show the same picture
        JsonNode similar = data("analytics/similar");
        assertThat(similar.at("/clusters/0/size").asInt()).isEqualTo(12);
        isNear(similar.path("duplicate_rate"), 11 / 12.0);
    }

    @Test
    void power_counts_posts_with_as_many_owners() {
        JsonNode power =
                glimpse.client().get("/api/v1/agents/made_4/power").is(200).json();
        // one post with the owners of 3, 5 and 6, one with none
        assertThat(power.path("h_index").asInt()).isEqualTo(1);
        assertThat(power.path("posts_counted").asInt()).isEqualTo(2);
        isNear(power.path("power"), 1 / Math.sqrt(2));
        assertThat(power.at("/next_h_needs/has").asInt()).as(power.toString()).isEqualTo(1);
    }

    @Test
    void an_agent_that_does_not_want_to_be_named_is_counted_and_anonymous() {
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("UPDATE agents SET analytics_visible = 0 WHERE name = 'made_3'");
        }
        for (String path : List.of(
                "analytics/rings",
                "analytics/matrix",
                "analytics/roles",
                "analytics/attendance",
                "network/graph",
                "network/matrix",
                "network/stats",
                "analytics/neutral",
                "analytics/entropy")) {
            String text = glimpse.client().get("/api/v1/" + path).is(200).text();
            assertThat(text).as(path).doesNotContain("made_3", "00000003-0000-7000-8000");
        }
        assertThat(data("network/graph").path("nodes")).hasSize(6);
        glimpse.client().get("/api/v1/analytics/rings?agent=made_3").fails(403, "forbidden");
    }
}
