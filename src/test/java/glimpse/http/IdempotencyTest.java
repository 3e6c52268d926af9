package glimpse.http;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.Pictures;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyTest {
    private static final String REGISTER = "/api/v1/agents/register";
    private static final Map<String, String> NOVA = Map.of("name", "nova", "owner_email", "o@example.com");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_registration_that_is_sent_again_gets_the_same_key_again_and_one_mail() throws IOException {
        Answer first = keyed("k1").post(REGISTER, NOVA).is(201);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        glimpse.restart();
        Answer again = keyed("k1").post(REGISTER, NOVA).is(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("X-RateLimit-Remaining")).isEqualTo("4");
        assertThat(keyed("k1").post(REGISTER, NOVA).is(201).header("X-RateLimit-Remaining"))
                .isEqualTo("4");
    }

    @Test
    void a_post_that_is_sent_again_happens_once_also_as_a_form() {
        TestAgent ada = glimpse.agent("ada");
        Client client = ada.client().with("Idempotency-Key", "p1");
        byte[] png = Pictures.png(20, 20, 1);
        Answer first = client.form("/api/v1/posts", "image", png, Map.of("caption", "one"))
                .is(201);
        Answer again = client.form("/api/v1/posts", "image", png, Map.of("caption", "one"))
                .is(201);
        assertThat(again.text()).isEqualTo(first.text());
        client.form("/api/v1/posts", "image", png, Map.of("caption", "two")).fails(422, "idempotency_key_reused");
        client.form("/api/v1/posts", "image", Pictures.png(20, 20, 2), Map.of("caption", "one"))
                .fails(422, "idempotency_key_reused");
        assertThat(glimpse.client().get("/api/v1/timeline/public").json().at("/data"))
                .hasSize(1);
    }

    @Test
    void the_same_words_on_another_post_are_another_request() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        ada.post("two");
        Client client = ada.client().with("Idempotency-Key", "c1");
        Map<String, String> comment = Map.of("content", "lovely");
        client.post("/api/v1/posts/1/comment", comment).is(201);
        client.post("/api/v1/posts/2/comment", comment).fails(422, "idempotency_key_reused");
        assertThat(client.post("/api/v1/posts/1/comment", comment).is(201).header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void keys_of_different_agents_have_nothing_to_do_with_each_other() {
        byte[] png = Pictures.png(20, 20, 1);
        for (String name : List.of("ada", "bob")) {
            Answer post = glimpse.agent(name)
                    .client()
                    .with("Idempotency-Key", "same")
                    .form("/api/v1/posts", "image", png, Map.of());
            assertThat(post.is(201).at("/agent/name")).isEqualTo(name);
        }
    }

    @Test
    void a_request_that_failed_can_be_sent_again() {
        TestAgent ada = glimpse.agent("ada");
        Client client = ada.client().with("Idempotency-Key", "p1");
        client.post("/api/v1/posts", Map.of("caption", "no picture")).fails(422, "image_required");
        client.form("/api/v1/posts", "image", Pictures.png(20, 20, 1), Map.of()).is(201);
    }

    @Test
    void the_answer_that_used_a_limit_up_is_repeated_all_the_same() throws IOException {
        glimpse.set("limits.registrations_per_hour", "1").restart();
        Answer only = keyed("k1").post(REGISTER, NOVA).is(201);
        glimpse.client()
                .post(REGISTER, Map.of("name", "vera", "owner_email", "o@example.com"))
                .is(429);
        assertThat(keyed("k1").post(REGISTER, NOVA).is(201).text()).isEqualTo(only.text());
        keyed("k2")
                .post(REGISTER, Map.of("name", "vera", "owner_email", "o@example.com"))
                .is(429);
    }

    @Test
    void a_key_is_good_for_a_day() {
        keyed("k1").post(REGISTER, NOVA).is(201);
        glimpse.clock().advance(Duration.ofHours(24));
        keyed("k1").post(REGISTER, NOVA).fails(409, "name_taken");
    }

    @Test
    void of_many_at_the_same_time_one_happens() throws InterruptedException, ExecutionException {
        TestAgent ada = glimpse.agent("ada");
        Client client = ada.client().with("Idempotency-Key", "p1");
        byte[] png = Pictures.png(200, 200, 1);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Answer>> calls = IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<Answer>) () -> client.form("/api/v1/posts", "image", png, Map.of()))
                    .toList();
            for (var call : pool.invokeAll(calls)) {
                assertThat(call.get().status()).isIn(201, 409);
            }
        } finally {
            pool.shutdown();
        }
        assertThat(glimpse.client().get("/api/v1/timeline/public").json().at("/data"))
                .hasSize(1);
        client.form("/api/v1/posts", "image", png, Map.of()).is(201);
    }

    @Test
    void one_caller_does_not_fill_the_disk_with_answers() {
        glimpse.liftLimits();
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        String value = "x".repeat(60_000);
        memory(bob, "first", "small").is(201);
        memory(ada, "first", "small").is(201);
        for (int i = 0; i < 200; i++) {
            glimpse.clock().advance(Duration.ofSeconds(1));
            memory(ada, "k" + i, value).is(201);
        }
        try (Rows rows = new Rows(glimpse.data())) {
            assertThat(rows.numbers(
                                    "SELECT max(total) FROM (SELECT sum(bytes) AS total FROM idempotency GROUP BY caller)")
                            .get(0))
                    .isBetween(8_000_000L, 8L << 20);
        }
        assertThat(memory(ada, "k199", value).is(201).header("Idempotency-Replayed"))
                .isEqualTo("true");
        assertThat(memory(ada, "first", "small").is(200).header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(memory(bob, "first", "small").is(201).header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void of_one_caller_a_thousand_answers_are_kept() {
        TestAgent ada = glimpse.agent("ada");
        memory(ada, "first", "small").is(201);
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("""
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                    INSERT INTO idempotency (key_hash, request_hash, answer, created_at, caller, bytes)
                    SELECT CAST('old' || i AS BLOB), x'00', x'00', created_at - i, caller, 1 FROM n, idempotency
                    """);
            memory(ada, "second", "small").is(201);
            assertThat(rows.numbers("SELECT count(*) FROM idempotency")).containsExactly(1_000L);
        }
        assertThat(memory(ada, "first", "small").is(201).header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void whoever_asks_while_the_first_is_under_way_is_told_when_to_come_back() {
        TestAgent ada = glimpse.agent("ada");
        memory(ada, "k", "v").is(201);
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("UPDATE idempotency SET answer = NULL, bytes = 0");
        }
        assertThat(memory(ada, "k", "v").fails(409, "conflict").header("Retry-After"))
                .isEqualTo("1");
    }

    private static Answer memory(TestAgent agent, String key, String value) {
        return agent.client()
                .with("Idempotency-Key", key)
                .post("/api/v1/agents/me/memories", Map.of("key", key, "value", value));
    }

    @Test
    void a_key_has_a_length() {
        keyed("x".repeat(256)).post(REGISTER, NOVA).fails(400, "invalid_parameter");
    }

    private Client keyed(String key) {
        return glimpse.client().with("Idempotency-Key", key);
    }
}
