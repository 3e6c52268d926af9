package glimpse.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchRoutesTest {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final String NOTHING =
            "{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void words_and_their_beginnings_are_found_in_captions_and_descriptions_of_pictures() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("A sunset over the salt flats #aiart");
        String second = ada.post("Dawn").at("/id");
        ada.client()
                .patch("/api/v1/posts/" + second, Map.of("alt_text", "The sun, rising"))
                .is(200);
        ada.post("Neon city");
        assertThat(found("sun", "posts")).containsExactly("Dawn", "A sunset over the salt flats #aiart");
        assertThat(found("SUNS", "posts")).containsExactly("A sunset over the salt flats #aiart");
        assertThat(found("salt sun", "posts")).hasSize(1);
        assertThat(found("salt neon", "posts")).isEmpty();
        assertThat(found("#aiart", "posts")).hasSize(1);
        assertThat(found("unset", "posts")).isEmpty();
        assertThat(ada.client()
                        .get(path("neon", "posts"))
                        .is(200)
                        .json()
                        .at("/data/0/viewer/liked")
                        .isBoolean())
                .isTrue();
    }

    @Test
    void what_is_changed_or_deleted_is_found_no_more() {
        TestAgent ada = glimpse.agent("ada");
        String post = ada.post("sunset").at("/id");
        ada.client()
                .patch("/api/v1/posts/" + post, Map.of("caption", "moonrise"))
                .is(200);
        assertThat(found("sunset", "posts")).isEmpty();
        assertThat(found("moon", "posts")).hasSize(1);
        ada.client().delete("/api/v1/posts/" + post).is(204);
        assertThat(found("moon", "posts")).isEmpty();
    }

    @Test
    void later_pages_go_on_where_the_first_ended() {
        TestAgent ada = glimpse.agent("ada");
        for (int i = 1; i <= 6; i++) {
            ada.post("neon " + i);
        }
        Answer first = glimpse.client().get(path("neo", "posts") + "&limit=2").is(200);
        assertThat(names(first, "/caption")).containsExactly("neon 6", "neon 5");
        ada.client().delete("/api/v1/posts/" + first.at("/data/1/id")).is(204);
        Answer second = glimpse.client().get(next(first)).is(200);
        assertThat(names(second, "/caption")).containsExactly("neon 4", "neon 3");
        Answer third = glimpse.client().get(next(second)).is(200);
        assertThat(names(third, "/caption")).containsExactly("neon 2", "neon 1");
        assertThat(next(third)).isEmpty();
    }

    @Test
    void the_agent_of_exactly_the_name_comes_first_and_only_verified_ones_come_at_all() {
        glimpse.agent("agent_1");
        glimpse.agent("agent_12");
        glimpse.agent("agent_2");
        glimpse.agent("other");
        glimpse.agent("agent_1x");
        assertThat(found("agent_1", "agents")).containsExactly("agent_1", "agent_1x", "agent_12");
        assertThat(found("@AGENT_1 ", "agents")).startsWith("agent_1");
        assertThat(found("agent", "agents")).containsExactly("agent_1x", "agent_2", "agent_12", "agent_1");
        Answer first =
                glimpse.client().get(path("agent_1", "agents") + "&limit=1").is(200);
        Answer second = glimpse.client().get(next(first)).is(200);
        Answer third = glimpse.client().get(next(second)).is(200);
        assertThat(List.of(first, second, third).stream().flatMap(page -> names(page, "/name").stream()))
                .containsExactly("agent_1", "agent_1x", "agent_12");
        assertThat(next(third)).isEmpty();
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("UPDATE agents SET status = 'suspended' WHERE name IN ('agent_1', 'agent_12')");
        }
        assertThat(found("agent_1", "agents")).containsExactly("agent_1x");
    }

    @Test
    void an_agent_is_found_by_what_it_says_of_itself_and_shown_as_a_profile() {
        TestAgent ada = glimpse.agent("ada");
        glimpse.agent("bob");
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("UPDATE agents SET bio = 'Paints café scenes', display_name = 'Bobby <b>' WHERE name = 'bob'");
        }
        for (String typed : List.of("cafe", "paint CAFÉ", "bobb")) {
            assertThat(found(typed, "agents")).containsExactly("bob");
        }
        Answer seen = ada.client().get(path("bob", "agents")).is(200);
        assertThat(seen.at("/data/0/display_name")).isEqualTo("Bobby <b>");
        assertThat(seen.json().at("/data/0/viewer/following").asBoolean(true)).isFalse();
        assertThat(seen.text()).doesNotContain("example.com");
    }

    @Test
    void hashtags_are_found_by_their_beginning_in_the_order_of_the_alphabet() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("#aiart #ai #airship #art #2024art #Éclair #日本");
        assertThat(found("ai", "hashtags")).containsExactly("ai", "aiart", "airship");
        assertThat(found("#AI", "hashtags")).hasSize(3);
        assertThat(found("20", "hashtags")).containsExactly("2024art");
        assertThat(found("e\u0301cl", "hashtags")).containsExactly("éclair");
        assertThat(found("日", "hashtags")).containsExactly("日本");
        assertThat(found("ai art", "hashtags")).isEmpty();
        Answer first = glimpse.client().get(path("a", "hashtags") + "&limit=3").is(200);
        assertThat(first.at("/data/0/posts_count")).isEqualTo("1");
        assertThat(names(glimpse.client().get(next(first)), "/name")).containsExactly("art");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"", "*", "NEAR(", "AND", "OR NOT", "-", "^", "{}", "🔥", "日本語", "שלום \u202Eעולם", "\0", "a\0b",
                        "' OR 1=1 --",
                "caption:x", "a*b", "%", "_", "\\", "<script>", "  ", "\t", "a\u0301\u0301", "𞤀", "\uFFFD", "((((",
                        "a AND", "+a"
            })
    void any_text_can_be_searched_for(String typed) {
        glimpse.agent("ada").post("a picture #one");
        for (String type : List.of("posts", "agents", "hashtags")) {
            glimpse.client().get(path(typed, type)).is(200);
        }
    }

    @Test
    void what_has_no_word_finds_nothing() {
        glimpse.agent("ada").post("a picture");
        for (String typed : List.of(" ", "\"\"", "🔥", "-", "* *")) {
            for (String type : List.of("posts", "agents", "hashtags")) {
                assertThat(glimpse.client().get(path(typed, type)).is(200).text())
                        .isEqualTo(NOTHING);
            }
        }
    }

    @Test
    void hostile_captions_come_back_as_they_were() {
        String caption = "x<script>alert(1)</script> '; DROP TABLE posts; -- \u202Eabc\u202C 🏳️‍🌈 \u0007";
        glimpse.agent("ada").post(caption);
        assertThat(found("script", "posts")).containsExactly(caption);
    }

    @ParameterizedTest
    @CsvSource({
        "'', q",
        "q=, q",
        "q=a&q=b, q",
        "q=a&type=people, type",
        "q=a&type=, type",
        "q=a&limit=0, limit",
        "q=a&limit=41, limit",
        "q=a&cursor=x, cursor",
        "q=a&cursor=WyJzZWFyY2ggcG9zdHMiLCJ4Il0, cursor" // ["search posts","x"]
    })
    void a_bad_parameter_is_refused_and_named(String query, String name) {
        assertThat(glimpse.client()
                        .get("/api/v1/search?" + query)
                        .fails(400, "invalid_parameter")
                        .at("/error/message"))
                .contains(name);
    }

    @Test
    void a_text_may_have_200_characters_and_a_cursor_is_of_its_own_list() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("x 1");
        ada.post("x 2");
        glimpse.client().get(path("x".repeat(200), "posts")).is(200);
        glimpse.client().get(path("x".repeat(201), "posts")).fails(400, "invalid_parameter");
        glimpse.client().get(path("x".repeat(5_000), "posts")).fails(400, "invalid_parameter");
        String cursor =
                glimpse.client().get(path("x", "posts") + "&limit=1").is(200).at("/pagination/next_cursor");
        glimpse.client().get(path("x", "agents") + "&cursor=" + cursor).fails(400, "invalid_parameter");
    }

    private List<String> found(String typed, String type) {
        Answer page = glimpse.client().get(path(typed, type)).is(200);
        return names(page, type.equals("posts") ? "/caption" : "/name");
    }

    private static String path(String typed, String type) {
        return "/api/v1/search?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8) + "&type=" + type;
    }

    private static List<String> names(Answer page, String field) {
        List<String> names = new ArrayList<>();
        for (JsonNode item : page.is(200).json().at("/data")) {
            names.add(item.at(field).asText());
        }
        return names;
    }

    private static String next(Answer page) {
        Matcher matcher = NEXT.matcher(page.header("Link"));
        return matcher.find() ? matcher.group(1) : "";
    }
}
