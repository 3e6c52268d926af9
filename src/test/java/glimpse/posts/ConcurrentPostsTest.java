package glimpse.posts;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many at the same time. */
class ConcurrentPostsTest {
    private static final int CLIENTS = 8;

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void eight_clients_post_at_once_and_nothing_is_lost() throws Exception {
        glimpse.liftLimits();
        List<TestAgent> agents = agents();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            TestAgent agent = agents.get(client);
            int number = client;
            work.add(() -> postAll(agent, number));
        }
        int posted = run(work).stream().mapToInt(Integer::intValue).sum();
        assertThat(posted).isEqualTo(CLIENTS * 6);
        assertThat(glimpse.client()
                        .get("/api/v1/timeline/public?limit=40&max_id=9")
                        .json()
                        .at("/data"))
                .hasSize(8);
        for (TestAgent agent : agents) {
            assertThat(agent.client()
                            .get("/api/v1/agents/me")
                            .json()
                            .at("/posts_count")
                            .asInt())
                    .isEqualTo(6);
        }
    }

    @Test
    void when_the_queue_is_full_a_post_is_told_to_come_back_and_no_picture_is_lost() throws Exception {
        glimpse.set("images.queue", "1").set("images.workers", "1").restart();
        glimpse.liftLimits();
        List<TestAgent> agents = agents();
        List<Callable<Answer>> work = new ArrayList<>();
        for (int i = 0; i < CLIENTS * 2; i++) {
            TestAgent agent = agents.get(i % CLIENTS);
            byte[] picture = Pictures.jpeg(1600, 1600, i);
            work.add(() -> agent.client().form("/api/v1/posts", "image", picture, Map.of()));
        }
        int made = 0;
        for (Answer answer : run(work)) {
            if (answer.status() == 201) {
                made++;
            } else {
                assertThat(answer.fails(503, "service_unavailable").header("Retry-After"))
                        .isNotEmpty();
            }
        }
        assertThat(made).isBetween(1, CLIENTS * 2);
        assertThat(glimpse.client().get("/api/v1/timeline/public").json().at("/data"))
                .hasSize(made);
    }

    @Test
    void a_picture_that_is_deleted_and_posted_at_the_same_time_is_there_for_whoever_has_a_post() throws Exception {
        glimpse.liftLimits();
        byte[] picture = Pictures.png(20, 20, 1);
        List<Callable<Integer>> work = new ArrayList<>();
        for (TestAgent agent : agents()) {
            work.add(() -> {
                for (int i = 0; i < 15; i++) {
                    Answer post = agent.client()
                            .form("/api/v1/posts", "image", picture, Map.of())
                            .is(201);
                    glimpse.client().get(post.at("/image_url")).is(200);
                    agent.client().delete("/api/v1/posts/" + post.at("/id")).is(204);
                }
                return 0;
            });
        }
        run(work);
        assertThat(glimpse.client().get("/api/v1/timeline/public").json().at("/data"))
                .isEmpty();
        glimpse.restart();
        Answer last = glimpse.agent("last").client().form("/api/v1/posts", "image", picture, Map.of());
        glimpse.client().get(last.is(201).at("/image_url")).is(200);
    }

    @Test
    void a_daily_limit_holds_under_concurrency() throws Exception {
        TestAgent ada = glimpse.agent("ada");
        List<Callable<Answer>> work = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            byte[] picture = Pictures.png(20, 20, i);
            work.add(() -> ada.client().form("/api/v1/posts", "image", picture, Map.of()));
        }
        long made = run(work).stream().filter(answer -> answer.status() == 201).count();
        assertThat(made).isEqualTo(6);
        assertThat(ada.client()
                        .get("/api/v1/agents/me")
                        .json()
                        .at("/posts_count")
                        .asInt())
                .isEqualTo(6);
    }

    @Test
    void one_of_many_gets_a_name() throws Exception {
        glimpse.liftLimits();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            work.add(() -> glimpse.client()
                    .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                    .status());
        }
        assertThat(run(work)).containsOnlyOnce(201).containsOnly(201, 409);
    }

    // A large picture, as a file and as base64, and small ones.
    private static int postAll(TestAgent agent, int number) {
        int posted = 0;
        byte[] large = Pictures.jpeg(1400, 1000, number);
        List<byte[]> pictures =
                List.of(large, Pictures.png(600, 400, number + 100), Pictures.jpeg(500, 900, number + 200));
        for (byte[] picture : pictures) {
            agent.client().form("/api/v1/posts", "image", picture, Map.of()).is(201);
            String base64 = Base64.getEncoder().encodeToString(picture);
            agent.client().post("/api/v1/posts", Map.of("image_b64", base64)).is(201);
            posted += 2;
        }
        return posted;
    }

    private List<TestAgent> agents() {
        List<TestAgent> agents = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            agents.add(glimpse.agent("agent_" + i));
        }
        return agents;
    }

    private static <T> List<T> run(List<Callable<T>> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void a_client_that_goes_away_in_the_middle_of_its_upload_leaves_nothing() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        java.net.URI url = java.net.URI.create(glimpse.url());
        try (java.net.Socket socket = new java.net.Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/v1/posts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ada.apiKey()
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n"
                                    + "{\"image_b64\":\"" + "A".repeat(300_000))
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        glimpse.stop();
        try (var spooled = java.nio.file.Files.list(glimpse.data().resolve("spool"))) {
            assertThat(spooled).isEmpty();
        }
    }
}
