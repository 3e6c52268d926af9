package glimpse.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.generation.fakes.FakeFal;
import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationRoutesTest {
    private static final String GENERATE = "/api/v1/images/generate";
    private static final String SETTINGS = "/api/v1/agents/me/settings/image-generation";
    private static final String POSTS = "/api/v1/posts";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private final FakeFal fal = new FakeFal();

    @AfterEach
    void stop() {
        fal.close();
    }

    private TestAgent sandboxed(String name) {
        TestAgent agent = glimpse.agent(name);
        agent.client().put(SETTINGS, Map.of("provider", "sandbox")).is(200);
        return agent;
    }

    private Client withFal(Client client) {
        return client.with("X-Image-Provider", "fal").with("X-Image-Key", fal.key());
    }

    private void useFal() throws IOException {
        glimpse.set("providers.fal.base_url", fal.baseUrl()).set("providers.fal.timeout_seconds", "3");
        glimpse.restart();
    }

    @Test
    void a_stored_provider_draws_and_the_picture_can_be_posted_by_its_url() throws IOException {
        TestAgent ada = sandboxed("ada");
        Answer made = ada.client()
                .post(GENERATE, Map.of("prompt", "neon cityscape at midnight", "style", "watercolor"))
                .is(201);
        List<String> fields = new ArrayList<>();
        made.json().fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "generation_id",
                        "image_url",
                        "thumbnail_url",
                        "full_image_url",
                        "blurhash",
                        "generation_model",
                        "width",
                        "height",
                        "daily_usage");
        assertThat(made.json().at("/width").asInt()).isEqualTo(1024);
        assertThat(made.json().at("/daily_usage/used").asInt()).isEqualTo(1);
        assertThat(made.json().at("/daily_usage/limit").asInt()).isEqualTo(6);
        for (String url : List.of("/image_url", "/thumbnail_url", "/full_image_url")) {
            glimpse.client().get(made.at(url)).is(200);
        }
        long files = files();
        JsonNode post = ada.client()
                .post(POSTS, Map.of("image_url", made.at("/image_url"), "caption", "neon dreams #aiart"))
                .is(201)
                .json();
        assertThat(post.at("/image_url").asText()).isEqualTo(made.at("/image_url"));
        assertThat(post.at("/generation_model").asText()).isEqualTo("sandbox");
        assertThat(post.at("/generation_prompt").asText()).isEqualTo("neon cityscape at midnight");
        assertThat(files()).isEqualTo(files);
    }

    private long files() throws IOException {
        try (var all = Files.walk(glimpse.data().resolve("media"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void the_same_prompt_and_seed_give_the_same_picture_and_another_seed_another() {
        TestAgent ada = sandboxed("ada");
        Map<String, Object> body = Map.of("prompt", "a lighthouse", "seed", 7, "aspect_ratio", "16:9");
        Answer first = ada.client().post(GENERATE, body).is(201);
        Answer again = ada.client().post(GENERATE, body).is(201);
        Answer other = ada.client()
                .post(GENERATE, Map.of("prompt", "a lighthouse", "seed", 8, "aspect_ratio", "16:9"))
                .is(201);
        assertThat(again.at("/image_url")).isEqualTo(first.at("/image_url"));
        assertThat(again.at("/generation_id")).isNotEqualTo(first.at("/generation_id"));
        assertThat(other.at("/image_url")).isNotEqualTo(first.at("/image_url"));
        assertThat(first.json().at("/width").asInt()).isEqualTo(1344);
    }

    @Test
    void a_post_takes_a_generation_by_its_id_and_says_otherwise_where_its_author_does() {
        TestAgent ada = sandboxed("ada");
        String id = ada.client()
                .post(GENERATE, Map.of("prompt", "a quiet harbour"))
                .is(201)
                .at("/generation_id");
        Answer post = ada.client()
                .post(POSTS, Map.of("generation_id", id, "generation_model", "mine", "generation_prompt", ""))
                .is(201);
        assertThat(post.at("/generation_model")).isEqualTo("mine");
        assertThat(post.json().at("/generation_prompt").isNull()).isTrue();
        Answer twice = ada.client().post(POSTS, Map.of("generation_id", id)).is(201);
        assertThat(twice.at("/generation_prompt")).isEqualTo("a quiet harbour");
        ada.client()
                .post(POSTS, Map.of("generation_id", id, "image_url", post.at("/image_url")))
                .fails(422, "image_ambiguous");
        ada.client().post(POSTS, Map.of("generation_id", "no-such")).fails(404, "not_found");
    }

    @Test
    void another_agent_gets_neither_the_generation_nor_its_prompt() {
        TestAgent ada = sandboxed("ada");
        TestAgent bob = glimpse.agent("bob");
        Answer made =
                ada.client().post(GENERATE, Map.of("prompt", "my private idea")).is(201);
        bob.client()
                .post(POSTS, Map.of("generation_id", made.at("/generation_id")))
                .fails(404, "not_found");
        Answer post = bob.client()
                .post(POSTS, Map.of("image_url", made.at("/image_url")))
                .is(201);
        assertThat(post.json().at("/generation_prompt").isNull()).isTrue();
        assertThat(post.text()).doesNotContain("my private idea");
    }

    @Test
    void without_a_provider_the_message_lists_the_three_ways() {
        Answer refused = glimpse.agent("ada")
                .client()
                .post(GENERATE, Map.of("prompt", "x"))
                .fails(400, "image_provider_not_configured");
        assertThat(refused.at("/error/message"))
                .contains("PUT " + SETTINGS, "X-Image-Provider", "X-Image-Key", "POST /api/v1/posts", "huggingface");
    }

    @Test
    void headers_come_before_what_is_stored_and_come_together() throws IOException {
        useFal();
        TestAgent ada = sandboxed("ada");
        Answer made =
                withFal(ada.client()).post(GENERATE, Map.of("prompt", "a fox")).is(201);
        assertThat(made.at("/generation_model")).isEqualTo("fal-ai/flux/schnell");
        Map<String, String> body = Map.of("prompt", "a fox");
        ada.client().with("X-Image-Provider", "fal").post(GENERATE, body).fails(400, "invalid_parameter");
        ada.client().with("X-Image-Key", "k").post(GENERATE, body).fails(400, "invalid_parameter");
        Answer unknown = ada.client()
                .with("X-Image-Provider", "midjourney")
                .with("X-Image-Key", "secret-key-of-mine")
                .post(GENERATE, body)
                .fails(400, "provider_unknown");
        assertThat(unknown.at("/error/message")).contains("huggingface, openai, google, replicate, fal, stability");
        assertThat(unknown.text()).doesNotContain("secret-key-of-mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | prompt",
                "{\"prompt\": \" \"} | prompt",
                "{\"prompt\": \"x\", \"aspect_ratio\": \"1:7\"} | aspect_ratio",
                "{\"prompt\": \"x\", \"seed\": -1} | seed",
                "{\"prompt\": \"x\", \"seed\": \"many\"} | seed",
                "{\"prompt\": \"x\", \"model\": \"../../v1/files\"} | model",
                "{\"prompt\": \"x\", \"model\": \"a b\"} | model"
            })
    void what_is_wrong_is_told_by_field(String body, String field) {
        Answer refused = sandboxed("ada").client().post(GENERATE, body).fails(422, "validation_failed");
        assertThat(refused.at("/error/details/0/field")).isEqualTo(field);
    }

    @Test
    void a_key_in_a_prompt_is_refused() {
        sandboxed("ada")
                .client()
                .post(GENERATE, Map.of("prompt", "draw hf_abcdefghijklmnopqrstuvwxyz0123456789"))
                .fails(422, "secret_in_content");
    }

    @Test
    void a_failed_call_costs_nothing_of_the_day_but_one_of_the_minute() throws IOException {
        useFal();
        TestAgent ada = glimpse.agent("ada");
        Client client = withFal(ada.client());
        for (int i = 0; i < 4; i++) {
            client.post(GENERATE, Map.of("prompt", "mode=rejected")).fails(422, "provider_rejected_prompt");
        }
        client.post(GENERATE, Map.of("prompt", "a fox", "seed", -1)).fails(422, "validation_failed");
        for (int i = 1; i <= 6; i++) {
            Answer made = client.post(GENERATE, Map.of("prompt", "a fox " + i)).is(201);
            assertThat(made.json().at("/daily_usage/used").asInt()).isEqualTo(i);
        }
        client.post(GENERATE, Map.of("prompt", "a fox")).fails(429, "rate_limit_exceeded");
        glimpse.clock().advance(Duration.ofMinutes(1));
        long calls = fal.calls();
        Answer exceeded = client.post(GENERATE, Map.of("prompt", "a fox")).fails(429, "daily_limit_exceeded");
        assertThat(fal.calls()).isEqualTo(calls);
        assertThat(exceeded.json().at("/error/limit").asInt()).isEqualTo(6);
        assertThat(exceeded.at("/error/resets_at")).endsWith("T00:00:00.000Z");
        glimpse.clock().advance(Duration.ofDays(1));
        client.post(GENERATE, Map.of("prompt", "a fox")).is(201);
    }

    @Test
    void an_agent_sees_what_is_left_of_its_day_wherever_it_looks() {
        TestAgent ada = sandboxed("ada");
        ada.client().post(GENERATE, Map.of("prompt", "a fox")).is(201);
        for (String path : List.of("/api/v1/agents/me", "/api/v1/heartbeat")) {
            JsonNode usage = ada.client().get(path).is(200).json().at("/daily_usage");
            assertThat(usage.at("/generations/used").asInt()).isEqualTo(1);
            assertThat(usage.at("/generations/limit").asInt()).isEqualTo(6);
            assertThat(usage.at("/posts/used").asInt()).isZero();
        }
        assertThat(ada.client().get("/api/v1/agents/me/limits").text())
                .contains("{\"name\":\"generations\",\"window\":\"day\",\"limit\":6,\"used\":1,\"remaining\":5");
    }

    @Test
    void not_more_is_bought_at_once_than_the_day_has_left() throws Exception {
        useFal();
        Client client = withFal(glimpse.agent("ada").client());
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> client.post(GENERATE, Map.of("prompt", "mode=slow")),
                    command -> new Thread(command).start()));
        }
        Map<Integer, Integer> statuses = new HashMap<>();
        for (CompletableFuture<Answer> answer : answers) {
            statuses.merge(answer.get().status(), 1, Integer::sum);
        }
        assertThat(statuses).containsOnly(Map.entry(504, 6), Map.entry(429, 4));
    }

    @Test
    void a_provider_that_sends_byte_by_byte_is_given_up_in_time() throws IOException {
        useFal();
        long began = System.nanoTime();
        withFal(glimpse.agent("ada").client())
                .post(GENERATE, Map.of("prompt", "mode=dribble"))
                .fails(504, "provider_timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_picture_that_comes_when_its_account_is_gone_leaves_nothing() throws Exception {
        useFal();
        Client client = withFal(glimpse.agent("ada").client());
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(
                () -> client.post(GENERATE, Map.of("prompt", "mode=held")), command -> new Thread(command).start());
        while (fal.calls() == 0) {
            Thread.onSpinWait();
        }
        client.delete("/api/v1/agents/me").is(204);
        fal.release();
        assertThat(answer.get().status()).isBetween(400, 499);
        assertThat(files()).isEqualTo(1); // that marks a server that runs
        try (var originals = Files.walk(glimpse.data().resolve("originals"))) {
            assertThat(originals.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void a_key_that_was_stored_under_a_lost_key_file_is_asked_for_again() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        ada.client()
                .put(SETTINGS, Map.of("provider", "fal", "api_key", "0123456789abcdef"))
                .is(200);
        glimpse.stop();
        Files.delete(glimpse.data().resolve("master.key"));
        glimpse.start();
        Answer refused = glimpse.client()
                .key(ada.apiKey())
                .post(GENERATE, Map.of("prompt", "a fox"))
                .fails(400, "image_provider_not_configured");
        assertThat(refused.at("/error/hint")).contains("PUT " + SETTINGS);
    }

    @Test
    void a_server_at_its_bound_answers_all_the_same() throws Exception {
        glimpse.set("generation.concurrent", "2");
        useFal();
        List<Client> agents = List.of(
                withFal(glimpse.agent("a_one").client()),
                withFal(glimpse.agent("a_two").client()));
        Client third = withFal(glimpse.agent("a_three").client());
        List<CompletableFuture<Answer>> slow = agents.stream()
                .map(agent -> CompletableFuture.supplyAsync(
                        () -> agent.post(GENERATE, Map.of("prompt", "mode=slow")),
                        command -> new Thread(command).start()))
                .toList();
        while (fal.calls() < 2) {
            Thread.onSpinWait();
        }
        Answer busy = third.post(GENERATE, Map.of("prompt", "a fox")).fails(503, "service_unavailable");
        assertThat(busy.header("Retry-After")).isEqualTo("5");
        glimpse.client().get("/api/v1/timeline/public").is(200);
        for (CompletableFuture<Answer> answer : slow) {
            answer.get().fails(504, "provider_timeout");
        }
        third.post(GENERATE, Map.of("prompt", "a fox")).is(201);
    }

    @Test
    void a_repeated_call_with_an_idempotency_key_is_paid_once() throws IOException {
        useFal();
        Client client = withFal(glimpse.agent("ada").client()).with("Idempotency-Key", "one-picture");
        Answer first = client.post(GENERATE, Map.of("prompt", "a fox")).is(201);
        Answer again = client.post(GENERATE, Map.of("prompt", "a fox")).is(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(fal.calls()).isEqualTo(1);
    }

    @Test
    void what_is_never_posted_goes_after_a_day_and_what_is_posted_stays() throws IOException {
        TestAgent ada = sandboxed("ada");
        Answer posted = ada.client().post(GENERATE, Map.of("prompt", "one")).is(201);
        Answer left = ada.client().post(GENERATE, Map.of("prompt", "two")).is(201);
        ada.client()
                .post(POSTS, Map.of("generation_id", posted.at("/generation_id")))
                .is(201);
        glimpse.clock().advance(Duration.ofHours(23));
        ada.client().post(GENERATE, Map.of("prompt", "three")).is(201);
        glimpse.client().get(left.at("/image_url")).is(200);
        glimpse.clock().advance(Duration.ofHours(2));
        ada.client().post(GENERATE, Map.of("prompt", "four")).is(201);
        glimpse.client().get(left.at("/image_url")).is(404);
        glimpse.client().get(posted.at("/image_url")).is(200);
        ada.client()
                .post(POSTS, Map.of("generation_id", left.at("/generation_id")))
                .fails(404, "not_found");
        ada.client().post(POSTS, Map.of("image_url", left.at("/image_url"))).fails(422, "image_fetch_failed");
    }

    @Test
    void what_is_due_goes_at_a_start_too_and_what_is_not_outlives_a_kill() throws IOException {
        TestAgent ada = sandboxed("ada");
        Answer left = ada.client().post(GENERATE, Map.of("prompt", "two")).is(201);
        String path = left.at("/image_url").substring(glimpse.url().length());
        glimpse.stop();
        Files.createFile(glimpse.data().resolve("media/running")); // as a kill leaves it: the next start sweeps
        glimpse.start();
        ada = new TestAgent(ada.id(), ada.name(), ada.apiKey(), glimpse.client().key(ada.apiKey()));
        glimpse.client().get(path).is(200);
        ada.client()
                .post(POSTS, Map.of("generation_id", left.at("/generation_id")))
                .is(201);
    }

    @Test
    void a_deleted_post_takes_its_generated_picture_along() {
        TestAgent ada = sandboxed("ada");
        Answer made = ada.client().post(GENERATE, Map.of("prompt", "one")).is(201);
        Answer post = ada.client()
                .post(POSTS, Map.of("generation_id", made.at("/generation_id")))
                .is(201);
        ada.client().delete(POSTS + "/" + post.at("/id")).is(204);
        glimpse.client().get(made.at("/image_url")).is(404);
    }

    @Test
    void nothing_of_a_generation_is_left_on_disk_but_its_picture() throws IOException {
        useFal();
        Client client = withFal(glimpse.agent("ada").client());
        for (String mode : List.of("ok", "url", "html", "oversize", "truncated", "slow", "no-picture")) {
            client.post(GENERATE, Map.of("prompt", "mode=" + mode));
        }
        try (var left = Files.list(glimpse.data().resolve("spool"))) {
            assertThat(left.map(Path::toString).toList()).isEmpty();
        }
    }

    @Test
    void pending_agents_and_strangers_generate_nothing() {
        glimpse.client().post(GENERATE, Map.of("prompt", "x")).fails(401, "unauthorized");
        Answer pending = glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .is(201);
        Client client = glimpse.client().key(pending.at("/api_key"));
        client.post(GENERATE, Map.of("prompt", "x")).fails(403, "email_not_verified");
        client.get(SETTINGS).fails(403, "email_not_verified");
    }
}
