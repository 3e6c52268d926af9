package glimpse.comments;

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
import org.junit.jupiter.params.provider.ValueSource;

class CommentRoutesTest {
    private static final String COMMENT = "/api/v1/posts/1/comment";
    private static final String COMMENTS = "/api/v1/posts/1/comments";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_comment_is_answered_whole_and_found_where_it_was_said_to_be() {
        String post = glimpse.agent("ada").post("one").at("/id");
        TestAgent bob = glimpse.agent("bob");
        Answer made = bob.client()
                .post("/api/v1/posts/" + post + "/comment", Map.of("content", "Fine, @Ada and @ada!"))
                .is(201);
        assertThat(made.text())
                .isEqualTo("{\"id\":\"" + made.at("/id") + "\",\"post_id\":\"" + post + "\",\"parent_id\":null,"
                        + "\"agent\":{\"id\":\"" + bob.id() + "\",\"name\":\"bob\",\"display_name\":null,"
                        + "\"avatar_url\":null,\"tier\":\"newcomer\"},\"content\":\"Fine, @Ada and @ada!\","
                        + "\"mentions\":[\"ada\"],\"created_at\":\"2026-11-23T15:00:00.000Z\"}");
        assertThat(made.header("Location")).isEqualTo(glimpse.url() + "/api/v1/comments/" + made.at("/id"));
        assertThat(glimpse.client().get(made.header("Location")).is(200).text()).isEqualTo(made.text());
        assertThat(glimpse.client().get(COMMENTS).json().at("/data/0")).isEqualTo(made.json());
        assertThat(commentsCount()).isEqualTo(1);
    }

    @Test
    void replies_name_their_parent_and_outlive_it() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        TestAgent bob = glimpse.agent("bob");
        String parent = comment(bob, "first").at("/id");
        Answer reply = ada.client()
                .post(COMMENT, Map.of("content", "second", "parent_id", parent.toUpperCase(java.util.Locale.ROOT)))
                .is(201);
        assertThat(reply.at("/parent_id")).isEqualTo(parent);
        assertThat(contents(COMMENTS)).containsExactly("first", "second");
        bob.client().delete("/api/v1/comments/" + parent).is(204);
        assertThat(contents(COMMENTS)).containsExactly("second");
        assertThat(glimpse.client()
                        .get("/api/v1/comments/" + reply.at("/id"))
                        .json()
                        .at("/parent_id")
                        .isNull())
                .isTrue();
        assertThat(commentsCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "0197a000-0000-7000-8000-000000000000", ""})
    void a_parent_that_is_not_there_is_refused(String parent) {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        Answer refused = ada.client()
                .post(COMMENT, Map.of("content", "x", "parent_id", parent))
                .fails(422, "validation_failed");
        assertThat(refused.at("/error/details/0/field")).isEqualTo("parent_id");
        assertThat(commentsCount()).isZero();
    }

    @Test
    void a_parent_on_another_post_is_refused() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        ada.post("two");
        String elsewhere = ada.client()
                .post("/api/v1/posts/2/comment", Map.of("content", "x"))
                .is(201)
                .at("/id");
        ada.client()
                .post(COMMENT, Map.of("content", "x", "parent_id", elsewhere))
                .fails(422, "validation_failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"content\":null}",
                "{\"content\":\"\"}",
                "{\"content\":\" \\n\\t\\u00a0\\u200b\\u202e \"}",
                "{\"content\":7}",
                "{\"content\":\"a\\u0000b\"}",
                "{\"content\":\"\\ud83c\"}"
            })
    void what_says_nothing_is_refused(String body) {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        Answer refused = ada.client().post(COMMENT, body).fails(422, "validation_failed");
        assertThat(refused.at("/error/details/0/field")).isEqualTo("content");
    }

    @Test
    void a_comment_has_a_thousand_characters_at_most_as_people_count_them() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        assertThat(comment(ada, "🌊".repeat(1000)).at("/content")).isEqualTo("🌊".repeat(1000));
        ada.client().post(COMMENT, Map.of("content", "🌊".repeat(1001))).fails(422, "validation_failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE comments; --",
                "<script>alert(1)</script> & \"quotes\" \\ /",
                "\u202etxet\u202c \u0001\u0007\u007f \r\n\t",
                "🌋👩‍👩‍👧‍👦 日本語 é é",
                "  spaces around  ",
                "#not_a_tag ${x} {{y}} %s"
            })
    void hostile_text_comes_back_as_it_went_in(String content) {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        assertThat(comment(ada, content).at("/content")).isEqualTo(content);
        assertThat(contents(COMMENTS)).containsExactly(content);
    }

    @Test
    void a_secret_is_not_published() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        Answer refused = ada.client()
                .post(COMMENT, Map.of("content", "my key is " + ada.apiKey()))
                .fails(422, "secret_in_content");
        assertThat(refused.text()).contains("content").doesNotContain(ada.apiKey());
    }

    @Test
    void mentions_are_told_from_what_only_looks_like_them() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        assertThat(comment(ada, "@nova, (@Bob) mail@x.example http://x/@eve @no @nova")
                        .json()
                        .at("/mentions")
                        .toString())
                .isEqualTo("[\"nova\",\"bob\"]");
    }

    @Test
    void comments_are_read_in_pages_oldest_first_whatever_comes_and_goes() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        assertThat(glimpse.client().get(COMMENTS).text())
                .isEqualTo("{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            ids.add(comment(ada, "c" + i).at("/id"));
        }
        Answer page = glimpse.client().get(COMMENTS + "?limit=2").is(200);
        assertThat(contents(page)).containsExactly("c1", "c2");
        ada.client().delete("/api/v1/comments/" + ids.get(0)).is(204);
        ada.client().delete("/api/v1/comments/" + ids.get(2)).is(204);
        comment(ada, "c6");
        String cursor = page.at("/pagination/next_cursor");
        page = glimpse.client().get(COMMENTS + "?limit=2&cursor=" + cursor).is(200);
        assertThat(contents(page)).containsExactly("c4", "c5");
        page = glimpse.client()
                .get(page.header("Link").substring(1, page.header("Link").indexOf('>')))
                .is(200);
        assertThat(contents(page)).containsExactly("c6");
        assertThat(page.json().at("/pagination/has_more").asBoolean()).isFalse();
        glimpse.client().get("/api/v1/posts/1/likes?cursor=" + cursor).fails(400, "invalid_parameter");
    }

    @Test
    void only_its_author_deletes_a_comment() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        TestAgent bob = glimpse.agent("bob");
        String path = "/api/v1/comments/" + comment(bob, "mine").at("/id");
        glimpse.client().delete(path).fails(401, "unauthorized");
        ada.client().delete(path).fails(403, "forbidden");
        glimpse.client().get(path).is(200);
        bob.client().delete(path).is(204);
        assertThat(glimpse.client().get(path).fails(404, "not_found").at("/error/message"))
                .isEqualTo("There is no such comment");
        bob.client().delete(path).fails(404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/posts/99/comment, 404, post_not_found",
        "POST, /api/v1/posts/nonsense/comment, 404, post_not_found",
        "GET, /api/v1/posts/99/comments, 404, post_not_found",
        "GET, /api/v1/comments/1, 404, not_found",
        "DELETE, /api/v1/comments/nonsense, 404, not_found",
        "GET, /api/v1/posts/1/comments?limit=0, 400, invalid_parameter",
        "GET, /api/v1/posts/1/comments?cursor=x, 400, invalid_parameter"
    })
    void what_can_not_be_is_refused(String method, String path, int status, String code) {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        Answer answer = method.equals("POST")
                ? ada.client().post(path, Map.of("content", "x"))
                : ada.client().send(method, path, java.net.http.HttpRequest.BodyPublishers.noBody());
        answer.fails(status, code);
    }

    @Test
    void a_deleted_post_takes_its_comments_with_it_and_takes_no_more() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        String path =
                "/api/v1/comments/" + comment(glimpse.agent("bob"), "hello").at("/id");
        ada.client().delete("/api/v1/posts/1").is(204);
        glimpse.client().get(path).fails(404, "not_found");
        glimpse.client().get(COMMENTS).fails(404, "post_not_found");
        ada.client().post(COMMENT, Map.of("content", "late")).fails(404, "post_not_found");
        assertThat(ada.client().get("/api/v1/notifications").json().at("/data")).isEmpty();
    }

    @Test
    void a_comment_sent_twice_with_one_idempotency_key_is_made_once() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        var once = ada.client().with("Idempotency-Key", "k1");
        Answer first = once.post(COMMENT, Map.of("content", "hello")).is(201);
        Answer again = once.post(COMMENT, Map.of("content", "hello")).is(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        once.post(COMMENT, Map.of("content", "other")).fails(422, "idempotency_key_reused");
        assertThat(commentsCount()).isEqualTo(1);
    }

    @Test
    void an_agent_comments_thirty_times_an_hour() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        ada.client().post(COMMENT, Map.of("content", "")).fails(422, "validation_failed");
        for (int i = 0; i < 30; i++) {
            assertThat(comment(ada, "c").header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(29 - i));
        }
        ada.client().post(COMMENT, Map.of("content", "c")).fails(429, "rate_limit_exceeded");
        assertThat(commentsCount()).isEqualTo(30);
        glimpse.clock().advance(Duration.ofHours(1));
        comment(ada, "c");
        glimpse.restart();
        assertThat(commentsCount()).isEqualTo(31);
    }

    private static Answer comment(TestAgent agent, String content) {
        return agent.client().post(COMMENT, Map.of("content", content)).is(201);
    }

    private int commentsCount() {
        JsonNode post = glimpse.client().get("/api/v1/posts/1").is(200).json();
        return post.at("/comments_count").asInt();
    }

    private List<String> contents(String path) {
        return contents(glimpse.client().get(path));
    }

    private static List<String> contents(Answer page) {
        List<String> contents = new ArrayList<>();
        page.is(200)
                .json()
                .at("/data")
                .forEach(comment -> contents.add(comment.at("/content").asText()));
        return contents;
    }
}
