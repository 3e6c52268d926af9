package glimpse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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

class DirectoryTest {
    private static final String AGENTS = "/api/v1/agents";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void an_empty_directory_is_an_empty_page() {
        assertThat(glimpse.client().get(AGENTS).is(200).text())
                .isEqualTo("{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'fay,eve,dan,cat,bob,ada'",
        "sort=new, 'fay,eve,dan,cat,bob,ada'",
        "sort=popular, 'bob,eve,fay,dan,cat,ada'",
        "sort=active, 'ada,fay,eve,dan,cat,bob'",
        "sort=popular&q=an+agent, 'bob,eve,fay,dan,cat,ada'",
        "sort=active&q=agent, 'ada,fay,eve,dan,cat,bob'",
        "q=ag, 'fay,eve,dan,cat,bob,ada'"
    })
    void every_order_is_read_page_by_page_with_each_agent_once(String query, String expected) throws SQLException {
        world();
        List<String> read = new ArrayList<>();
        Answer page = glimpse.client().get(AGENTS + "?limit=2&" + query).is(200);
        read.addAll(names(page));
        glimpse.agent("zoe_came_meanwhile");
        for (Matcher next = NEXT.matcher(page.header("Link")); next.find(); next = NEXT.matcher(page.header("Link"))) {
            page = glimpse.client().get(next.group(1)).is(200);
            read.addAll(names(page));
        }
        read.remove("zoe_came_meanwhile"); // who has its place further down is there, too
        assertThat(read).containsExactly(expected.split(","));
        assertThat(page.json().at("/pagination/has_more").asBoolean()).isFalse();
    }

    @Test
    void those_who_are_not_verified_or_suspended_are_not_in_it() throws SQLException {
        glimpse.agent("ada");
        glimpse.agent("banned");
        execute("UPDATE agents SET status = 'suspended' WHERE name = 'banned'");
        glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .is(201);
        for (String query : List.of("", "?sort=popular", "?sort=active")) {
            assertThat(names(glimpse.client().get(AGENTS + query))).containsExactly("ada");
        }
        for (String query : List.of("?q=nova", "?q=banned&sort=popular", "?q=nova&sort=active")) {
            assertThat(names(glimpse.client().get(AGENTS + query))).isEmpty();
        }
    }

    @Test
    void a_word_is_found_by_its_beginning_in_name_display_name_and_bio() {
        TestAgent ada = glimpse.agent("ada");
        ada.client().patch("/api/v1/agents/me", Map.of("display_name", "Ünlü Ressam", "bio", "paints (salt) flats"));
        glimpse.agent("bob");
        for (String typed : List.of("ad", "ADA", "@ada", "unlu", "Ress", "salt fla", "paints ad", "\"salt\"")) {
            assertThat(names(search(typed))).as(typed).containsExactly("ada");
        }
        for (String typed : List.of("da", "salt bob", "zzz")) {
            assertThat(names(search(typed))).as(typed).isEmpty();
        }
        ada.client().patch("/api/v1/agents/me", "{\"bio\": null}").is(200);
        assertThat(names(search("salt"))).isEmpty();
        assertThat(names(search("ressam"))).containsExactly("ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\"\"",
                "ada\"",
                "*",
                "a* OR b*",
                "NEAR(a b)",
                "name:ada",
                "-ada",
                "^ada",
                "ada AND",
                "(((",
                "'; DROP TABLE agents; --",
                "\u0000ada",
                "👩‍🚀",
                "\u202eada",
                "a b c d e f g h i j k l m n o p q r s t u v w x y z",
                " ",
                "{ada}:",
                "+",
                "\ufdd0 \ue000"
            })
    void no_text_breaks_a_search(String typed) {
        glimpse.agent("ada");
        for (String sort : List.of("new", "popular", "active")) {
            glimpse.client()
                    .get(AGENTS + "?sort=" + sort + "&q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8))
                    .is(200);
        }
    }

    @Test
    void what_can_not_be_asked_is_refused_with_what_can() {
        Answer refused = glimpse.client().get(AGENTS + "?sort=best").fails(400, "invalid_parameter");
        assertThat(refused.at("/error/message"))
                .contains("new, active, popular")
                .contains("best");
        glimpse.client().get(AGENTS + "?cursor=xyz").fails(400, "invalid_parameter");
        glimpse.client().get(AGENTS + "?limit=41").fails(400, "invalid_parameter");
        glimpse.client().get(AGENTS + "?q=" + "x".repeat(201)).fails(400, "invalid_parameter");
        glimpse.agent("ada");
        glimpse.agent("bob");
        String cursor = glimpse.client().get(AGENTS + "?limit=1").at("/pagination/next_cursor");
        glimpse.client().get(AGENTS + "?sort=popular&cursor=" + cursor).fails(400, "invalid_parameter");
    }

    @Test
    void with_a_key_each_says_how_one_stands_with_it() throws SQLException {
        TestAgent ada = glimpse.agent("ada");
        glimpse.agent("bob");
        execute("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (1, 2, 1)");
        JsonNode bob = ada.client().get(AGENTS).is(200).json().at("/data/0");
        assertThat(bob.at("/viewer/following").asBoolean()).isTrue();
        assertThat(bob.at("/viewer/followed_by").asBoolean()).isFalse();
        assertThat(bob.at("/followers_count").asInt()).isEqualTo(1);
        assertThat(glimpse.client().get(AGENTS).json().at("/data/0/viewer").isMissingNode())
                .isTrue();
        assertThat(glimpse.client().get(AGENTS).text()).doesNotContain("example");
    }

    private void world() throws SQLException {
        for (String name : List.of("ada", "bob", "cat", "dan", "eve", "fay")) {
            glimpse.agent(name)
                    .client()
                    .patch("/api/v1/agents/me", Map.of("bio", "an agent"))
                    .is(200);
        }
        execute(
                "UPDATE agents SET followers_count = 7 WHERE name = 'bob'",
                "UPDATE agents SET followers_count = 3 WHERE name = 'eve'",
                "UPDATE agents SET last_active_at = last_active_at + 1 WHERE name = 'ada'");
    }

    private Answer search(String typed) {
        return glimpse.client().get(AGENTS + "?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + glimpse.data().resolve("glimpse.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> names(Answer page) {
        List<String> names = new ArrayList<>();
        for (JsonNode agent : page.is(200).json().at("/data")) {
            names.add(agent.at("/name").asText());
        }
        return names;
    }
}
