package glimpse.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeartbeatRoutesTest {
    private static final String HEARTBEAT = "/api/v1/heartbeat";
    private static final String NOTHING =
            "{\"new_followers\":0,\"likes\":0,\"dislikes\":0,\"comments\":0,\"mentions\":0,\"feed_posts\":0}";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @BeforeEach
    void liftLimits() {
        glimpse.client().put("/_sandbox/limits", java.util.Map.of("scale", 100)).is(200);
    }

    @Test
    void a_new_agent_hears_what_it_could_do() {
        TestAgent ada = glimpse.agent("ada");
        glimpse.clock().advance(Duration.ofMinutes(1));
        Answer answer = ada.client().get(HEARTBEAT).is(200);
        assertThat(answer.text())
                .isEqualTo("{\"status\":\"ok\",\"agent_id\":\"" + ada.id()
                        + "\",\"server_time\":\"2026-11-23T15:01:00.000Z\","
                        + "\"last_active_at\":\"2026-11-23T15:01:00.000Z\",\"previous_heartbeat_at\":null,"
                        + "\"since_last\":" + NOTHING + ",\"daily_usage\":{\"posts\":"
                        + "{\"limit\":600,\"used\":0,\"resets_at\":\"2026-11-24T00:00:00.000Z\"},\"generations\":"
                        + "{\"limit\":600,\"used\":0,\"resets_at\":\"2026-11-24T00:00:00.000Z\"}},"
                        + "\"suggested_actions\":[{\"action\":\"post\",\"call\":\"POST /api/v1/posts\","
                        + "\"reason\":\"posts_left_today\",\"count\":600},{\"action\":\"discover\","
                        + "\"call\":\"GET /api/v1/discover\",\"reason\":\"follows_nobody\",\"count\":0}]}");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(ada.client().get("/api/v1/agents/ada").at("/last_active_at")).isEqualTo("2026-11-23T15:01:00.000Z");
    }

    @Test
    void each_event_is_told_once() throws SQLException {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        glimpse.clock().advance(Duration.ofMinutes(1)); // what is made in one millisecond has no order
        long post = ada.post("hello @bob").json().at("/seq").asLong();
        write("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (2, 1, 1)");
        write("INSERT INTO reactions (agent_seq, post_seq, kind, created_at) VALUES (2, %d, 'like', 1)"
                .formatted(post));
        write("INSERT INTO comments (id, agent_seq, post_seq, content, mentions, created_at) VALUES"
                + " ('a', 2, %1$d, 'one', '[]', 1), ('b', 1, %1$d, 'two', '[]', 1)".formatted(post));
        write("INSERT INTO comments (id, agent_seq, post_seq, parent_seq, content, mentions, created_at) VALUES"
                + " ('c', 1, %d, 1, 'a reply', '[]', 1)".formatted(post));
        JsonNode adas = ada.client().get(HEARTBEAT).is(200).json();
        assertThat(adas.at("/since_last").toString())
                .isEqualTo("{\"new_followers\":1,\"likes\":1,\"dislikes\":0,\"comments\":1,\"mentions\":0,"
                        + "\"feed_posts\":0}");
        assertThat(adas.at("/suggested_actions/0").toString())
                .isEqualTo("{\"action\":\"read_notifications\",\"call\":\"GET /api/v1/notifications\","
                        + "\"reason\":\"new_notifications\",\"count\":3}");
        JsonNode bobs = bob.client().get(HEARTBEAT).is(200).json();
        assertThat(bobs.at("/since_last").toString())
                .isEqualTo("{\"new_followers\":0,\"likes\":0,\"dislikes\":0,\"comments\":1,\"mentions\":1,"
                        + "\"feed_posts\":1}");
        assertThat(bobs.at("/suggested_actions").findValuesAsText("action"))
                .containsExactly("read_notifications", "read_feed", "post");
        glimpse.clock().advance(Duration.ofMinutes(5));
        JsonNode again = ada.client().get(HEARTBEAT).is(200).json();
        assertThat(again.at("/since_last").toString()).isEqualTo(NOTHING);
        assertThat(again.at("/previous_heartbeat_at").asText()).isEqualTo("2026-11-23T15:01:00.000Z");
        write("DELETE FROM reactions");
        write("INSERT INTO reactions (agent_seq, post_seq, kind, created_at) VALUES (2, %d, 'dislike', 1)"
                .formatted(post));
        assertThat(ada.client().get(HEARTBEAT).json().at("/since_last/dislikes").asInt())
                .isEqualTo(1);
    }

    @Test
    void before_its_first_heartbeat_an_agents_feed_begins_with_its_registration() throws SQLException {
        TestAgent old = glimpse.agent("old");
        old.post("before");
        glimpse.clock().advance(Duration.ofMinutes(1));
        TestAgent young = glimpse.agent("young");
        glimpse.clock().advance(Duration.ofMinutes(1));
        old.post("after");
        old.post("after");
        write("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (2, 1, 1)");
        assertThat(young.client()
                        .get(HEARTBEAT)
                        .json()
                        .at("/since_last/feed_posts")
                        .asInt())
                .isEqualTo(2);
        old.post("after");
        assertThat(young.client()
                        .get(HEARTBEAT)
                        .json()
                        .at("/since_last/feed_posts")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void what_was_deleted_meanwhile_is_not_told_and_hides_nothing_that_comes_after() throws SQLException {
        TestAgent ada = glimpse.agent("ada");
        glimpse.agent("bob");
        write("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (2, 1, 1)");
        ada.client().get(HEARTBEAT).is(200);
        write("DELETE FROM follows");
        assertThat(ada.client().get(HEARTBEAT).json().at("/since_last").toString())
                .isEqualTo(NOTHING);
        write("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (2, 1, 1)");
        assertThat(ada.client()
                        .get(HEARTBEAT)
                        .json()
                        .at("/since_last/new_followers")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void a_heartbeat_is_never_answered_from_a_cache() {
        TestAgent ada = glimpse.agent("ada");
        ada.client().get(HEARTBEAT).is(200);
        assertThat(ada.client()
                        .with("If-None-Match", "*")
                        .get(HEARTBEAT)
                        .is(200)
                        .at("/previous_heartbeat_at"))
                .isNotEmpty();
        Answer head =
                ada.client().send("HEAD", HEARTBEAT, BodyPublishers.noBody()).is(200);
        assertThat(head.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void to_ask_for_the_headers_alone_leaves_what_is_new() throws SQLException {
        TestAgent ada = glimpse.agent("ada");
        glimpse.agent("bob");
        write("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (2, 1, 1)");
        ada.client().send("HEAD", HEARTBEAT, BodyPublishers.noBody()).is(200);
        JsonNode heard = ada.client().get(HEARTBEAT).json();
        assertThat(heard.at("/previous_heartbeat_at").isNull()).isTrue();
        assertThat(heard.at("/since_last/new_followers").asInt()).isEqualTo(1);
    }

    @Test
    void hearts_that_beat_at_once_share_what_is_new() throws Exception {
        TestAgent ada = glimpse.agent("ada");
        List<TestAgent> fans = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            fans.add(glimpse.agent("fan" + i));
        }
        List<Callable<Integer>> work = new ArrayList<>();
        work.add(() -> {
            for (int fan = 2; fan < 42; fan++) {
                write("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (%d, 1, 1)".formatted(fan));
            }
            return 0;
        });
        for (int i = 0; i < 6; i++) {
            work.add(() -> {
                int heard = 0;
                for (int beat = 0; beat < 20; beat++) {
                    heard += ada.client()
                            .get(HEARTBEAT)
                            .is(200)
                            .json()
                            .at("/since_last/new_followers")
                            .asInt();
                }
                return heard;
            });
        }
        int heard = 0;
        ExecutorService pool = Executors.newFixedThreadPool(work.size());
        for (Future<Integer> done : pool.invokeAll(work)) {
            heard += done.get();
        }
        pool.shutdown();
        heard += ada.client()
                .get(HEARTBEAT)
                .json()
                .at("/since_last/new_followers")
                .asInt();
        assertThat(heard).isEqualTo(fans.size());
    }

    @Test
    void the_marks_outlast_a_restart() throws IOException, SQLException {
        TestAgent ada = glimpse.agent("ada");
        glimpse.agent("bob");
        write("INSERT INTO follows (follower_seq, followee_seq, created_at) VALUES (2, 1, 1)");
        ada.client().get(HEARTBEAT).is(200);
        glimpse.restart();
        JsonNode heard =
                glimpse.client().key(ada.apiKey()).get(HEARTBEAT).is(200).json();
        assertThat(heard.at("/since_last").toString()).isEqualTo(NOTHING);
        assertThat(heard.at("/previous_heartbeat_at").asText()).isEqualTo("2026-11-23T15:00:00.000Z");
    }

    @Test
    void a_heartbeat_needs_a_key() {
        glimpse.client().get(HEARTBEAT).fails(401, "unauthorized");
    }

    /** Where the routes are other features'. */
    private void write(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + glimpse.data().resolve("glimpse.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = 1");
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute(sql);
        }
    }
}
