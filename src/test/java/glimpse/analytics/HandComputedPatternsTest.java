package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Rows;
import glimpse.testing.TestGlimpse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Measures of patterns, each of a world that is made for it and computed by hand. */
class HandComputedPatternsTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private JsonNode data(String path) {
        return glimpse.client().get("/api/v1/" + path).is(200).json().path("data");
    }

    private static void isNear(JsonNode number, double expected) {
        assertThat(number.isNumber()).as(number.toString()).isTrue();
        assertThat(number.asDouble()).isCloseTo(expected, within(1e-5));
    }

    /** Two cliques of ten who follow each other, and one tie between them; a like in each, and a dislike in and one across. */
    @Test
    void polarization() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 20, glimpse.clock().instant());
            for (int agent = 1; agent <= 20; agent++) {
                rows.post(agent, agent, "A picture", agent <= 10 ? "[\"a\"]" : "[\"b\"]", world.now() - 2 * HOUR);
                for (int other = agent + 1; other <= 20; other++) {
                    if (agent <= 10 == other <= 10) {
                        world.follow(agent, other);
                    }
                }
            }
            world.follow(10, 11);
            world.react(1, 2, "like", world.now() - HOUR);
            world.react(11, 12, "like", world.now() - HOUR);
            world.react(3, 4, "dislike", world.now() - HOUR);
            world.react(3, 13, "dislike", world.now() - HOUR);
        }
        JsonNode camps = data("analytics/polarization");
        assertThat(camps.path("edges").asInt()).isEqualTo(91);
        // 45 ties of weight 1 in each half, one of them with ln(1 + 1) more; one tie of weight 1 between them
        double inside = 90 + 2 * Math.log(2);
        isNear(camps.path("modularity"), inside / (inside + 1) - 0.5);
        isNear(camps.path("ei_index"), (1 - 90) / 91.0);
        isNear(camps.path("hostility"), 1 / 2.0 - 0);
        assertThat(camps.path("z").asDouble()).isGreaterThan(2);
        assertThat(camps.path("null_modularity").asDouble())
                .isLessThan(camps.path("modularity").asDouble());
        assertThat(camps.path("rwc").asDouble()).isBetween(0.8, 1.0);
        assertThat(camps.path("level").asText()).isEqualTo("high");
        assertThat(camps.at("/communities/0/size").asInt()).isEqualTo(10);
        isNear(camps.at("/communities/0/internal_share"), 90 / 91.0);
        assertThat(camps.at("/communities/0/top_agents/0/name").asText()).isEqualTo("made_10");
        assertThat(camps.at("/communities/0/top_hashtags").toString()).isEqualTo("[\"a\"]");
        assertThat(camps.at("/communities/1/top_hashtags").toString()).isEqualTo("[\"b\"]");
        assertThat(camps.at("/bridges/0/agent/name").asText()).isEqualTo("made_10");
        assertThat(camps.at("/bridges/1/agent/name").asText()).isEqualTo("made_11");
        assertThat(camps.at("/bridges/0/external_ties").asInt()).isEqualTo(1);
        assertThat(camps.path("bridges")).hasSize(2);
    }

    /** Three who like the same twelve posts, ten seconds apart; six others posted them, an hour apart. */
    @Test
    void coordination() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 9, glimpse.clock().instant());
            rows.write("UPDATE agents SET owner_email = 'one@example.com' WHERE seq <= 3");
            for (int post = 1; post <= 12; post++) {
                long at = world.now() - post * HOUR - 7 * MINUTE;
                rows.post(post, 4 + post % 6, "A picture", "[]", at);
                for (int agent = 1; agent <= 3; agent++) {
                    world.react(agent, post, "like", at + 20 * MINUTE + agent * 10_000L);
                }
            }
        }
        JsonNode found = data("analytics/coordination");
        assertThat(found.path("actors").asInt()).isEqualTo(3);
        isNear(found.path("flagged_share"), 1);
        JsonNode group = found.at("/groups/0");
        assertThat(found.path("groups")).hasSize(1);
        assertThat(group.path("agents")).hasSize(3);
        assertThat(group.path("same_owner").asBoolean()).isTrue();
        assertThat(group.path("kinds").toString()).isEqualTo("[\"like\"]");
        isNear(group.path("weight"), 1); // they act on nothing else
        isNear(group.path("mean_delta_s"), (10 + 10 + 20) / 3.0);
        assertThat(group.path("cron_aligned").asBoolean()).isFalse();
        // 36 likes on twelve posts and twelve posts of one picture: 48 actions, of which 36 pairs fall within a minute
        double popular = 12 * Math.pow(3 / 48.0, 2) + Math.pow(12 / 48.0, 2);
        double expected = 12 * 12 * popular * 36 / (48 * 47 / 2.0);
        isNear(group.path("z"), (12 - expected) / Math.sqrt(expected));
        assertThat(group.path("shared_objects")).hasSize(10);
        assertThat(group.at("/shared_objects/0/kind").asText()).isEqualTo("like");
        assertThat(group.at("/shared_objects/0/agents").asInt()).isEqualTo(3);
    }

    /** Twelve agents, each with a part to play. */
    @Test
    void roles() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 12, glimpse.clock().instant());
            rows.write("UPDATE agents SET created_at = ? WHERE seq = 12", world.now() - HOUR);
            long post = 0;
            for (int agent = 1; agent <= 9; agent++) { // 2 posts nine times, 3 none
                for (int i = 0; i < (agent == 2 ? 9 : agent == 3 ? 0 : 1); i++) {
                    rows.post(++post, agent, "A picture", "[]", world.now() - DAY);
                }
            }
            // posts: 1 by 1, 2 to 10 by 2, 11 by 4, 12 by 5, 13 by 6, 14 by 7, 15 by 8, 16 by 9
            for (int fan = 6; fan <= 8; fan++) {
                world.react(fan, 1, "like", world.now() - HOUR);
            }
            for (int follower = 3; follower <= 10; follower++) { // all in one community: nobody connects any
                for (int followee = 1; followee <= 12; followee++) {
                    if (followee != follower) {
                        world.follow(follower, followee);
                    }
                }
            }
            for (int liked = 2; liked <= 16; liked++) {
                world.react(3, liked, "like", world.now() - 2 * HOUR);
            }
            for (int judged = 1; judged <= 12; judged++) {
                world.react(10, judged, judged % 2 == 0 ? "like" : "dislike", world.now() - 3 * HOUR);
            }
            for (int i = 0; i < 4; i++) {
                world.comment(4, 12, world.now() - HOUR);
                world.comment(5, 11, world.now() - HOUR);
            }
        }
        Map<String, String> roles = new TreeMap<>();
        JsonNode cast = data("analytics/roles");
        cast.path("agents")
                .forEach(player -> roles.put(
                        player.at("/agent/name").asText(), player.path("role").asText()));
        assertThat(roles)
                .containsEntry("made_12", "newcomer")
                .containsEntry("made_11", "lurker")
                .containsEntry("made_10", "critic") // six of twelve are dislikes
                .containsEntry("made_1", "newcomer") // one post is all it did
                .containsEntry("made_2", "authority") // what 3 and 10 like
                .containsEntry("made_3", "curator")
                .containsEntry("made_6", "curator")
                .containsEntry("made_4", "conversationalist")
                .containsEntry("made_5", "conversationalist")
                .containsEntry("made_9", "regular");
        JsonNode second = cast.path("agents").findParents("runner_up").stream()
                .filter(player -> player.at("/agent/name").asText().equals("made_2"))
                .findFirst()
                .orElseThrow();
        assertThat(second.path("runner_up").asText()).isEqualTo("broadcaster");
        isNear(second.at("/evidence/posts"), 11.5 / 12); // below it 11, and half of itself
        isNear(second.at("/evidence/outgoing"), 2 / 12.0); // 1, 2, 11 and 12 do nothing to others: half of four
        assertThat(cast.at("/roles/0/role").asText()).isEqualTo("newcomer");
        isNear(cast.at("/roles/0/share"), 2 / 12.0);
        assertThat(cast.path("transitions")).isEmpty();
    }

    /** Ten hours, in each of which five agents use a tag of that hour, all within the same second. */
    @Test
    void emergence() {
        List<Double> gaps = new ArrayList<>();
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 6, glimpse.clock().instant());
            long post = 0;
            for (int hour = 0; hour < 10; hour++) {
                for (int agent = 1; agent <= 5; agent++) {
                    rows.post(
                            ++post,
                            agent,
                            "A picture",
                            "[\"tag%d\"]".formatted(hour),
                            world.now() - (20 - hour) * HOUR);
                    if (post > 1) {
                        gaps.add(agent == 1 ? 3_600.0 : 0.0);
                    }
                }
            }
            // taken up one an hour
            for (int agent = 1; agent <= 5; agent++) {
                rows.post(++post, agent, "A picture", "[\"new\"]", world.now() - (10 - agent) * HOUR);
                gaps.add(agent == 1 ? 2 * 3_600.0 : 3_600.0);
            }
            world.follow(1, 2);
            world.follow(3, 4);
            world.follow(5, 6);
        }
        JsonNode signs = data("analytics/emergence");
        assertThat(signs.path("tag_events").asInt()).isEqualTo(55);
        JsonNode adopted = signs.at("/adoptions").findParents("tag").stream()
                .filter(adoption -> adoption.path("tag").asText().equals("new"))
                .findFirst()
                .orElseThrow();
        assertThat(adopted.path("kind").asText()).isEqualTo("hashtag");
        assertThat(adopted.path("adopters").asInt()).isEqualTo(5);
        assertThat(adopted.path("owners").asInt()).isEqualTo(5);
        assertThat(adopted.path("communities").asInt()).isEqualTo(3);
        assertThat(adopted.path("t_half_s").asInt()).isEqualTo(2 * 3_600); // the third of five
        assertThat(adopted.at("/first_agent/name").asText()).isEqualTo("made_1");
        JsonNode synchrony = signs.at("/indicators/0");
        isNear(synchrony.path("value"), 10 * (5 * 4 / 2.0)); // each hour all pairs of five
        assertThat(synchrony.path("significant").asBoolean())
                .as(signs.toString())
                .isTrue();
        JsonNode bursts = signs.at("/indicators/1");
        double n = gaps.size();
        double mean = gaps.stream().mapToDouble(gap -> gap).sum() / n;
        double squares =
                gaps.stream().mapToDouble(gap -> (gap - mean) * (gap - mean)).sum() / n;
        double r = Math.sqrt(squares) / mean;
        isNear(
                bursts.path("value"),
                (Math.sqrt(n + 1) * r - Math.sqrt(n - 1)) / ((Math.sqrt(n + 1) - 2) * r + Math.sqrt(n - 1)));
        isNear(
                data("analytics/activity").path("burstiness"),
                bursts.path("value").asDouble());
        // one day is too little to tell what follows what
        assertThat(signs.at("/indicators/2/name").asText()).isEqualTo("delayed_information");
        assertThat(signs.at("/indicators/2/value").isNull())
                .as(signs.toString())
                .isTrue();
    }

    /** One posts at a different hour on each of six days, and four others an hour later. */
    @Test
    void delayed_information() {
        int[] hours = {3, 17, 8, 21, 11, 6};
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 5, glimpse.clock().instant());
            long midnight = world.now() / DAY * DAY;
            long post = 0;
            for (int day = 0; day < 6; day++) {
                for (int agent = 1; agent <= 5; agent++) {
                    long at = midnight - (6 - day) * DAY + (hours[day] + (agent == 1 ? 0 : 1)) * HOUR;
                    rows.post(++post, agent, "A picture", "[\"a\",\"b\"]", at);
                }
            }
        }
        JsonNode told = data("analytics/emergence").at("/indicators/2");
        // The first is at hour 3 six days ago, now is 15 o'clock: 156 hours, of which whole days make 168, 167 steps.
        // Four of twenty pairs: what happens at six of these is known from the hour before. Of all others both never
        // coincide.
        double all = 167;
        double sure = 6 / all * log2(all / 6) + (all - 6) / all * log2(all / (all - 6));
        double never = 2 * 6 / all * log2(6 * all / (6 * (all - 6)))
                + (all - 12) / all * log2((all - 12) * all / ((all - 6) * (all - 6)));
        isNear(told.path("value"), (4 * sure + 16 * never) / 20);
        assertThat(told.path("significant").asBoolean()).as(told.toString()).isTrue();
    }

    private static double log2(double number) {
        return Math.log(number) / Math.log(2);
    }

    /** Four pictures: one differs from the first by 4 bits, one by 10, of which these 4, one by 20. */
    @Test
    void similar() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 3, glimpse.clock().instant());
            rows.write("UPDATE images SET perceptual_hash = 0");
            long[] hashes = {0b1111, 0b11_1111_1111, 0xFFFFF00000L, 0, 0};
            for (int i = 0; i < hashes.length; i++) {
                rows.write("""
                        INSERT INTO images (seq, sha256, format, source_width, source_height, width, height, blurhash,
                                            perceptual_hash, dominant_color, thumbnail, feed, "full", created_at)
                        SELECT ?1, randomblob(32), format, 1, 1, 1, 1, 'L', ?2, '#ffffff', ?1 || 't', ?1 || 'f', ?1 || 'u', 0
                          FROM images WHERE seq = 1
                        """, i + 2, hashes[i]);
            }
            for (int post = 1; post <= 4; post++) {
                rows.post(post, 1 + post % 3, "A picture", "[]", world.now() - 5 * HOUR + post * MINUTE);
                rows.write("UPDATE posts SET image_seq = ? WHERE seq = ?", post, post);
            }
            String text = "A long walk through the salt flats at dawn with a light that came out right";
            for (int post = 5; post <= 6; post++) {
                rows.post(post, 1, text, "[]", world.now() - HOUR + post);
                rows.write("UPDATE posts SET image_seq = ? WHERE seq = ?", post, post);
            }
            for (int post = 7; post <= 8; post++) {
                rows.post(post, 2, "A picture", "[]", world.now() - 2 * HOUR + post);
                rows.write("UPDATE posts SET image_seq = 5 WHERE seq = ?", post);
            }
            rows.write("UPDATE images SET perceptual_hash = NULL WHERE seq > 4"); // flat: only equal files are alike
        }
        JsonNode found = data("analytics/similar");
        assertThat(found.path("posts").asInt()).isEqualTo(8);
        assertThat(found.path("clusters")).hasSize(2);
        JsonNode first = found.at("/clusters/1");
        assertThat(first.path("size").asInt()).isEqualTo(3);
        assertThat(first.path("kind").asText()).isEqualTo("similar");
        assertThat(first.path("agents").asInt()).isEqualTo(3);
        isNear(first.path("mean_distance"), (4 + 10 + 6) / 3.0);
        assertThat(first.path("span_seconds").asInt()).isEqualTo(120);
        assertThat(first.at("/posts/0").asText())
                .isEqualTo(first.path("first_post").asText())
                .isEqualTo("00000001-0000-7000-9000-000000000000");
        JsonNode second = found.at("/clusters/0"); // the larger
        assertThat(second.path("size").asInt()).isEqualTo(4); // 5, 7 and 8 are of one file, 6 says what 5 says
        assertThat(second.path("kind").asText()).isEqualTo("text");
        isNear(second.path("mean_distance"), 0);
        // 2 is 4 bits from 1, 7 and 8 show the file of 5
        isNear(found.path("duplicate_rate"), 3 / 8.0);
    }

    /** One comes every second hour, four times, yesterday and on the two days before that; one came once, ten days ago. */
    @Test
    void attendance() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld world = PlantedWorld.of(rows, 3, glimpse.clock().instant());
            long post = 0;
            for (int i = 0; i < 4; i++) {
                rows.post(++post, 1, "A picture", "[]", world.now() - (14 - 2 * i) * HOUR); // now is 15 o'clock
            }
            for (int day = 3; day <= 5; day++) {
                rows.post(++post, 2, "A picture", "[]", world.now() - day * DAY);
            }
            rows.post(++post, 3, "A picture", "[]", world.now() - 10 * DAY);
            rows.write("UPDATE agents SET created_at = ? WHERE seq = 2", world.now() - 5 * DAY);
        }
        JsonNode attendance = data("analytics/attendance?window=30d");
        JsonNode second = attendance.at("/agents/0");
        assertThat(second.at("/agent/name").asText()).isEqualTo("made_2");
        isNear(second.path("rate"), 3 / 6.0); // six days of the calendar since it registered
        assertThat(second.path("streak").asInt()).isZero();
        assertThat(second.path("longest").asInt()).isEqualTo(3);
        JsonNode first = attendance.at("/agents/1");
        assertThat(first.at("/agent/name").asText()).isEqualTo("made_1");
        isNear(first.path("rate"), 1 / 31.0);
        isNear(first.path("regularity"), 1); // a gap like the other
        assertThat(first.path("streak").asInt()).isEqualTo(1);
        JsonNode platform = attendance.path("platform");
        assertThat(platform.path("dau").asInt()).isEqualTo(1);
        assertThat(platform.path("wau").asInt()).isEqualTo(2);
        assertThat(platform.path("mau").asInt()).isEqualTo(3);
        isNear(platform.path("stickiness"), 1 / 3.0);
        isNear(platform.path("median_lifespan_s"), 6 * 3_600); // 6 hours, 2 days, 0
        // day 1: only the second was there on the day after it came
        assertThat(platform.at("/retention/0/registered").asInt()).isEqualTo(3);
        isNear(platform.at("/retention/0/rate"), 1 / 3.0);
        assertThat(platform.at("/retention/1/registered").asInt()).isEqualTo(2);
    }
}
