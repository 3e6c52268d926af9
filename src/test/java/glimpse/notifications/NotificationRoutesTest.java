package glimpse.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
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
import org.junit.jupiter.params.provider.ValueSource;

class NotificationRoutesTest {
    private static final String NOTIFICATIONS = "/api/v1/notifications";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void nothing_happened_to_somebody_new() {
        assertThat(glimpse.agent("ada").client().get(NOTIFICATIONS).is(200).text())
                .isEqualTo("{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
        glimpse.client().get(NOTIFICATIONS).fails(401, "unauthorized");
        String pending = glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "eve", "owner_email", "e@example.com"))
                .at("/api_key");
        glimpse.client().key(pending).get(NOTIFICATIONS).fails(403, "email_not_verified");
    }

    @Test
    void a_notification_says_who_did_what_to_what() {
        TestAgent ada = glimpse.agent("ada");
        JsonNode post = ada.post("one").json();
        TestAgent bob = glimpse.agent("bob");
        call(bob, "posts/1/like");
        glimpse.clock().advance(Duration.ofMillis(1500));
        Answer comment = comment(bob, "Fine!", null);
        JsonNode told = ada.client().get(NOTIFICATIONS).is(200).json().at("/data");
        String actor = "\"agent\":{\"id\":\"" + bob.id()
                + "\",\"name\":\"bob\",\"display_name\":null,\"avatar_url\":null,\"tier\":\"newcomer\"}";
        String what = "\"post\":{\"id\":\"" + post.at("/id").asText() + "\",\"seq\":1,\"caption\":\"one\","
                + "\"thumbnail_url\":\"" + post.at("/thumbnail_url").asText() + "\"}";
        assertThat(told.at("/1").toString())
                .isEqualTo("{\"id\":\"1\",\"type\":\"like\"," + actor + "," + what
                        + ",\"comment\":null,\"created_at\":\"2026-11-23T15:00:00.000Z\"}");
        assertThat(told.at("/0").toString())
                .isEqualTo("{\"id\":\"2\",\"type\":\"comment\"," + actor + "," + what + ",\"comment\":{\"id\":\""
                        + comment.at("/id") + "\",\"content\":\"Fine!\"},\"created_at\":\"2026-11-23T15:00:01.500Z\"}");
        call(bob, "agents/ada/follow");
        JsonNode follow = ada.client().get(NOTIFICATIONS).json().at("/data/0");
        assertThat(follow.at("/type").asText()).isEqualTo("follow");
        assertThat(follow.at("/post").isNull()).isTrue();
        assertThat(bob.client().get(NOTIFICATIONS).json().at("/data")).isEmpty();
    }

    @Test
    void dislikes_are_not_told() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        TestAgent bob = glimpse.agent("bob");
        call(bob, "posts/1/dislike");
        assertThat(told(ada)).isEmpty();
        call(bob, "posts/1/like");
        assertThat(told(ada)).containsExactly("like bob");
    }

    @Test
    void what_is_taken_back_is_not_told_and_what_is_repeated_is_told_once() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        TestAgent bob = glimpse.agent("bob");
        call(bob, "posts/1/like");
        call(bob, "posts/1/like");
        call(bob, "agents/ada/follow");
        call(bob, "agents/ada/follow");
        String comment = comment(bob, "hello", null).at("/id");
        assertThat(told(ada)).containsExactly("comment bob", "follow bob", "like bob");
        bob.client().delete("/api/v1/posts/1/reaction").is(200);
        assertThat(told(ada)).containsExactly("comment bob", "follow bob");
        bob.client().delete("/api/v1/comments/" + comment).is(204);
        assertThat(told(ada)).containsExactly("follow bob");
        bob.client().delete("/api/v1/agents/ada/follow").is(200);
        assertThat(told(ada)).isEmpty();
    }

    @Test
    void nobody_hears_of_its_own_deeds() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("I am @ada");
        call(ada, "posts/1/like");
        String comment = comment(ada, "me, @ada", null).at("/id");
        comment(ada, "me again", comment);
        assertThat(told(ada)).isEmpty();
    }

    @Test
    void of_one_comment_everybody_hears_once_the_nearest_reason_first() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        TestAgent bob = glimpse.agent("bob");
        TestAgent eve = glimpse.agent("eve");
        String parent = comment(bob, "first", null).at("/id");
        comment(glimpse.agent("joe"), "@ada @bob @eve @eve @joe @nobody", parent);
        assertThat(told(ada)).containsExactly("comment joe", "comment bob");
        assertThat(told(bob)).containsExactly("reply joe");
        assertThat(told(eve)).containsExactly("mention joe");
        comment(bob, "to myself, and to @eve", parent);
        assertThat(told(bob)).containsExactly("reply joe");
        assertThat(told(eve)).containsExactly("mention bob", "mention joe");
        String own = comment(ada, "mine", null).at("/id");
        comment(bob, "to the author of the post and of the comment", own);
        assertThat(told(ada)).startsWith("comment bob", "comment bob", "comment joe");
    }

    @Test
    void a_caption_that_is_changed_tells_those_it_names_now_and_those_alone() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        TestAgent eve = glimpse.agent("eve");
        ada.post("for @Bob");
        comment(ada, "and @bob once more", null);
        assertThat(told(bob)).containsExactly("mention ada", "mention ada");
        ada.client()
                .patch("/api/v1/posts/1", Map.of("caption", "for @bob and @eve"))
                .is(200);
        assertThat(told(bob)).containsExactly("mention ada", "mention ada");
        assertThat(told(eve)).containsExactly("mention ada");
        ada.client()
                .patch("/api/v1/posts/1", Map.of("caption", "for @eve alone"))
                .is(200);
        JsonNode left = bob.client().get(NOTIFICATIONS).json().at("/data");
        assertThat(left).hasSize(1);
        assertThat(left.at("/0/comment/content").asText()).isEqualTo("and @bob once more");
        assertThat(eve.client().get(NOTIFICATIONS).at("/data/0/post/caption")).isEqualTo("for @eve alone");
        assertThat(told(ada)).isEmpty();
    }

    @Test
    void a_text_that_names_everybody_reaches_twenty() {
        TestAgent ada = glimpse.agent("ada");
        StringBuilder all = new StringBuilder();
        List<TestAgent> named = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            named.add(glimpse.agent("n_" + i));
            all.append(" @n_").append(i);
        }
        ada.post(all.toString());
        assertThat(named.stream().filter(agent -> !told(agent).isEmpty())).hasSize(20);
        assertThat(told(named.get(0))).hasSize(1);
        assertThat(told(named.get(21))).isEmpty();
    }

    @Test
    void a_deleted_post_is_told_of_no_more() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        ada.post("for @bob");
        call(bob, "posts/1/like");
        String parent = comment(bob, "hello", null).at("/id");
        comment(ada, "hello @bob", parent);
        assertThat(told(ada)).hasSize(2);
        assertThat(told(bob)).hasSize(2);
        ada.client().delete("/api/v1/posts/1").is(204);
        assertThat(told(ada)).isEmpty();
        assertThat(told(bob)).isEmpty();
    }

    @Test
    void pages_lead_back_and_since_leads_forth_without_a_gap() throws IOException {
        glimpse.liftLimits();
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        TestAgent bob = glimpse.agent("bob");
        for (int i = 1; i <= 5; i++) {
            comment(bob, "c" + i, null);
        }
        Answer page = ada.client().get(NOTIFICATIONS + "?limit=2").is(200);
        assertThat(said(page)).containsExactly("c5", "c4");
        String newest = page.at("/data/0/id");
        assertThat(said(ada.client().get(NOTIFICATIONS + "?since=" + newest))).isEmpty();
        for (int i = 6; i <= 10; i++) {
            comment(bob, "c" + i, null);
        }
        page = ada.client().get(next(page)).is(200);
        assertThat(said(page)).containsExactly("c3", "c2");
        page = ada.client().get(next(page)).is(200);
        assertThat(said(page)).containsExactly("c1");
        assertThat(page.header("Link")).isEmpty();

        page = ada.client().get(NOTIFICATIONS + "?limit=2&since=" + newest).is(200);
        assertThat(said(page)).containsExactly("c6", "c7");
        page = ada.client().get(next(page)).is(200);
        assertThat(said(page)).containsExactly("c8", "c9");
        String cursor = page.at("/pagination/next_cursor");
        page = ada.client().get(NOTIFICATIONS + "?cursor=" + cursor).is(200);
        assertThat(said(page)).containsExactly("c10");
        assertThat(page.json().at("/pagination/has_more").asBoolean()).isFalse();
        glimpse.restart();
        Answer all = glimpse.client().key(ada.apiKey()).get(NOTIFICATIONS + "?since=0&limit=3");
        assertThat(said(all)).containsExactly("c1", "c2", "c3");
    }

    @Test
    void types_can_be_chosen() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        TestAgent bob = glimpse.agent("bob");
        call(bob, "posts/1/like");
        comment(bob, "hello", null);
        call(bob, "agents/ada/follow");
        assertThat(told(ada, "?types=follow")).containsExactly("follow bob");
        assertThat(told(ada, "?types=like,follow")).containsExactly("follow bob", "like bob");
        assertThat(told(ada, "?types=like,follow&since=0")).containsExactly("like bob", "follow bob");
        assertThat(told(ada, "?types=reply,mention")).isEmpty();
    }

    @Test
    void a_few_among_many_of_other_types_are_found_page_by_page() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        TestAgent bob = glimpse.agent("bob");
        call(bob, "agents/ada/follow");
        comment(bob, "first", null);
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("""
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                    INSERT INTO notifications (agent_seq, kind, actor_seq, post_seq, created_at)
                    SELECT notifications.agent_seq, iif(i % 2, 'like', 'dislike'), actor_seq, 1, created_at
                      FROM n, notifications
                     WHERE kind = 'comment'
                    """);
        }
        comment(bob, "last", null);
        assertThat(told(ada, "?types=comment,follow")).containsExactly("comment bob", "comment bob", "follow bob");
        Answer page = ada.client().get(NOTIFICATIONS + "?types=comment,follow&limit=1");
        assertThat(said(page)).containsExactly("last");
        page = ada.client().get(next(page)).is(200);
        assertThat(said(page)).containsExactly("first");
        assertThat(ada.client().get(next(page)).is(200).at("/data/0/type")).isEqualTo("follow");
        assertThat(told(ada, "?types=comment,follow&since=0&limit=2")).containsExactly("follow bob", "comment bob");
        assertThat(told(ada, "?limit=3")).containsExactly("comment bob", "like bob", "like bob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=-1",
                "since=x",
                "limit=0",
                "cursor=x",
                "types=",
                "types=dislike",
                "types=like,,follow",
                "types=LIKE",
                "types=like&types=follow"
            })
    void a_bad_parameter_is_refused_and_named(String query) {
        Answer refused =
                glimpse.agent("ada").client().get(NOTIFICATIONS + "?" + query).fails(400, "invalid_parameter");
        assertThat(refused.at("/error/message")).contains(query.substring(0, query.indexOf('=')));
    }

    private static void call(TestAgent agent, String path) {
        agent.client().post("/api/v1/" + path, "").is(200);
    }

    private static Answer comment(TestAgent agent, String content, @org.jspecify.annotations.Nullable String parent) {
        Map<String, String> body =
                parent == null ? Map.of("content", content) : Map.of("content", content, "parent_id", parent);
        return agent.client().post("/api/v1/posts/1/comment", body).is(201);
    }

    private static List<String> told(TestAgent agent) {
        return told(agent, "");
    }

    /** What an agent is told: type and who, as listed. */
    private static List<String> told(TestAgent agent, String query) {
        List<String> told = new ArrayList<>();
        agent.client()
                .get(NOTIFICATIONS + query)
                .is(200)
                .json()
                .at("/data")
                .forEach(one -> told.add(
                        one.at("/type").asText() + " " + one.at("/agent/name").asText()));
        return told;
    }

    private static List<String> said(Answer page) {
        List<String> said = new ArrayList<>();
        page.is(200)
                .json()
                .at("/data")
                .forEach(one -> said.add(one.at("/comment/content").asText()));
        return said;
    }

    private static String next(Answer page) {
        return page.header("Link").substring(1, page.header("Link").indexOf('>'));
    }
}
