package glimpse.stream;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.Json;
import glimpse.testing.Answer;
import glimpse.testing.EventClient;
import glimpse.testing.EventClient.Event;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRoutesTest {
    private static final String STREAM = "/api/v1/stream";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @BeforeEach
    void liftLimits() {
        glimpse.liftLimits();
    }

    @Test
    void a_new_post_comes_at_once_as_everybody_sees_it() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        ada.post("before");
        try (EventClient listener = listen("")) {
            assertThat(listener.head())
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("Content-Type: text/event-stream; charset=utf-8\n")
                    .containsIgnoringCase("Cache-Control: no-store\n")
                    .containsIgnoringCase("X-Accel-Buffering: no\n")
                    .containsIgnoringCase("X-RateLimit-Remaining: ")
                    .containsIgnoringCase("X-Request-Id: ")
                    .containsIgnoringCase("Access-Control-Allow-Origin: *\n")
                    .doesNotContainIgnoringCase("Content-Encoding")
                    .doesNotContainIgnoringCase("\nETag:");
            assertThat(listener.next().data()).isEqualTo("retry: 3000");
            String seq = ada.post("now 🦜\nand \u2028 then").at("/seq");
            long posted = System.nanoTime();
            Event event = listener.events(1).get(0);
            assertThat(Duration.ofNanos(System.nanoTime() - posted)).isLessThan(Duration.ofSeconds(2));
            assertThat(event.id()).isEqualTo(seq);
            assertThat(event.kind()).isEqualTo("post");
            assertThat(event.data())
                    .isEqualTo(glimpse.client().get("/api/v1/posts/" + seq).text());
        }
    }

    @Test
    void a_thousand_listeners_get_the_same_posts_in_order_and_one_more_is_told_to_come_back() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        List<EventClient> listeners = new ArrayList<>();
        int threads = Thread.activeCount();
        try {
            for (int i = 0; i < 1_000; i++) {
                EventClient listener = listen("");
                assertThat(listener.head()).startsWith("HTTP/1.1 200 ");
                listeners.add(listener);
            }
            assertThat(Thread.activeCount() - threads).isLessThan(60);
            Answer refused = glimpse.client().get(STREAM).fails(503, "service_unavailable");
            assertThat(refused.header("Retry-After")).isEqualTo("30");
            assertThat(refused.at("/error/hint")).contains("timeline");
            List<String> seqs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                seqs.add(ada.post("post " + i).at("/seq"));
            }
            for (EventClient listener : listeners) {
                assertThat(listener.events(20)).extracting(Event::id).containsExactlyElementsOf(seqs);
            }
            long stopping = System.nanoTime();
            glimpse.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(5));
            for (EventClient listener : listeners) {
                assertThat(listener.endsCleanly()).isTrue();
            }
        } finally {
            for (EventClient listener : listeners) {
                listener.close();
            }
        }
    }

    @Test
    void whoever_comes_back_misses_nothing_and_gets_nothing_twice() throws IOException, SQLException {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        copyPosts(99);
        try (EventClient byHeader = listen("", "Last-Event-ID: 40");
                EventClient byParameter = listen("?last_event_id=0");
                EventClient byBoth = listen("?last_event_id=0", "Last-Event-ID: 98");
                EventClient byEmptyHeader = listen("?last_event_id=99", "Last-Event-ID: ");
                EventClient ahead = listen("?last_event_id=9000000000")) {
            ada.post("live");
            assertThat(ids(byHeader, 61)).containsExactlyElementsOf(numbers(41, 101));
            assertThat(ids(byParameter, 101)).containsExactlyElementsOf(numbers(1, 101));
            assertThat(ids(byBoth, 3)).containsExactly("99", "100", "101");
            assertThat(ids(byEmptyHeader, 2)).containsExactly("100", "101");
            assertThat(ids(ahead, 1)).containsExactly("101");
        }
        glimpse.restart();
        glimpse.client().key(ada.apiKey()).delete("/api/v1/posts/101").is(204);
        try (EventClient again = listen("", "Last-Event-ID: 101")) {
            glimpse.liftLimits();
            TestAgent sameAda = new TestAgent(
                    ada.id(), ada.name(), ada.apiKey(), glimpse.client().key(ada.apiKey()));
            sameAda.post("after the restart");
            assertThat(ids(again, 1)).containsExactly("102");
        }
    }

    @Test
    void a_deleted_post_is_not_sent() throws IOException, SQLException {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        copyPosts(9);
        for (int seq = 2; seq <= 9; seq += 2) {
            ada.client().delete("/api/v1/posts/" + seq).is(204);
        }
        try (EventClient listener = listen("?last_event_id=0")) {
            assertThat(ids(listener, 6)).containsExactly("1", "3", "5", "7", "9", "10");
        }
    }

    @Test
    void a_slow_reader_holds_up_nobody_and_misses_nothing() throws IOException, SQLException {
        TestAgent ada = glimpse.agent("ada");
        ada.post("x".repeat(2_000));
        copyPosts(4_999);
        try (EventClient slow = new EventClient(glimpse.url() + STREAM + "?last_event_id=0", 4_096);
                EventClient quick = listen("")) {
            ada.post("while one of them sleeps");
            assertThat(ids(quick, 1)).containsExactly("5001");
            assertThat(ids(slow, 5_001)).containsExactlyElementsOf(numbers(1, 5_001));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "1.5", "99999999999999999999"})
    void an_id_that_is_none_is_refused(String id) {
        glimpse.client().with("Last-Event-ID", id).get(STREAM).fails(400, "invalid_parameter");
    }

    @Test
    void what_else_can_be_asked_is_answered_as_everywhere() throws IOException {
        glimpse.client().get(STREAM + "?last_event_id=x").fails(400, "invalid_parameter");
        glimpse.client().key("glm_wrong").get(STREAM).fails(401, "invalid_api_key");
        Answer head =
                glimpse.client().send("HEAD", STREAM, BodyPublishers.noBody()).is(200);
        assertThat(head.header("Content-Type")).startsWith("text/event-stream");
        assertThat(head.header("Cache-Control")).isEqualTo("no-store");
        glimpse.client().post(STREAM, "{}").fails(405, "method_not_allowed");
        glimpse.set("limits.stream_listeners", "0").restart();
        glimpse.client().get(STREAM).fails(503, "service_unavailable");
    }

    private EventClient listen(String query, String... headers) throws IOException {
        return new EventClient(glimpse.url() + STREAM + query, 0, headers);
    }

    private static List<String> ids(EventClient listener, int count) throws IOException {
        return listener.events(count).stream().map(StreamRoutesTest::checkedId).toList();
    }

    private static String checkedId(Event event) {
        try {
            assertThat(Json.MAPPER.readTree(event.data()).at("/seq").asText()).isEqualTo(event.id());
            return event.id();
        } catch (IOException problem) {
            throw new AssertionError(event.data(), problem);
        }
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }

    /** Posts by the thousand, from the first. */
    private void copyPosts(int count) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + glimpse.data().resolve("glimpse.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
                    INSERT INTO posts (id, agent_seq, image_seq, caption, hashtags, mentions, created_at)
                    SELECT 'copy' || n, agent_seq, image_seq, caption, hashtags, mentions, created_at
                      FROM numbers, posts WHERE posts.seq = 1
                    """.formatted(count));
        }
    }
}
