package glimpse.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptRoutesTest {
    private static final Set<String> PRESETS = Set.of(
            ("3d-model analog-film anime cinematic comic-book digital-art enhance fantasy-art isometric line-art low-poly"
                            + " modeling-compound neon-punk origami photographic pixel-art tile-texture")
                    .split(" "));

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void every_style_says_what_it_is_and_what_it_puts_before_a_prompt() {
        JsonNode styles = glimpse.client().get("/api/v1/styles").is(200).json().at("/data");
        assertThat(styles.size()).isGreaterThanOrEqualTo(24);
        assertThat(texts(styles, "/name")).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
        for (JsonNode style : styles) {
            assertThat(style.at("/title").asText()).isNotBlank();
            assertThat(style.at("/description").asText()).endsWith(".");
            assertThat(style.at("/prompt_prefix").asText()).isNotBlank().doesNotEndWith(",");
            assertThat(style.at("/hashtags"))
                    .isNotEmpty()
                    .allMatch(tag -> tag.asText().matches("(?=.*[a-z])[a-z0-9_]+"));
            JsonNode preset = style.at("/stability_preset");
            assertThat(preset.isNull() || PRESETS.contains(preset.asText())).isTrue();
        }
        assertThat(texts(styles, "/stability_preset")).contains("anime", "neon-punk", "modeling-compound");
    }

    @Test
    void an_unchanged_list_is_not_sent_again() {
        String etag = glimpse.client().get("/api/v1/styles").header("ETag");
        assertThat(glimpse.client()
                        .with("If-None-Match", etag)
                        .get("/api/v1/styles")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void every_provider_says_what_it_takes() {
        JsonNode all = glimpse.client()
                .get("/api/v1/prompts/parameters")
                .is(200)
                .json()
                .at("/data");
        assertThat(texts(all, "/name"))
                .containsExactly("huggingface", "openai", "google", "replicate", "fal", "stability", "sandbox");
        for (JsonNode provider : all) {
            assertThat(texts(provider.at("/parameters"), "/name"))
                    .doesNotHaveDuplicates()
                    .contains("prompt", "style", "model", "aspect_ratio");
            assertThat(texts(provider.at("/aspect_ratios"), "/ratio"))
                    .containsExactly("1:1", "3:2", "2:3", "16:9", "9:16", "4:5", "5:4", "21:9");
            for (JsonNode shape : provider.at("/aspect_ratios")) {
                assertThat(shape.at("/width").asInt() % 16 + shape.at("/height").asInt() % 16)
                        .isZero();
            }
            for (JsonNode parameter : provider.at("/parameters")) {
                assertThat(parameter.at("/description").asText()).isNotBlank();
                assertThat(parameter.at("/type").asText()).matches("string|integer|number|boolean|object");
            }
        }
    }

    @Test
    void only_those_that_read_a_negative_prompt_or_a_seed_say_so() throws IOException {
        glimpse.set("providers.sdapi.base_url", "http://127.0.0.1:7860").restart();
        assertThat(settable("stability")).contains("negative_prompt", "seed");
        assertThat(settable("sdapi")).contains("negative_prompt", "seed");
        assertThat(settable("replicate")).contains("seed").doesNotContain("negative_prompt");
        assertThat(settable("openai")).containsExactly("prompt", "style", "model", "aspect_ratio");
    }

    @Test
    void a_model_says_what_it_takes_differently() {
        JsonNode google = provider("google");
        assertThat(google.at("/models/0/name").asText()).isEqualTo("gemini-3.1-flash-image");
        assertThat(google.at("/models/0/is_default").asBoolean()).isTrue();
        assertThat(google.at("/models/1/differing/0/choices").toString()).isEqualTo("[\"1K\"]");
        Provider typed = new Providers(Map.of("google", "")).get("google");
        assertThat(typed.parameters("gemini-3.1-flash-lite-image"))
                .hasSameSizeAs(typed.parameters("gemini-3.1-flash-image"))
                .isNotEqualTo(typed.parameters("gemini-3.1-flash-image"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dalle", "OPENAI", "%3Cb%3E"})
    void a_provider_that_is_not_known_is_refused_with_those_that_are(String name) {
        Answer refused = glimpse.client()
                .get("/api/v1/prompts/parameters?provider=" + name)
                .fails(400, "provider_unknown");
        assertThat(refused.at("/error/message"))
                .contains("huggingface, openai, google")
                .doesNotContain("<b>");
    }

    @Test
    void in_production_there_is_no_provider_that_needs_no_key() throws IOException {
        glimpse.set("mode", "production")
                .set("mail.mode", "none")
                .set("server.public_url", "https://glimpse.example")
                .restart();
        glimpse.client().get("/api/v1/prompts/parameters?provider=sandbox").fails(400, "provider_unknown");
        assertThat(glimpse.client()
                        .get("/api/v1/prompts/parameters")
                        .json()
                        .at("/data")
                        .size())
                .isEqualTo(6);
    }

    @Test
    void a_server_shows_the_providers_and_models_that_it_is_configured_with() throws IOException {
        glimpse.client().get("/api/v1/prompts/parameters?provider=sdapi").fails(400, "provider_unknown");
        glimpse.set("providers.sdapi.base_url", "http://127.0.0.1:7860")
                .set("providers.openai.model", "flux-of-our-own")
                .set("providers.google.model", "gemini-3-pro-image")
                .restart();
        assertThat(provider("sdapi").at("/models")).isEmpty();
        assertThat(provider("openai").at("/models/0/name").asText()).isEqualTo("flux-of-our-own");
        assertThat(provider("openai").at("/models/1/name").asText()).isEqualTo("gpt-image-2.6-flare");
        for (String name : List.of("openai", "google", "fal", "sandbox")) {
            assertThat(provider(name).at("/models"))
                    .filteredOn(model -> model.at("/is_default").asBoolean())
                    .hasSize(1);
        }
        assertThat(provider("google").at("/models/2/is_default").asBoolean()).isTrue();
    }

    @Test
    void a_style_is_found_by_name_or_title_and_stands_for_its_words_once() {
        Styles styles = new Styles();
        assertThat(styles.find("Oil Painting").map(Style::name)).contains("oil-painting");
        String prompt = styles.prefixed("oil-painting", "a fox");
        assertThat(prompt).startsWith("oil painting on canvas, ").endsWith(", a fox");
        assertThat(styles.prefixed("oil-painting", prompt)).isEqualTo(prompt);
        assertThat(styles.prefixed("in the manner of a dream,", "a fox")).isEqualTo("in the manner of a dream, a fox");
        assertThat(styles.prefixed(null, "a fox")).isEqualTo("a fox");
    }

    private List<String> settable(String name) {
        List<String> settable = new ArrayList<>();
        for (JsonNode parameter : provider(name).at("/parameters")) {
            if (parameter.at("/settable").asBoolean()) {
                settable.add(parameter.at("/name").asText());
            }
        }
        return settable;
    }

    private JsonNode provider(String name) {
        return glimpse.client()
                .get("/api/v1/prompts/parameters?provider=" + name)
                .is(200)
                .json()
                .at("/data/0");
    }

    private static List<String> texts(JsonNode list, String pointer) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.at(pointer).asText()));
        return texts;
    }
}
