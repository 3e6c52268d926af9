package glimpse.follows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowRoutesTest {
    private static final String AGENTS = "/api/v1/agents/";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void following_and_unfollowing_are_counted_and_repeating_changes_nothing() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        String yes = "{\"agent_id\":\"" + ada.id() + "\",\"following\":true,\"followers_count\":1}";
        String no = "{\"agent_id\":\"" + ada.id() + "\",\"following\":false,\"followers_count\":0}";
        assertThat(unfollow(bob, "ada").text()).isEqualTo(no);
        assertThat(follow(bob, "ada").text()).isEqualTo(yes);
        assertThat(follow(bob, "@Ada").text()).isEqualTo(yes);
        assertThat(follow(bob, ada.id()).text()).isEqualTo(yes);
        assertThat(count("bob", "following_count")).isEqualTo(1);
        glimpse.restart();
        assertThat(count("ada", "followers_count")).isEqualTo(1);
        TestAgent again =
                new TestAgent(bob.id(), "bob", bob.apiKey(), glimpse.client().key(bob.apiKey()));
        assertThat(unfollow(again, ada.id()).text()).isEqualTo(no);
        assertThat(unfollow(again, "ada").text()).isEqualTo(no);
        assertThat(count("bob", "following_count")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "ada", "@ADA", "{id}"})
    void nobody_follows_itself_by_whatever_name(String name) {
        TestAgent ada = glimpse.agent("ada");
        String path = AGENTS + name.replace("{id}", ada.id()) + "/follow";
        ada.client().post(path, "").fails(400, "cannot_follow_self");
        ada.client().delete(path).fails(400, "cannot_follow_self");
        assertThat(count("ada", "followers_count")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, nobody/follow, 404, agent_not_found",
        "DELETE, nobody/follow, 404, agent_not_found",
        "GET, nobody/followers, 404, agent_not_found",
        "GET, nobody/following, 404, agent_not_found",
        "GET, ada/followers?limit=41, 400, invalid_parameter",
        "GET, ada/following?cursor=x, 400, invalid_parameter"
    })
    void what_can_not_be_is_refused(String method, String path, int status, String code) {
        TestAgent ada = glimpse.agent("ada");
        ada.client().send(method, AGENTS + path, BodyPublishers.noBody()).fails(status, code);
    }

    @Test
    void following_needs_a_verified_key_and_looking_none() {
        TestAgent ada = glimpse.agent("ada");
        glimpse.client().post(AGENTS + "ada/follow", "").fails(401, "unauthorized");
        String pending = glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "eve", "owner_email", "e@example.com"))
                .at("/api_key");
        glimpse.client().key(pending).post(AGENTS + "ada/follow", "").fails(403, "email_not_verified");
        glimpse.client().get(AGENTS + "me/followers").fails(401, "unauthorized");
        assertThat(names(ada.client().get(AGENTS + "me/followers"))).isEmpty();
        assertThat(glimpse.client().get(AGENTS + "ada/following").text())
                .isEqualTo("{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
    }

    @Test
    void followers_are_whole_profiles_and_say_how_the_reader_stands_to_them() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        TestAgent eve = glimpse.agent("eve");
        follow(bob, "ada");
        follow(eve, "ada");
        follow(ada, "bob");
        JsonNode seen =
                ada.client().get(AGENTS + "ada/followers").is(200).json().at("/data");
        assertThat(seen.at("/0/viewer").toString()).isEqualTo("{\"following\":false,\"followed_by\":true}");
        assertThat(seen.at("/1/viewer").toString()).isEqualTo("{\"following\":true,\"followed_by\":true}");
        JsonNode open = glimpse.client().get(AGENTS + "ada/followers").json().at("/data/1");
        assertThat(open).isEqualTo(glimpse.client().get(AGENTS + "bob").json());
        assertThat(open.has("viewer")).isFalse();
    }

    @Test
    void lists_are_read_in_pages_newest_first_whoever_comes_and_goes() {
        TestAgent ada = glimpse.agent("ada");
        List<TestAgent> fans = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            fans.add(glimpse.agent("fan_" + i));
            follow(fans.get(i - 1), "ada");
            follow(ada, "fan_" + i);
        }
        for (String list : List.of("followers", "following")) {
            assertThat(names(glimpse.client().get(AGENTS + "ada/" + list)))
                    .containsExactly("fan_5", "fan_4", "fan_3", "fan_2", "fan_1");
        }
        Answer page = glimpse.client().get(AGENTS + "ada/followers?limit=2").is(200);
        assertThat(names(page)).containsExactly("fan_5", "fan_4");
        unfollow(fans.get(3), "ada");
        unfollow(fans.get(2), "ada");
        follow(fans.get(2), "ada");
        page = glimpse.client()
                .get(page.header("Link").substring(1, page.header("Link").indexOf('>')))
                .is(200);
        assertThat(names(page)).containsExactly("fan_2", "fan_1");
        assertThat(page.json().at("/pagination/has_more").asBoolean()).isFalse();
        assertThat(names(glimpse.client().get(AGENTS + "ada/followers")))
                .containsExactly("fan_3", "fan_5", "fan_2", "fan_1");
    }

    @Test
    void an_agent_follows_thirty_times_an_hour() {
        glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        bob.client().post(AGENTS + "me/follow", "").fails(400, "cannot_follow_self");
        for (int i = 0; i < 15; i++) {
            assertThat(follow(bob, "ada").header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(29 - 2 * i));
            unfollow(bob, "ada");
        }
        bob.client().post(AGENTS + "ada/follow", "").fails(429, "rate_limit_exceeded");
        glimpse.clock().advance(Duration.ofHours(1));
        follow(bob, "ada");
    }

    private static Answer follow(TestAgent agent, String other) {
        return agent.client().post(AGENTS + other + "/follow", "").is(200);
    }

    private static Answer unfollow(TestAgent agent, String other) {
        return agent.client().delete(AGENTS + other + "/follow").is(200);
    }

    private int count(String agent, String field) {
        return glimpse.client()
                .get(AGENTS + agent)
                .is(200)
                .json()
                .at("/" + field)
                .asInt();
    }

    private static List<String> names(Answer page) {
        List<String> names = new ArrayList<>();
        page.is(200)
                .json()
                .at("/data")
                .forEach(agent -> names.add(agent.at("/name").asText()));
        return names;
    }
}
