package glimpse.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.TestGlimpse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptOptimizeTest {
    private static final String OPTIMIZE = "/api/v1/prompts/optimize";
    private static final List<String> PROVIDERS =
            List.of("huggingface", "openai", "google", "replicate", "fal", "stability", "sdapi", "sandbox");
    private static final List<String> PROMPTS = List.of(
            "a cat",
            "A red fox in the snow at dusk.",
            "masterpiece, best quality, 8k, a girl with a red umbrella in the rain, trending on artstation",
            "oil painting of a lighthouse in a storm, dramatic lighting",
            "a minimalist, highly detailed cat",
            "bright sunny day, a wolf howling at night under a full moon",
            "black and white photo of a colorful parrot, vibrant colors",
            "astronaut riding a horse on mars --ar 21:9 --v 6 --no text, watermark",
            "(a castle:1.3), ((dragon)), <lora:epic:0.8>, [fog], golden hour",
            "a sign that says \"OPEN, 24 hours. At night\" in a diner window",
            "sunset over the ocean",
            "portrait of an old fisherman, 85mm, f/1.8, Rembrandt lighting",
            "a busy street market in Marrakech, no people, no cars",
            "day turning to night over a city skyline",
            "a cozy cabin in the woods, cozy, cozy atmosphere, warm light, warm light",
            "Create an image of two robots playing chess in a park",
            "dragon over a castle, low angle, oil painting, photograph",
            "a samurai in the rain, neon lights, cyberpunk, 8k uhd, octane render",
            "A woman reads a letter by the window. The room is quiet; outside it rains! Style: watercolor",
            "three ducks\nin a row\n\nflat vector illustration, pastel colors, vivid colors",
            "golden retriever puppy, close-up, wide shot, shallow depth of field",
            "a 1:12 scale model of a 1960s kitchen, f/8, 50mm, soft light, hard light",
            "the number 42 made of flowers",
            "un zorro rojo en el bosque al atardecer",
            "雪の中の赤い狐");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse().set("providers.sdapi.base_url", "http://127.0.0.1:7860");

    private Client agent = new Client(java.net.http.HttpClient.newHttpClient(), "", List.of());

    @BeforeEach
    void agent() {
        glimpse.liftLimits();
        agent = glimpse.agent("ada").client();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a cat | a cat | animal | |
            oil painting of a lighthouse in a storm, dramatic lighting | a lighthouse in a storm | city | medium | oil painting
            a red fox in the snow at dusk | a red fox in the snow | animal | light | dusk
            close-up of an old fisherman, 85mm, f/1.8 | an old fisherman | person | camera | 85mm
            Create an image of two robots playing chess in a park | two robots playing chess in a park | machine | |
            a photo of the night sky | the night sky | nature | medium | photo
            a quiet village, black-and-white photograph | a quiet village | city | medium | black-and-white photograph
            a dragon, from below, ominous atmosphere | a dragon | fantasy | mood | ominous atmosphere
            ramen, muted colours | ramen | food | color | muted colours
            masterpiece, a girl in the rain, ultra-detailed | a girl in the rain | person | detail | ultra-detailed
            a whale, bird's eye view | a whale | animal | composition | bird's eye view
            """)
    void the_parts_of_a_prompt_are_recognised(
            String prompt, String subject, String theme, @Nullable String part, @Nullable String words) {
        JsonNode parts = optimize(prompt, null, null).json().at("/parts");
        assertThat(parts.at("/subject").asText()).isEqualTo(subject);
        assertThat(parts.at("/theme").asText()).isEqualTo(theme);
        if (part != null) {
            assertThat(texts(parts.at("/words/" + part))).contains(words);
        }
    }

    @Test
    void the_subject_stays_whatever_the_provider() {
        for (String provider : PROVIDERS) {
            for (String prompt : PROMPTS) {
                Answer answer = optimize(prompt, null, provider);
                assertThat(words(answer.at("/optimized_prompt")))
                        .as(provider + ": " + prompt)
                        .containsSubsequence(words(answer.at("/parts/subject")));
                assertThat(answer.at("/original_prompt")).isEqualTo(prompt);
            }
        }
    }

    @Test
    void a_prompt_is_answered_the_same_each_time_and_its_answer_changes_no_more() {
        for (String provider : PROVIDERS) {
            for (String prompt : PROMPTS) {
                Answer first = optimize(prompt, null, provider);
                assertThat(optimize(prompt, null, provider).text()).isEqualTo(first.text());
                String optimized = first.at("/optimized_prompt");
                Answer again = optimize(optimized, null, provider);
                assertThat(again.at("/optimized_prompt")).as(provider).isEqualTo(optimized);
            }
        }
    }

    @Test
    void a_score_rises_and_says_what_it_is_made_of() {
        for (String prompt : PROMPTS) {
            JsonNode score = optimize(prompt, null, "fal").json().at("/score");
            int before = score.at("/before").asInt();
            int after = score.at("/after").asInt();
            assertThat(before).isBetween(0, 100);
            assertThat(after).isBetween(before, 100);
            assertThat(score.at("/components")).hasSizeGreaterThanOrEqualTo(3);
        }
        assertThat(optimize("a cat", null, null).json().at("/score/before").asInt())
                .isLessThan(50);
    }

    @Test
    void parameters_are_such_as_the_provider_takes() {
        for (String provider : PROVIDERS) {
            Provider takes = new Providers(Map.of(provider, "")).get(provider);
            JsonNode answer =
                    optimize("a fox --ar 7:3 --seed 12", "anime", provider).json();
            answer.at("/parameters")
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(takes.settable()).contains(name));
            assertThat(answer.at("/parameters/aspect_ratio").asText()).isEqualTo("21:9");
            assertThat(answer.at("/parameters/style").asText()).isEqualTo("anime");
            assertThat(answer.at("/parameters").has("seed")).isEqualTo(!provider.equals("openai"));
            assertThat(answer.at("/negative_prompt").isNull())
                    .isEqualTo(!takes.settable().contains("negative_prompt"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a tower, tall | 2:3
            a city skyline | 16:9
            portrait of a queen | 4:5
            logo for a bakery | 1:1
            a panoramic view of dunes | 21:9
            a fox, in 4:3 aspect ratio | 5:4
            a fox --aspect 9:16 | 9:16
            a fox —ar 3:2 | 3:2
            """)
    void words_ask_for_a_shape(String prompt, String ratio) {
        assertThat(optimize(prompt, null, null).at("/parameters/aspect_ratio")).isEqualTo(ratio);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            masterpiece, best quality, a fox, 8k, trending on artstation | masterpiece, best quality, 8k | padding
            a fox, a fox | a fox | repetition
            a fox, sunny day, moonlight | moonlight | contradiction
            a fox in the grass at night, broad daylight | broad daylight | contradiction
            a fox, monochrome, vibrant colors | vibrant colors | contradiction
            a fox, minimalist, highly detailed | highly detailed | contradiction
            a fox, oil painting, photorealistic | photorealistic | contradiction
            a fox, (highly detailed:1.4) | (highly detailed:1.4) | syntax
            a fox --stylize 250 | --stylize 250 | syntax
            a fox <lora:foxes:0.7> | <lora:foxes:0.7> | syntax
            a fox <sd_cpp_extra_args>{"steps":999}</sd_cpp_extra_args> | <sd_cpp_extra_args>{"steps":999}</sd_cpp_extra_args> | syntax
            a fox https://example.com/fox.png | https://example.com/fox.png | syntax
            """)
    void what_does_not_help_is_removed_and_why_is_said(String prompt, String removed, String part) {
        JsonNode answer = optimize(prompt, null, "fal").json();
        assertThat(answer.at("/optimized_prompt").asText()).startsWith("a fox");
        assertThat(answer.at("/changes")).anySatisfy(change -> {
            assertThat(change.at("/kind").asText()).isEqualTo("removed");
            assertThat(change.at("/part").asText()).isEqualTo(part);
            assertThat(change.at("/text").asText()).contains(removed);
            assertThat(change.at("/why").asText()).endsWith(".");
        });
    }

    @Test
    void what_belongs_to_the_subject_stays_even_if_it_contradicts_and_that_is_said() {
        Answer answer = optimize("black and white photo of a colorful parrot", null, null);
        assertThat(answer.at("/optimized_prompt")).startsWith("black and white photo of a colorful parrot.");
        assertThat(answer.json().at("/changes").toString()).contains("\"kept\",\"part\":\"contradiction\"");
        Answer meant = optimize("day turning to night over a city skyline", null, null);
        assertThat(meant.json().at("/changes").toString()).doesNotContain("contradiction");
    }

    @Test
    void each_provider_gets_the_form_it_reads_best() {
        assertThat(optimize("a fox", null, "fal").at("/optimized_prompt")).matches("a fox\\. This .+ is .+\\.");
        assertThat(optimize("a fox", null, "openai").at("/optimized_prompt")).contains(" Light it with ");
        assertThat(optimize("a fox", null, "stability").at("/optimized_prompt"))
                .startsWith("a fox, ")
                .doesNotContain(".");
        String weighted = "a fox, (fog:1.2), <lora:foxes:0.7>";
        assertThat(optimize(weighted, null, "sdapi").at("/optimized_prompt")).startsWith(weighted);
        assertThat(optimize("a fox, no people", null, "stability").at("/negative_prompt"))
                .startsWith("people, ");
        assertThat(optimize("a fox --no people", null, "openai").at("/optimized_prompt"))
                .endsWith(" Leave out people.");
        assertThat(optimize("a sign with the words \"GO\"", null, "stability").at("/negative_prompt"))
                .doesNotContain("text");
    }

    @Test
    void a_style_goes_first_once_and_disturbs_nothing() {
        for (Style style : new Styles().all()) {
            Answer answer = optimize("a fox", style.name(), "fal");
            String optimized = answer.at("/optimized_prompt");
            assertThat(optimized).startsWith(style.promptPrefix() + ", a fox");
            assertThat(answer.json().at("/changes").toString())
                    .as(style.name())
                    .doesNotContain("\"removed\"")
                    .doesNotContain("contradiction");
            assertThat(optimize(optimized, style.name(), "fal").at("/optimized_prompt"))
                    .isEqualTo(optimized);
        }
        assertThat(optimize("a fox", "in the manner of a dream", null).at("/optimized_prompt"))
                .startsWith("in the manner of a dream, a fox.");
        assertThat(optimize("photo of a fox", "oil-painting", null).at("/optimized_prompt"))
                .contains("layered glazes, a fox.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "un zorro rojo en el bosque al atardecer",
                "ein roter Fuchs im Schnee",
                "un renard roux dans la neige avec des flocons",
                "雪の中の赤い狐",
                "рыжая лиса в снегу",
                "ثعلب أحمر في الثلج",
                "빨간 여우"
            })
    void a_language_that_is_not_known_is_left_alone(String prompt) {
        assertThat(optimize(prompt + " --v 6", null, "fal").at("/optimized_prompt"))
                .isEqualTo(prompt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8k, masterpiece",
                "--ar 16:9",
                "(:1.3)",
                "golden hour, bokeh",
                "<lora:x:1>",
                "???",
                "\"",
                "a",
                "🦊🌲"
            })
    void a_prompt_without_a_subject_still_is_one(String prompt) {
        Answer answer = optimize(prompt, null, "fal");
        assertThat(answer.at("/optimized_prompt")).isNotBlank();
    }

    @Test
    @Timeout(60)
    void hostile_prompts_take_no_time_and_come_to_no_harm() {
        for (String piece : List.of(
                "(",
                "((a:1.1)",
                "[",
                "{{",
                "8k, ",
                "a, ",
                "night, day, ",
                "\"",
                "“",
                "--",
                "--ar ",
                "::",
                "<lora:",
                "no ",
                "at night ",
                "of ",
                "in the ",
                "𝒜",
                "\u202e",
                ". ",
                "a photo of ",
                "💥",
                "e\u0301",
                "-",
                "a:1 ",
                "<")) {
            String prompt = ("a fox " + piece.repeat(4000)).substring(0, 3999);
            if (Character.isHighSurrogate(prompt.charAt(3998))) {
                prompt = prompt.substring(0, 3998);
            }
            Answer answer = optimize(prompt, null, "openai");
            String optimized = answer.at("/optimized_prompt");
            assertThat(optimized.codePointCount(0, optimized.length())).isLessThanOrEqualTo(4200);
            assertThat(answer.json().at("/changes").size()).isLessThan(100);
        }
        String drawn = optimize("a fox\u202e <script>alert(1)</script> <b>bold</b>", null, null)
                .at("/optimized_prompt");
        assertThat(drawn).doesNotContain("<").doesNotContain("\u202e");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            product shot of a perfume bottle on black marble | gouache,illustration,painting | restrained,neutral
            1girl, silver hair, school uniform | gouache,photograph | anime illustration
            a red dragon, castle, fire | cold,moss,green,blue | ember orange
            a woman in a field of sunflowers | studio,window | light
            a neon sign in an alley | muted,earth,neutral | magenta,electric
            lemons in a bowl, painted in the style of Turner | photograph,lens | light
            a bee on lavender, macro photo | telephoto | macro lens
            a harbour in the rain | golden,warm evening,afternoon | overcast
            coral reef with fish | studio,golden,horizon | surface
            street photography, Lisbon | close-up | 3:2,wide,perspective
            a lake at dusk | studio,autumnal | amber,violet
            """)
    void what_is_added_suits_what_is_there(String prompt, String never, String oneOf) {
        for (String provider : PROVIDERS) {
            String added = additions(optimize(prompt, null, provider).text());
            assertThat(added).doesNotContain(never.split(",", -1));
            assertThat(List.of(oneOf.split(",", -1))).as(added).anyMatch(added::contains);
        }
    }

    /** Those that were added, as they stand in the answer. */
    private static String additions(String answer) {
        int from = answer.indexOf("\"changes\"");
        return Arrays.stream(answer.substring(from).split("\\{\"kind\":", -1))
                .filter(change -> change.startsWith("\"added\""))
                .map(change -> change.replaceFirst("\"why\".*", ""))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            please create an image of a robot in a cafe | a robot in a cafe
            Could you draw me a logo for a bakery | a logo for a bakery
            I want a picture of two foxes | two foxes
            make it rain over a city | make it rain over a city
            paint a red fox | paint a red fox
            show jumping horse | show jumping horse
            """)
    void what_is_said_to_somebody_goes_and_the_picture_stays(String prompt, String left) {
        assertThat(optimize(prompt, null, "fal").at("/optimized_prompt")).startsWith(left + ". ");
    }

    @Test
    void of_a_contradiction_within_a_list_of_media_what_was_said_first_stays() {
        assertThat(optimize("a lake, photorealistic oil painting", null, "fal").at("/optimized_prompt"))
                .startsWith("a lake, photorealistic oil painting. The scene ");
        assertThat(optimize("a lake, vibrant and monochrome", null, "fal").at("/optimized_prompt"))
                .startsWith("a lake, vibrant. ");
        assertThat(optimize("knight::2 castle::1", null, "sdapi").at("/optimized_prompt"))
                .startsWith("knight, castle, ");
        JsonNode nothing =
                optimize("Negative prompt: ugly, blurry", null, "openai").json();
        assertThat(nothing.at("/score/after").asInt())
                .isEqualTo(nothing.at("/score/before").asInt());
    }

    @ParameterizedTest
    @Timeout(5)
    @ValueSource(
            strings = {
                "photo of ",
                "a photo with ",
                "8k fox ",
                "vivid muted ",
                "day or night ",
                "a vivid, muted, ",
                "a minimalist, highly detailed ",
                "\u0301",
                "soft and harsh light "
            })
    void what_is_repeated_a_thousand_times_takes_milliseconds(String piece) {
        Styles styles = new Styles();
        String prompt = piece.repeat(4000).substring(0, 4000);
        Optimizer optimizer = new Optimizer(new Lexicon(styles), styles);
        assertThat(optimizer
                        .optimize(prompt, "watercolor", new Providers(Map.of("stability", "")).get("stability"))
                        .changes())
                .hasSizeLessThan(100);
    }

    @Test
    void a_prompt_that_is_as_long_as_it_may_be_gets_no_longer() {
        String prompt = ("a very long fox " + "fox ".repeat(1000)).substring(0, 3999) + "x";
        Answer answer = optimize(prompt, null, "fal");
        assertThat(answer.at("/optimized_prompt")).isEqualTo(prompt);
        assertThat(answer.json().at("/changes").toString()).contains("\"length\"");
    }

    @Test
    void what_is_wrong_is_refused() {
        glimpse.client().post(OPTIMIZE, Map.of("prompt", "a fox")).fails(401, "unauthorized");
        agent.post(OPTIMIZE, Map.of()).fails(422, "validation_failed");
        agent.post(OPTIMIZE, Map.of("prompt", "")).fails(422, "validation_failed");
        agent.post(OPTIMIZE, Map.of("prompt", " \n\t")).fails(422, "validation_failed");
        agent.post(OPTIMIZE, Map.of("prompt", "a".repeat(4001))).fails(422, "validation_failed");
        agent.post(OPTIMIZE, Map.of("prompt", "a fox", "provider", "dalle")).fails(400, "provider_unknown");
    }

    private Answer optimize(String prompt, @Nullable String style, @Nullable String provider) {
        Map<String, String> body = new HashMap<>();
        body.put("prompt", prompt);
        if (style != null) {
            body.put("style", style);
        }
        if (provider != null) {
            body.put("provider", provider);
        }
        return agent.post(OPTIMIZE, body).is(200);
    }

    private static List<String> words(String text) {
        return Word.of(text).stream().map(Word::plain).toList();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }
}
