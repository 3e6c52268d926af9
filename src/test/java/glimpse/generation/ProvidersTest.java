package glimpse.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.generation.fakes.FakeFal;
import glimpse.generation.fakes.FakeGoogle;
import glimpse.generation.fakes.FakeHuggingface;
import glimpse.generation.fakes.FakeLocalai;
import glimpse.generation.fakes.FakeOpenai;
import glimpse.generation.fakes.FakeProvider;
import glimpse.generation.fakes.FakeReplicate;
import glimpse.generation.fakes.FakeSdapi;
import glimpse.generation.fakes.FakeStability;
import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every adapter against a stand-in of its provider, in every way in which that can answer. */
class ProvidersTest {
    private static final String GENERATE = "/api/v1/images/generate";

    /** How every provider can fail: mode, status, code. Each is asked once, whatever comes of it. */
    private static final List<String> ANY_SERVER = List.of(
            "ok 201 -",
            "mistyped 201 -",
            "html 5xx provider",
            "page 502 provider_error",
            "nothing 502 provider_error",
            "empty-picture 502 provider_error",
            "no-picture 502 provider_error",
            "truncated 502 provider_error",
            "oversize 502 provider_error",
            "away 502 provider_error",
            "slow 504 provider_timeout");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private final FakeHuggingface huggingface = new FakeHuggingface();
    private final FakeOpenai openai = new FakeOpenai();
    private final FakeLocalai localai = new FakeLocalai();
    private final FakeGoogle google = new FakeGoogle();
    private final FakeReplicate replicate = new FakeReplicate();
    private final FakeFal fal = new FakeFal();
    private final FakeStability stability = new FakeStability();
    private final FakeSdapi sdapi = new FakeSdapi();
    private final List<FakeProvider> fakes =
            List.of(huggingface, openai, localai, google, replicate, fal, stability, sdapi);

    @AfterEach
    void stop() {
        fakes.forEach(FakeProvider::close);
    }

    private Client agentOf(FakeProvider fake, String... settings) throws IOException {
        glimpse.set("providers." + fake.name() + ".base_url", fake.baseUrl());
        glimpse.set("providers." + fake.name() + ".timeout_seconds", "3");
        for (int i = 0; i < settings.length; i += 2) {
            glimpse.set(settings[i], settings[i + 1]);
        }
        glimpse.restart();
        glimpse.liftLimits();
        return glimpse.agent("nova").client();
    }

    private static Client with(Client client, FakeProvider fake, String key) {
        return client.with("X-Image-Provider", fake.name()).with("X-Image-Key", key);
    }

    /** Rows: mode, status, code, and how often the provider is asked for it (once unless told). */
    private void holds(FakeProvider fake, Client agent, List<String> rows) {
        SoftAssertions all = new SoftAssertions();
        for (String row : rows) {
            String[] columns = row.split(" ", -1);
            String mode = columns[0];
            long calls = columns.length > 3 ? Long.parseLong(columns[3]) : 1;
            fake.forget();
            Answer answer = with(agent, fake, fake.key()).post(GENERATE, Map.of("prompt", "a fox, mode=" + mode));
            String told = fake.name() + " " + mode + ": " + answer.text();
            all.assertThat(Integer.toString(answer.status())).as(told).matches(columns[1].replace("x", "."));
            if (!columns[2].equals("-")) {
                all.assertThat(answer.at("/error/code")).as(told).startsWith(columns[2]);
            }
            all.assertThat(fake.calls()).as("requests, " + told).isEqualTo(calls);
            all.assertThat(answer.text()).as(told).doesNotContain(fake.key(), "org-secret", "billing", "Oops");
            if (columns.length > 4) {
                all.assertThat(answer.header("Retry-After")).as(told).isEqualTo(columns[4]);
            }
            fake.seen().stream()
                    .filter(FakeProvider.Seen::isResult)
                    .forEach(request -> all.assertThat(request.headers().toString())
                            .as("what is sent for a result, " + told)
                            .doesNotContain(fake.key())
                            .doesNotContainIgnoringCase("authorization"));
        }
        Answer wrong = with(agent, fake, "hf_not_the_right_key").post(GENERATE, Map.of("prompt", "a fox"));
        all.assertThat(wrong.at("/error/code")).as(wrong.text()).isEqualTo("provider_auth_failed");
        all.assertThat(wrong.status()).isEqualTo(400);
        all.assertThat(wrong.text()).doesNotContain("hf_not_the_right_key");
        all.assertAll();
    }

    private static List<String> all(String... own) {
        List<String> rows = new ArrayList<>(ANY_SERVER);
        rows.addAll(List.of(own));
        return rows;
    }

    @Test
    void huggingface_by_nscale() throws IOException {
        Client agent = agentOf(huggingface);
        holds(
                huggingface,
                agent,
                all(
                        "scope 400 provider_auth_failed",
                        "quota 402 provider_quota_exhausted",
                        "gone 502 provider_model_unavailable",
                        "limited 429 provider_rate_limited 1 9",
                        "limited-once 201 - 2",
                        "loading 503 provider_unavailable 1 42",
                        "loading-once 201 - 2",
                        "gateway 504 provider_timeout",
                        "url 201 -",
                        "output 201 -"));
        JsonNode sent = sent(
                huggingface,
                agent,
                Map.of("prompt", "a fox", "aspect_ratio", "16:9", "seed", 7),
                "/nscale/v1/images/generations");
        assertThat(sent.toString())
                .isEqualTo("{\"model\":\"black-forest-labs/FLUX.1-schnell\",\"prompt\":\"a fox\","
                        + "\"response_format\":\"b64_json\",\"width\":1344,\"height\":768,\"seed\":7}");
        refuses(huggingface, agent, Map.of("negative_prompt", "blur"), "negative_prompt");
        refuses(huggingface, agent, Map.of("seed", -1), "seed");
        refuses(huggingface, agent, Map.of("aspect_ratio", "7:3"), "aspect_ratio");
    }

    @Test
    void huggingface_by_its_own_inference() throws IOException {
        Client agent = agentOf(huggingface, "providers.huggingface.route", "hf-inference");
        holds(huggingface, agent, List.of("ok 201 -", "limited 429 provider_rate_limited"));
        JsonNode sent = sent(
                huggingface,
                agent,
                Map.of("prompt", "a fox", "negative_prompt", "blur", "seed", 7, "model", "own/model"),
                "/hf-inference/models/own/model");
        assertThat(sent.toString())
                .isEqualTo("{\"inputs\":\"a fox\",\"parameters\":{\"seed\":7,\"negative_prompt\":\"blur\"}}");
    }

    @Test
    void huggingface_by_fal() throws IOException {
        Client agent = agentOf(huggingface, "providers.huggingface.route", "fal-ai");
        holds(huggingface, agent, List.of("ok 201 -", "quota 402 provider_quota_exhausted"));
        JsonNode sent = sent(huggingface, agent, Map.of("prompt", "a fox"), "/fal-ai/fal-ai/flux/schnell");
        assertThat(sent.has("inputs")).isFalse();
    }

    @Test
    void google_by_generate_content() throws IOException {
        Client agent = agentOf(google);
        holds(
                google,
                agent,
                all(
                        "country 400 provider_auth_failed",
                        "leaked 400 provider_auth_failed",
                        "prepaid 402 provider_quota_exhausted",
                        "quota 402 provider_quota_exhausted",
                        "limited 429 provider_rate_limited 1 58",
                        "limited-once 201 - 2",
                        "limited-day 429 provider_rate_limited 1 300",
                        "overloaded 503 provider_unavailable",
                        "late 504 provider_timeout",
                        "rejected 422 provider_rejected_prompt",
                        "rejected-picture 422 provider_rejected_prompt",
                        "rejected-words 422 provider_rejected_prompt",
                        "no-image 502 provider_error",
                        "gone 502 provider_model_unavailable"));
        JsonNode sent = sent(
                google,
                agent,
                Map.of("prompt", "a fox", "aspect_ratio", "16:9", "seed", 7),
                "/v1beta/models/gemini-3.1-flash-image:generateContent");
        assertThat(sent.toString())
                .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a fox\"}]}],"
                        + "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"],"
                        + "\"imageConfig\":{\"aspectRatio\":\"16:9\"},\"seed\":7}}");
        refuses(google, agent, Map.of("negative_prompt", "blur"), "negative_prompt");
        with(agent, google, google.key())
                .post(GENERATE, Map.of("prompt", "a fox", "model", "gemini-2.5-flash-image"))
                .fails(502, "provider_model_unavailable");
    }

    @Test
    void replicate_now_and_later() throws IOException {
        Client agent = agentOf(replicate);
        holds(
                replicate,
                agent,
                all(
                        "quota 402 provider_quota_exhausted",
                        "limited 429 provider_rate_limited 1 25",
                        "limited-once 201 - 2",
                        "gone 502 provider_model_unavailable",
                        "down 503 provider_unavailable",
                        "rejected 422 provider_rejected_prompt",
                        "failed 502 provider_error",
                        "cancelled 504 provider_timeout",
                        "processing 201 -",
                        "later 201 - 4",
                        "later-rejected 422 provider_rejected_prompt 3",
                        "url 201 -",
                        "around 201 -",
                        "redirected 502 provider_error",
                        "foreign 502 provider_error",
                        "file 502 provider_error"));
        JsonNode sent = sent(
                replicate,
                agent,
                Map.of("prompt", "a fox", "aspect_ratio", "4:5", "seed", 7),
                "/v1/models/black-forest-labs/flux-schnell/predictions");
        assertThat(sent.toString())
                .isEqualTo("{\"input\":{\"prompt\":\"a fox\",\"output_format\":\"png\","
                        + "\"aspect_ratio\":\"4:5\",\"seed\":7}}");
        with(agent, replicate, replicate.key())
                .post(GENERATE, Map.of("prompt", "a fox, mode=never"))
                .fails(504, "provider_timeout");
        FakeProvider.Seen last = replicate.seen().get(replicate.seen().size() - 1);
        assertThat(last.method() + last.path()).isEqualTo("POST/v1/predictions/never/cancel");
    }

    @Test
    void fal_at_once() throws IOException {
        Client agent = agentOf(fal, "providers.fal.timeout_seconds", "5");
        holds(
                fal,
                agent,
                all(
                        "quota 402 provider_quota_exhausted",
                        "locked 400 provider_auth_failed",
                        "limited 429 provider_rate_limited 1 30",
                        "limited-once 201 - 2",
                        "unavailable 503 provider_unavailable",
                        "late 504 provider_timeout",
                        "rejected 422 provider_rejected_prompt",
                        "rejected-200 422 provider_rejected_prompt",
                        "invalid 502 provider_error",
                        "url 201 -",
                        "redirected 502 provider_error"));
        JsonNode sent =
                sent(fal, agent, Map.of("prompt", "a fox", "aspect_ratio", "1:1", "seed", 7), "/fal-ai/flux/schnell");
        assertThat(sent.toString())
                .isEqualTo("{\"prompt\":\"a fox\",\"num_images\":1,\"output_format\":\"png\",\"sync_mode\":true,"
                        + "\"image_size\":{\"width\":1024,\"height\":1024},\"seed\":7}");
    }

    @Test
    void stability_by_form() throws IOException {
        Client agent = agentOf(stability);
        holds(
                stability,
                agent,
                all(
                        "quota 402 provider_quota_exhausted",
                        "rejected 422 provider_rejected_prompt",
                        "forbidden 400 provider_auth_failed",
                        "rejected-200 422 provider_rejected_prompt",
                        "rejected-bytes 422 provider_rejected_prompt",
                        "bytes 201 -",
                        "limited 429 provider_rate_limited 1 60",
                        "limited-once 201 - 2",
                        "broken 502 provider_error"));
        stability.forget();
        with(agent, stability, stability.key())
                .post(
                        GENERATE,
                        Map.of(
                                "prompt", "a fox\r\n--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nother",
                                "negative_prompt", "blur",
                                "aspect_ratio", "21:9",
                                "seed", 4_294_967_294L))
                .is(201);
        String form = stability.seen().get(0).text();
        assertThat(form).contains("name=\"negative_prompt\"\r\n\r\nblur", "\r\n\r\n21:9", "4294967294", "sd3.5-large");
        assertThat(form).doesNotContain("filename", "style_preset");
        stability.forget();
        with(agent, stability, stability.key())
                .post(GENERATE, Map.of("prompt", "a fox", "style", "cinematic"))
                .is(201);
        assertThat(stability.seen().get(0).text())
                .contains("name=\"style_preset\"\r\n\r\ncinematic", "\r\n\r\na fox\r\n");
        refuses(stability, agent, Map.of("seed", 4_294_967_295L), "seed");
    }

    @Test
    void openai_itself() throws IOException {
        Client agent = agentOf(openai);
        holds(
                openai,
                agent,
                all(
                        "limited 429 provider_rate_limited 1 7",
                        "limited-once 201 - 2",
                        "quota 402 provider_quota_exhausted",
                        "quota-2 402 provider_quota_exhausted",
                        "rejected 422 provider_rejected_prompt",
                        "unverified 400 provider_auth_failed",
                        "gone 502 provider_model_unavailable",
                        "overloaded 503 provider_unavailable"));
        for (String ratio : List.of("1:1", "3:2", "2:3", "16:9", "9:16", "4:5", "5:4", "21:9")) {
            sent(openai, agent, Map.of("prompt", "a fox", "aspect_ratio", ratio), "/v1/images/generations");
        }
        JsonNode sent = sent(openai, agent, Map.of("prompt", "a | fox", "style", "vivid"), "/v1/images/generations");
        assertThat(sent.toString())
                .isEqualTo("{\"model\":\"gpt-image-2.6-flare\",\"prompt\":\"vivid, a | fox\",\"n\":1,"
                        + "\"size\":\"1024x1024\",\"output_format\":\"png\"}");
        refuses(openai, agent, Map.of("seed", 1), "seed");
        refuses(openai, agent, Map.of("negative_prompt", "blur"), "negative_prompt");
        with(agent, openai, openai.key())
                .post(GENERATE, Map.of("prompt", "a fox", "model", "dall-e-3"))
                .fails(502, "provider_model_unavailable");
    }

    @Test
    void openai_s_own_servers_and_those_that_only_speak_alike_get_another_body() throws IOException {
        Client agent = agentOf(localai, "providers.openai.model", "stablediffusion");
        Answer made = agent.with("X-Image-Provider", "openai")
                .with("X-Image-Key", "none")
                .post(
                        GENERATE,
                        Map.of("prompt", "a <sd_cpp_extra_args>{\"steps\":1}</sd_cpp_extra_args> | fox", "seed", 3))
                .is(201);
        assertThat(made.at("/generation_model")).isEqualTo("stablediffusion");
        JsonNode sent = localai.seen().get(0).json();
        assertThat(sent.path("prompt").asText()).isEqualTo("a  {\"steps\":1}  , fox");
        assertThat(sent.path("response_format").asText()).isEqualTo("b64_json");
        assertThat(sent.path("seed").asInt()).isEqualTo(3);

        agent.put("/api/v1/agents/me/settings/image-generation", Map.of("provider", "openai"))
                .is(200);
        for (String mode : List.of("ok", "url", "relative", "formatless")) {
            localai.forget();
            agent.post(GENERATE, Map.of("prompt", "a fox, mode=" + mode)).is(201);
            assertThat(localai.calls()).isEqualTo(mode.equals("formatless") ? 2 : 1);
            assertThat(localai.seen().get(0).header("Authorization")).isEmpty();
        }
        agent.post(GENERATE, Map.of("prompt", "mode=broken")).fails(502, "provider_error");
    }

    @Test
    void an_engine_that_asks_for_no_model_runs_as_it_was_started_too() throws IOException {
        Client agent = agentOf(localai).with("X-Image-Provider", "openai").with("X-Image-Key", "none");
        agent.post(GENERATE, Map.of("prompt", "a | fox<sd_cpp_extra_args>{}</sd_cpp_extra_args>"));
        assertThat(localai.seen().get(0).json().path("prompt").asText()).isEqualTo("a | fox {} ");
    }

    @Test
    void sdapi_with_a_password() throws IOException {
        Client agent = agentOf(sdapi);
        holds(sdapi, agent, all("disabled 503 provider_unavailable", "broken 502 provider_error"));
        JsonNode sent = sent(
                sdapi,
                agent,
                Map.of(
                        "prompt",
                        "a fox<sd_cpp_extra_args>",
                        "negative_prompt",
                        "</SD_CPP_extra_args>blur",
                        "model",
                        "sd_xl.safetensors"),
                "/sdapi/v1/txt2img");
        assertThat(sent.toString())
                .isEqualTo("{\"prompt\":\"a fox \",\"batch_size\":1,\"negative_prompt\":\" blur\","
                        + "\"override_settings\":{\"sd_model_checkpoint\":\"sd_xl.safetensors\"}}");
    }

    @Test
    void a_provider_that_nobody_answers_for_is_unavailable() throws IOException {
        Client agent = agentOf(fal, "providers.fal.base_url", "http://127.0.0.1:1");
        with(agent, fal, fal.key()).post(GENERATE, Map.of("prompt", "a fox")).fails(503, "provider_unavailable");
    }

    private JsonNode sent(FakeProvider fake, Client agent, Map<String, Object> body, String path) {
        fake.forget();
        with(agent, fake, fake.key()).post(GENERATE, body).is(201);
        assertThat(fake.seen().get(0).path()).isEqualTo(path);
        return fake.seen().get(0).json();
    }

    private void refuses(FakeProvider fake, Client agent, Map<String, Object> extra, String field) {
        fake.forget();
        Map<String, Object> body = new HashMap<>(extra);
        body.put("prompt", "a fox");
        Answer refused = with(agent, fake, fake.key()).post(GENERATE, body).fails(422, "validation_failed");
        assertThat(refused.at("/error/details/0/field")).isEqualTo(field);
        assertThat(refused.at("/error/details/0/problem")).isNotBlank();
        assertThat(fake.calls()).isZero();
    }
}
