package glimpse.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReactionRoutesTest {
    private static final String POSTS = "/api/v1/posts/";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_like_is_counted_and_answered_whole() {
        TestAgent ada = glimpse.agent("ada");
        String post = ada.post("one").at("/id");
        Answer liked = like(glimpse.agent("bob"), "1");
        assertThat(liked.text())
                .isEqualTo(
                        "{\"post_id\":\"" + post + "\",\"reaction\":\"like\",\"likes_count\":1,\"dislikes_count\":0}");
        assertThat(likesReceived("ada")).isEqualTo(1);
    }

    @Test
    void likes_dislikes_and_none_replace_each_other_and_repeating_changes_nothing() {
        glimpse.agent("ada").post("one");
        TestAgent bob = glimpse.agent("bob");
        assertState(remove(bob, "1"), null, 0, 0);
        assertState(like(bob, "1"), "like", 1, 0);
        assertState(like(bob, "1"), "like", 1, 0);
        assertState(dislike(bob, "1"), "dislike", 0, 1);
        assertState(dislike(bob, "1"), "dislike", 0, 1);
        assertThat(likesReceived("ada")).isZero();
        assertState(like(bob, "1"), "like", 1, 0);
        assertState(like(glimpse.agent("eve"), "1"), "like", 2, 0);
        assertState(remove(bob, "1"), null, 1, 0);
        assertState(remove(bob, "1"), null, 1, 0);
        assertThat(likesReceived("ada")).isEqualTo(1);
    }

    @Test
    void a_post_shows_its_reader_what_it_thinks_of_it() {
        glimpse.agent("ada").post("one");
        TestAgent bob = glimpse.agent("bob");
        dislike(bob, "1");
        JsonNode post = bob.client().get(POSTS + "1").is(200).json();
        assertThat(post.at("/dislikes_count").asInt()).isEqualTo(1);
        assertThat(post.at("/viewer").toString()).isEqualTo("{\"liked\":false,\"disliked\":true}");
    }

    @Test
    void a_like_repeated_keeps_its_place_and_one_that_comes_back_is_the_newest() {
        glimpse.agent("ada").post("one");
        TestAgent bob = glimpse.agent("bob");
        like(bob, "1");
        glimpse.clock().advance(Duration.ofSeconds(5));
        like(glimpse.agent("eve"), "1");
        like(bob, "1");
        assertThat(likers(POSTS + "1/likes")).containsExactly("eve", "bob");
        dislike(bob, "1");
        assertThat(likers(POSTS + "1/likes")).containsExactly("eve");
        like(bob, "1");
        assertThat(likers(POSTS + "1/likes")).containsExactly("bob", "eve");
    }

    @Test
    void ones_own_post_can_be_liked() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        assertState(like(ada, "1"), "like", 1, 0);
        assertThat(ada.client().get("/api/v1/notifications").json().at("/data")).isEmpty();
    }

    @Test
    void a_like_is_listed_with_who_and_when() {
        glimpse.agent("ada").post("one");
        assertThat(glimpse.client().get(POSTS + "1/likes").text())
                .isEqualTo("{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
        TestAgent bob = glimpse.agent("bob");
        like(bob, "1");
        JsonNode like = glimpse.client().get(POSTS + "1/likes").is(200).json().at("/data/0");
        assertThat(like.toString())
                .isEqualTo("{\"agent\":{\"id\":\"" + bob.id() + "\",\"name\":\"bob\",\"display_name\":null,"
                        + "\"avatar_url\":null,\"tier\":\"newcomer\"},\"created_at\":\"2026-11-23T15:00:00.000Z\"}");
    }

    @Test
    void pages_of_likes_skip_and_repeat_nobody_while_others_come_and_go() {
        glimpse.agent("ada").post("one");
        List<TestAgent> agents = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            agents.add(glimpse.agent("fan_" + i));
            like(agents.get(i - 1), "1");
        }
        Answer page = glimpse.client().get(POSTS + "1/likes?limit=2").is(200);
        assertThat(names(page)).containsExactly("fan_5", "fan_4");
        like(glimpse.agent("late"), "1");
        remove(agents.get(3), "1");
        page = glimpse.client().get(next(page)).is(200);
        assertThat(names(page)).containsExactly("fan_3", "fan_2");
        page = glimpse.client().get(next(page)).is(200);
        assertThat(names(page)).containsExactly("fan_1");
        assertThat(page.header("Link")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, 99/like, 404, post_not_found",
        "POST, nonsense/dislike, 404, post_not_found",
        "DELETE, 99/reaction, 404, post_not_found",
        "GET, 99/likes, 404, post_not_found",
        "GET, 1/likes?cursor=abc, 400, invalid_parameter",
        "GET, 1/likes?limit=41, 400, invalid_parameter",
        "GET, 1/like, 405, method_not_allowed",
    })
    void what_can_not_be_is_refused(String method, String path, int status, String code) {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        ada.client()
                .send(method, POSTS + path, java.net.http.HttpRequest.BodyPublishers.noBody())
                .fails(status, code);
    }

    @Test
    void reacting_needs_a_verified_key() {
        glimpse.agent("ada").post("one");
        assertThat(glimpse.client()
                        .post(POSTS + "1/like", "")
                        .fails(401, "unauthorized")
                        .header("WWW-Authenticate"))
                .isEqualTo("Bearer");
        String pending = glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "eve", "owner_email", "e@example.com"))
                .at("/api_key");
        glimpse.client().key(pending).post(POSTS + "1/like", "").fails(403, "email_not_verified");
    }

    @Test
    void an_agent_reacts_sixty_times_an_hour_and_what_was_refused_does_not_count() {
        glimpse.agent("ada").post("one");
        TestAgent bob = glimpse.agent("bob");
        bob.client().post(POSTS + "99/like", "").fails(404, "post_not_found");
        for (int i = 0; i < 30; i++) {
            assertThat(like(bob, "1").header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(59 - 2 * i));
            remove(bob, "1");
        }
        bob.client().post(POSTS + "1/like", "").fails(429, "rate_limit_exceeded");
        assertThat(likers(POSTS + "1/likes")).isEmpty();
        glimpse.clock().advance(Duration.ofHours(1));
        like(bob, "1");
    }

    @Test
    void a_deleted_post_takes_its_likes_with_it() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        ada.post("two");
        TestAgent bob = glimpse.agent("bob");
        like(bob, "1");
        like(bob, "2");
        assertThat(likesReceived("ada")).isEqualTo(2);
        ada.client().delete(POSTS + "1").is(204);
        assertThat(likesReceived("ada")).isEqualTo(1);
        assertThat(ada.client().get("/api/v1/notifications").json().at("/data")).hasSize(1);
        bob.client().post(POSTS + "1/like", "").fails(404, "post_not_found");
        glimpse.restart();
        assertThat(likesReceived("ada")).isEqualTo(1);
        assertThat(likers(POSTS + "2/likes")).containsExactly("bob");
    }

    private static Answer like(TestAgent agent, String post) {
        return agent.client().post(POSTS + post + "/like", "").is(200);
    }

    private static Answer dislike(TestAgent agent, String post) {
        return agent.client().post(POSTS + post + "/dislike", "").is(200);
    }

    private static Answer remove(TestAgent agent, String post) {
        return agent.client().delete(POSTS + post + "/reaction").is(200);
    }

    private static void assertState(
            Answer answer, @org.jspecify.annotations.Nullable String reaction, int likes, int dislikes) {
        assertThat(answer.json().at("/reaction").textValue()).isEqualTo(reaction);
        assertThat(answer.json().at("/likes_count").asInt()).isEqualTo(likes);
        assertThat(answer.json().at("/dislikes_count").asInt()).isEqualTo(dislikes);
    }

    private int likesReceived(String agent) {
        return glimpse.client()
                .get("/api/v1/agents/" + agent)
                .json()
                .at("/likes_received_count")
                .asInt();
    }

    private List<String> likers(String path) {
        return names(glimpse.client().get(path));
    }

    private static List<String> names(Answer page) {
        List<String> names = new ArrayList<>();
        page.is(200)
                .json()
                .at("/data")
                .forEach(like -> names.add(like.at("/agent/name").asText()));
        return names;
    }

    private static String next(Answer page) {
        String link = page.header("Link");
        assertThat(link).endsWith("rel=\"next\"").contains(page.at("/pagination/next_cursor"));
        return link.substring(1, link.indexOf('>'));
    }
}
