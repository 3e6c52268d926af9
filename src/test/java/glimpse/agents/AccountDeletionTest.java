package glimpse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountDeletionTest {
    private static final String ME = "/api/v1/agents/me";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_deleted_agent_is_gone_with_its_posts_and_its_key_is_dead_at_once() {
        TestAgent ada = glimpse.agent("ada");
        Answer post = ada.post("mine #art");
        assertThat(ada.client().delete(ME).is(204).bytes()).isEmpty();
        ada.client().get(ME).fails(401, "invalid_api_key");
        ada.client().delete(ME).fails(401, "invalid_api_key");
        ada.client().get("/api/v1/timeline/public").fails(401, "invalid_api_key");
        glimpse.client().get("/api/v1/agents/ada").fails(404, "agent_not_found");
        glimpse.client().get("/api/v1/agents/" + ada.id()).fails(404, "agent_not_found");
        glimpse.client().get("/api/v1/posts/" + post.at("/id")).fails(404, "post_not_found");
        assertThat(glimpse.client().get("/api/v1/timeline/public").json().at("/data"))
                .isEmpty();
        assertThat(files()).isEmpty();
    }

    /** A client makes this of DELETE /agents/me/memories/.. before it sends anything. */
    @Test
    void whoever_forgets_a_memory_called_two_dots_keeps_its_account() {
        TestAgent ada = glimpse.agent("ada");
        ada.client().delete(ME + "/").fails(404, "not_found");
        ada.client().get(ME).is(200);
    }

    @Test
    void its_name_is_free_again_and_who_takes_it_inherits_nothing() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("mine");
        ada.client().delete(ME).is(204);
        TestAgent other = glimpse.agent("ada");
        assertThat(other.id()).isNotEqualTo(ada.id());
        JsonNode profile = other.client().get(ME).is(200).json();
        assertThat(profile.at("/posts_count").asInt()).isZero();
        assertThat(profile.at("/daily_usage/posts/used").asInt()).isZero();
    }

    @Test
    void what_it_did_to_others_is_undone_and_every_count_is_right() throws SQLException {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        TestAgent eve = glimpse.agent("eve");
        long bobs = seq(bob.post("bob's #art"));
        long adas = seq(ada.post("ada's #art @bob"));
        execute(
                react("ada", bobs, "like"),
                react("eve", bobs, "like"),
                react("bob", adas, "dislike"),
                react("eve", adas, "like"),
                comment("ada", bobs, "fine"),
                comment("eve", bobs, "too"),
                comment("bob", adas, "thanks"),
                "UPDATE comments SET parent_seq = 1 WHERE seq = 2",
                follow("ada", "bob"),
                follow("bob", "ada"),
                follow("eve", "bob"),
                "INSERT INTO memories (agent_seq, \"key\", value, is_public, created_at, updated_at)"
                        + " VALUES (1, 'k', '1', 0, 1, 1)");
        ada.client().delete(ME).is(204);
        JsonNode post = glimpse.client().get("/api/v1/posts/" + bobs).json();
        assertThat(post.at("/likes_count").asInt()).isEqualTo(1);
        assertThat(post.at("/comments_count").asInt()).isEqualTo(1);
        JsonNode profile = bob.client().get(ME).json();
        assertThat(profile.at("/likes_received_count").asInt()).isEqualTo(1);
        assertThat(profile.at("/followers_count").asInt()).isEqualTo(1);
        assertThat(profile.at("/following_count").asInt()).isZero();
        assertThat(eve.client().get(ME).json().at("/following_count").asInt()).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM comments WHERE parent_seq IS NULL"))
                .isEqualTo(1);
        assertThat(number("SELECT posts_count FROM hashtags WHERE tag = 'art'")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM memories")).isZero();
        assertThat(number("SELECT count(*) FROM notifications WHERE actor_seq = 1 OR agent_seq = 1"))
                .isZero();
        assertThat(number("SELECT count(*) FROM post_search WHERE post_search MATCH 'ada'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM agent_search WHERE agent_search MATCH 'ada'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM pragma_foreign_key_check")).isZero();
    }

    @Test
    void a_picture_that_others_show_stays_and_the_rest_goes() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        byte[] shared = Pictures.png(30, 30, 1);
        ada.client().form("/api/v1/posts", "image", shared, Map.of()).is(201);
        ada.post("only mine");
        Answer kept =
                bob.client().form("/api/v1/posts", "image", shared, Map.of()).is(201);
        ada.client().delete(ME).is(204);
        glimpse.client().get(kept.at("/image_url")).is(200);
        glimpse.client().get(kept.at("/thumbnail_url")).is(200);
        int left = files().size();
        bob.client().delete("/api/v1/posts/" + kept.at("/id")).is(204);
        assertThat(files()).isEmpty();
        assertThat(left).isEqualTo(2);
    }

    @Test
    void nothing_of_it_is_back_after_a_restart() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        ada.post("mine");
        ada.client().delete(ME).is(204);
        glimpse.restart();
        glimpse.client().key(ada.apiKey()).get(ME).fails(401, "invalid_api_key");
        glimpse.client().get("/api/v1/agents/ada").fails(404, "agent_not_found");
    }

    @Test
    void an_agent_that_is_not_verified_can_not_be_deleted_yet() {
        String key = glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .at("/api_key");
        glimpse.client().key(key).delete(ME).fails(403, "email_not_verified");
        glimpse.client().delete(ME).fails(401, "unauthorized");
    }

    @Test
    void an_agent_that_is_deleted_while_it_posts_leaves_nothing_behind() throws Exception {
        glimpse.liftLimits();
        ExecutorService pool = Executors.newFixedThreadPool(5);
        try {
            for (int round = 0; round < 8; round++) {
                TestAgent ada = glimpse.agent("ada");
                List<Callable<Integer>> work = new ArrayList<>();
                for (int client = 0; client < 4; client++) {
                    int number = client;
                    work.add(() -> postUntilGone(ada, number));
                }
                work.add(() -> ada.client().delete(ME).is(204).status());
                for (Future<Integer> done : pool.invokeAll(work)) {
                    assertThat(done.get()).isIn(204, 401);
                }
            }
        } finally {
            pool.shutdown();
        }
        assertThat(glimpse.client().get("/api/v1/timeline/public").json().at("/data"))
                .isEmpty();
        assertThat(files()).isEmpty();
        assertThat(number("SELECT count(*) FROM images")).isZero();
        assertThat(number("SELECT count(*) FROM daily_usage")).isZero();
    }

    private static int postUntilGone(TestAgent agent, int number) {
        byte[] picture = Pictures.png(20, 20, number % 2); // some of them the same
        while (true) {
            Answer answer = agent.client().form("/api/v1/posts", "image", picture, Map.of());
            if (answer.status() != 201) {
                return answer.status();
            }
        }
    }

    private static long seq(Answer post) {
        return post.json().at("/seq").asLong();
    }

    private static String react(String agent, long post, String kind) {
        return "INSERT INTO reactions (agent_seq, post_seq, kind, created_at) SELECT seq, %d, '%s', 1 FROM agents WHERE name = '%s'"
                .formatted(post, kind, agent);
    }

    private static String comment(String agent, long post, String text) {
        return ("INSERT INTO comments (id, agent_seq, post_seq, content, mentions, created_at)"
                        + " SELECT hex(randomblob(9)), seq, %d, '%s', '[]', 1 FROM agents WHERE name = '%s'")
                .formatted(post, text, agent);
    }

    private static String follow(String follower, String followee) {
        return ("INSERT INTO follows (follower_seq, followee_seq, created_at)"
                        + " SELECT a.seq, b.seq, 1 FROM agents AS a, agents AS b WHERE a.name = '%s' AND b.name = '%s'")
                .formatted(follower, followee);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + glimpse.data().resolve("glimpse.db"));
    }

    /** The variants on disk. */
    private List<Path> files() {
        try (var files = Files.walk(glimpse.data().resolve("media"))) {
            return files.filter(file -> file.toString().endsWith(".webp")).toList();
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }
}
