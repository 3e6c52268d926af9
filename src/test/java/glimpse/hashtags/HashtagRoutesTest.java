package glimpse.hashtags;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashtagRoutesTest {
    private static final String HASHTAGS = "/api/v1/hashtags";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void posts_of_a_hashtag_come_newest_first_page_by_page() {
        TestAgent ada = glimpse.agent("ada");
        for (int i = 1; i <= 5; i++) {
            ada.post(i + " #AIart" + (i == 3 ? " #other" : ""));
        }
        ada.post("no tag, but aiart");
        Answer first = glimpse.client().get(HASHTAGS + "/aiart?limit=3").is(200);
        assertThat(captions(first)).containsExactly("5 #AIart", "4 #AIart", "3 #AIart #other");
        ada.client().delete("/api/v1/posts/" + first.at("/data/1/id")).is(204);
        assertThat(captions(glimpse.client().get(next(first)))).containsExactly("2 #AIart", "1 #AIart");
        assertThat(captions(glimpse.client().get(HASHTAGS + "/aiart"))).hasSize(4);
        assertThat(captions(glimpse.client().get(HASHTAGS + "/aiart?min_id=1&limit=1")))
                .containsExactly("2 #AIart");
        assertThat(ada.client()
                        .get(HASHTAGS + "/aiart")
                        .json()
                        .at("/data/0/viewer/liked")
                        .isBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"café", "Café", "cafe\u0301", "#café", "#CAFE\u0301"})
    void a_hashtag_is_the_same_however_it_is_spelled(String name) {
        glimpse.agent("ada").post("one #Cafe\u0301");
        assertThat(glimpse.client()
                        .get(HASHTAGS + "/" + encoded(name))
                        .is(200)
                        .json()
                        .at("/data"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"日本", "שלום", "Straße", "𞤀𞤁", "a_1", "2024art", "İstanbul"})
    void a_hashtag_that_a_caption_can_have_can_be_asked_for(String name) {
        glimpse.agent("ada").post("one #" + name);
        assertThat(glimpse.client()
                        .get(HASHTAGS + "/" + encoded(name))
                        .is(200)
                        .json()
                        .at("/data"))
                .hasSize(1);
    }

    @Test
    void an_unknown_hashtag_is_an_empty_page() {
        assertThat(glimpse.client().get(HASHTAGS + "/nobody_used_this").is(200).text())
                .isEqualTo("{\"data\":[],\"pagination\":"
                        + "{\"limit\":20,\"has_more\":false,\"next_max_id\":null,\"prev_min_id\":null}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"123", "a-b", "a b", "#", "##a", "\uD83D\uDD25", "a'b", "a\"b", "a%b", "..a", "_", "a#b", "a,b"})
    void what_can_not_be_a_hashtag_is_refused(String name) {
        glimpse.client().get(HASHTAGS + "/" + encoded(name)).fails(400, "invalid_parameter");
        glimpse.client().get(HASHTAGS + "/" + "x".repeat(101)).fails(400, "invalid_parameter");
    }

    @Test
    void what_is_posted_more_and_later_trends() {
        assertThat(glimpse.client().get(HASHTAGS).is(200).text())
                .isEqualTo("{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
        TestAgent ada = glimpse.agent("ada");
        ada.post("#old #steady");
        ada.post("#old");
        glimpse.clock().advance(Duration.ofDays(10));
        ada.post("#steady #new");
        Answer trending = glimpse.client().get(HASHTAGS).is(200);
        assertThat(names(trending)).containsExactly("steady", "new", "old");
        assertThat(trending.json().at("/data/2").toString())
                .isEqualTo("{\"name\":\"old\",\"posts_count\":2,\"last_used_at\":\"2026-11-23T15:00:00.000Z\"}");
        assertThat(trending.at("/data/0/last_used_at")).isEqualTo("2026-12-03T15:00:00.000Z");
    }

    @Test
    void changing_and_deleting_posts_changes_the_hashtags_at_once() {
        TestAgent ada = glimpse.agent("ada");
        String one = ada.post("#dawn #dusk").at("/id");
        String two = ada.post("#dawn").at("/id");
        ada.client()
                .patch("/api/v1/posts/" + one, Map.of("caption", "#dusk and #noon"))
                .is(200);
        Answer changed = glimpse.client().get(HASHTAGS).is(200);
        assertThat(names(changed)).containsExactlyInAnyOrder("dawn", "dusk", "noon");
        assertThat(changed.json().at("/data"))
                .allMatch(tag -> tag.at("/posts_count").asInt() == 1);
        assertThat(glimpse.client().get(HASHTAGS + "/dawn").json().at("/data")).hasSize(1);
        assertThat(glimpse.client().get(HASHTAGS + "/noon").json().at("/data")).hasSize(1);
        ada.client().delete("/api/v1/posts/" + two).is(204);
        assertThat(names(glimpse.client().get(HASHTAGS))).containsExactlyInAnyOrder("dusk", "noon");
        ada.client().patch("/api/v1/posts/" + one, Map.of("caption", "")).is(200);
        assertThat(names(glimpse.client().get(HASHTAGS))).isEmpty();
    }

    @Test
    void pages_of_trending_hashtags_have_each_once_also_when_many_trend_alike() {
        glimpse.liftLimits();
        TestAgent ada = glimpse.agent("ada");
        for (int i = 0; i < 30; i += 3) {
            ada.post("#t" + i + " #t" + (i + 1) + " #ü" + (i + 2) + " #all");
        }
        List<String> read = new ArrayList<>();
        Answer page = glimpse.client().get(HASHTAGS + "?limit=4").is(200);
        read.addAll(names(page));
        while (!next(page).isEmpty()) {
            page = glimpse.client().get(next(page)).is(200);
            read.addAll(names(page));
        }
        assertThat(read).hasSize(31).doesNotHaveDuplicates().startsWith("all");
    }

    @Test
    void counts_and_trends_are_what_a_count_of_all_posts_would_give_after_any_history() {
        Random random = new Random(7);
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("BEGIN").agents(2);
            for (int seq = 1; seq <= 600; seq++) {
                rows.post(seq, 1, "", tags(random), seq * 3_600_000L);
                if (random.nextInt(3) == 0) {
                    rows.write("DELETE FROM posts WHERE seq = ?", 1 + random.nextInt(seq));
                } else if (random.nextInt(3) == 0) {
                    rows.write("UPDATE posts SET hashtags = ? WHERE seq = ?", tags(random), 1 + random.nextInt(seq));
                }
            }
            rows.write("COMMIT");
            String recount = """
                    SELECT value AS tag, count(*) AS posts_count, log2(sum(pow(2, created_at / 86400000.0))) AS trend
                      FROM posts, json_each(hashtags) GROUP BY value
                    """;
            assertThat(rows.read("SELECT tag, posts_count FROM hashtags ORDER BY tag"))
                    .isEqualTo(rows.read("SELECT tag, posts_count FROM (" + recount + ") ORDER BY tag"))
                    .isNotEmpty();
            assertThat(rows.read("SELECT tag FROM hashtags JOIN (" + recount
                            + ") AS right USING (tag) WHERE abs(hashtags.trend - right.trend) > 0.05"))
                    .isEmpty();
        }
    }

    @Test
    void a_hashtag_of_many_posts_loses_one_of_them_and_not_its_place() {
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("BEGIN").agents(1);
            for (int seq = 1; seq <= 300; seq++) {
                rows.post(seq, 1, "", seq % 5 < 2 ? "[\"few\"]" : "[\"many\"]", seq);
            }
            rows.write("DELETE FROM posts WHERE seq IN (4, 299)").write("COMMIT");
        }
        assertThat(names(glimpse.client().get(HASHTAGS))).containsExactly("many", "few");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=41",
                "cursor=x",
                "cursor=WyJoYXNodGFncyIsIngiLCJhIl0", // ["hashtags","x","a"]
                "cursor=WyJoYXNodGFncyIsMS41XQ" // ["hashtags",1.5]
            })
    void a_bad_parameter_is_refused(String query) {
        glimpse.client().get(HASHTAGS + "?" + query).fails(400, "invalid_parameter");
    }

    private static String tags(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "[]";
            case 1 -> "[\"a\"]";
            case 2 -> "[\"a\",\"b" + random.nextInt(3) + "\"]";
            default -> "[\"c" + random.nextInt(20) + "\",\"d\"]";
        };
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> names(Answer page) {
        List<String> names = new ArrayList<>();
        for (JsonNode tag : page.is(200).json().at("/data")) {
            names.add(tag.at("/name").asText());
        }
        return names;
    }

    private static List<String> captions(Answer page) {
        List<String> captions = new ArrayList<>();
        for (JsonNode post : page.is(200).json().at("/data")) {
            captions.add(post.at("/caption").asText());
        }
        return captions;
    }

    private static String next(Answer page) {
        Matcher matcher = NEXT.matcher(page.header("Link"));
        return matcher.find() ? matcher.group(1) : "";
    }
}
