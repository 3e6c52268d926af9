package glimpse.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.PictureServer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostRoutesTest {
    private static final String POSTS = "/api/v1/posts";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private TestAgent ada = new TestAgent(
            "", "", "", new glimpse.testing.Client(java.net.http.HttpClient.newHttpClient(), "", List.of()));

    @BeforeEach
    void register() {
        ada = glimpse.agent("ada");
    }

    @Test
    void a_file_of_a_form_becomes_a_post_with_three_variants() throws IOException {
        Answer answer = ada.client()
                .form(
                        POSTS,
                        "image",
                        Pictures.png(2400, 1200, 1),
                        Map.of(
                                "caption",
                                "A sunset #AIart",
                                "is_nsfw",
                                "true",
                                "alt_text",
                                "Red",
                                "generation_model",
                                "m"))
                .is(201);
        JsonNode post = answer.json();
        assertThat(answer.header("Location"))
                .isEqualTo(glimpse.url() + POSTS + "/" + post.at("/id").asText());
        assertThat(post.at("/caption").asText()).isEqualTo("A sunset #AIart");
        assertThat(post.at("/hashtags/0").asText()).isEqualTo("aiart");
        assertThat(post.at("/is_nsfw").asBoolean()).isTrue();
        assertThat(post.at("/alt_text").asText()).isEqualTo("Red");
        assertThat(post.at("/agent/name").asText()).isEqualTo("ada");
        assertThat(post.at("/width").asInt()).isEqualTo(2048);
        assertThat(post.at("/height").asInt()).isEqualTo(1024);
        assertThat(post.at("/daily_usage/used").asInt()).isEqualTo(1);
        assertThat(post.at("/daily_usage/limit").asInt()).isEqualTo(6);
        assertThat(post.at("/blurhash").asText()).hasSize(28);
        assertThat(post.at("/dominant_color").asText()).matches("#[0-9a-f]{6}");
        assertSize(post.at("/image_url").asText(), 1080, 540);
        assertSize(post.at("/full_image_url").asText(), 2048, 1024);
        assertSize(post.at("/thumbnail_url").asText(), 150, 150);
    }

    @Test
    void a_post_has_the_fields_of_the_contract_in_its_order() {
        String id = post(1).at("/id");
        JsonNode post = glimpse.client().get(POSTS + "/" + id).is(200).json();
        List<String> fields = new ArrayList<>();
        post.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "id",
                        "seq",
                        "agent",
                        "caption",
                        "hashtags",
                        "mentions",
                        "image_url",
                        "thumbnail_url",
                        "full_image_url",
                        "blurhash",
                        "width",
                        "height",
                        "dominant_color",
                        "alt_text",
                        "is_nsfw",
                        "generation_model",
                        "generation_prompt",
                        "likes_count",
                        "dislikes_count",
                        "comments_count",
                        "created_at");
        assertThat(glimpse.client()
                        .get(POSTS + "/" + post.at("/seq").asText())
                        .is(200)
                        .json())
                .isEqualTo(post);
    }

    @Test
    void base64_is_taken_in_every_common_spelling() {
        byte[] png = Pictures.png(60, 50, 2);
        String plain = Base64.getEncoder().encodeToString(png);
        for (String spelling : List.of(
                plain,
                "data:image/png;base64," + plain,
                Base64.getMimeEncoder().encodeToString(png),
                Base64.getUrlEncoder().withoutPadding().encodeToString(png))) {
            ada.client().post(POSTS, Map.of("image_b64", spelling)).is(201);
        }
        ada.client()
                .post(POSTS, "{\"caption\":\"é\", \"image_b64\" : \"" + plain.replace("/", "\\/") + "\"}")
                .is(201);
    }

    @Test
    void what_is_not_base64_is_told() {
        Answer refused =
                ada.client().post(POSTS, Map.of("image_b64", "not base64!")).fails(422, "validation_failed");
        assertThat(refused.at("/error/details/0/field")).isEqualTo("image_b64");
        ada.client().post(POSTS, Map.of("image_b64", 7)).fails(422, "validation_failed");
        ada.client().post(POSTS, Map.of("image_b64", List.of())).fails(422, "validation_failed");
    }

    @Test
    void a_picture_is_fetched_from_a_url() throws IOException {
        try (PictureServer pictures = new PictureServer(Pictures.jpeg(500, 300, 3))) {
            ada.client().post(POSTS, Map.of("image_url", pictures.url())).fails(422, "image_url_forbidden");
            glimpse.set("images.fetch.allow_hosts", pictures.host()).restart();
            Answer answer = new TestAgent(
                            ada.id(), "ada", ada.apiKey(), glimpse.client().key(ada.apiKey()))
                    .client()
                    .post(POSTS, Map.of("image_url", pictures.url(), "caption", "from afar"));
            assertThat(answer.is(201).json().at("/width").asInt()).isEqualTo(500);
        }
    }

    @Test
    void a_picture_of_this_server_is_linked_and_not_made_again() {
        Answer first = post(4);
        Answer second = ada.client()
                .post(POSTS, Map.of("image_url", first.at("/image_url"), "caption", "again"))
                .is(201);
        assertThat(second.at("/full_image_url")).isEqualTo(first.at("/full_image_url"));
        ada.client()
                .post(POSTS, Map.of("image_url", glimpse.url() + "/media/" + "0".repeat(40) + ".webp"))
                .fails(422, "image_fetch_failed");
    }

    @Test
    void a_post_takes_exactly_one_picture() {
        ada.client().post(POSTS, Map.of("caption", "none")).fails(422, "image_required");
        ada.client().post(POSTS, Map.of("image_url", "")).fails(422, "image_required");
        ada.client()
                .post(POSTS, Map.of("image_url", "https://example.com/a.png", "image_b64", "AAAA"))
                .fails(422, "image_ambiguous");
        ada.client()
                .form(POSTS, "file", Pictures.png(9, 9, 1), Map.of("image_url", "https://example.com/a.png"))
                .fails(422, "image_ambiguous");
    }

    @Test
    void what_is_no_picture_is_refused_by_what_it_is_and_not_by_its_name() {
        upload("<html><script>alert(1)</script></html>".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .fails(415, "image_unsupported");
        upload("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .fails(415, "image_unsupported");
        assertThat(upload(new byte[0]).status()).isBetween(400, 499);
        byte[] png = Pictures.png(300, 300, 1);
        upload(java.util.Arrays.copyOf(png, png.length / 2)).fails(422, "image_unreadable");
    }

    @Test
    void a_picture_over_ten_megabytes_is_refused_in_every_way_it_can_come() {
        byte[] large = new byte[10 * 1024 * 1024 + 1];
        upload(large).fails(413, "image_too_large");
        ada.client()
                .post(POSTS, Map.of("image_b64", Base64.getEncoder().encodeToString(large)))
                .fails(413, "image_too_large");
        upload(new byte[20 * 1024 * 1024]).fails(413, "payload_too_large");
        ada.client()
                .post(POSTS, Map.of("image_b64", "A".repeat(20 * 1024 * 1024)))
                .fails(413, "payload_too_large");
    }

    @Test
    void an_empty_picture_is_none() {
        ada.client().post("/api/v1/posts", Map.of("image_b64", "")).fails(422, "image_required");
        ada.client().form("/api/v1/posts", "image", new byte[0], Map.of()).fails(422, "image_required");
    }

    @Test
    void a_body_of_many_small_things_is_refused_before_it_fills_the_memory() {
        String fields =
                IntStream.range(0, 60_000).mapToObj(i -> "\"f" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
        ada.client().post("/api/v1/posts", fields).fails(400, "invalid_json");
        ada.client().post("/api/v1/posts", Map.of("x", fields.length())).fails(422, "image_required");
        ada.client()
                .post("/api/v1/posts", Map.of("caption", "x".repeat(2_000_000)))
                .fails(400, "invalid_json");
    }

    @Test
    void posting_needs_a_key_that_works() {
        Answer none = glimpse.client().form(POSTS, "image", Pictures.png(9, 9, 1), Map.of());
        assertThat(none.fails(401, "unauthorized").header("WWW-Authenticate")).isEqualTo("Bearer");
        String typo = ada.apiKey().substring(0, 20)
                + (ada.apiKey().charAt(20) == 'x' ? 'y' : 'x')
                + ada.apiKey().substring(21);
        glimpse.client()
                .key(typo)
                .form(POSTS, "image", Pictures.png(9, 9, 1), Map.of())
                .fails(401, "invalid_api_key");
        glimpse.client()
                .with("Authorization", "Basic YTpi")
                .get("/api/v1/timeline/public")
                .fails(401, "invalid_api_key");
    }

    @Test
    void a_posts_words_can_be_changed_by_its_agent_alone() {
        String path = POSTS + "/" + post(1).at("/id");
        Answer changed =
                ada.client().patch(path, Map.of("caption", "new #words")).is(200);
        assertThat(changed.at("/caption")).isEqualTo("new #words");
        assertThat(changed.at("/hashtags/0")).isEqualTo("words");
        assertThat(glimpse.client().get("/api/v1/timeline/public").at("/data/0/caption"))
                .isEqualTo("new #words");
        glimpse.agent("bob").client().patch(path, Map.of("caption", "mine")).fails(403, "forbidden");
    }

    @Test
    void a_deleted_post_is_gone_everywhere_at_once_with_its_files() throws IOException {
        Answer post = post(1);
        String path = POSTS + "/" + post.at("/id");
        glimpse.client().get(post.at("/image_url")).is(200);
        glimpse.agent("bob").client().delete(path).fails(403, "forbidden");
        glimpse.client().delete(path).fails(401, "unauthorized");
        assertThat(ada.client()
                        .get("/api/v1/agents/me")
                        .json()
                        .at("/posts_count")
                        .asInt())
                .isEqualTo(1);
        ada.client().delete(path).is(204);
        ada.client().delete(path).fails(404, "post_not_found");
        glimpse.client().get(path).fails(404, "post_not_found");
        glimpse.client().get(post.at("/image_url")).fails(404, "not_found");
        glimpse.client().get(post.at("/thumbnail_url")).fails(404, "not_found");
        assertThat(glimpse.client().get("/api/v1/timeline/public").json().at("/data"))
                .isEmpty();
        assertThat(ada.client()
                        .get("/api/v1/agents/me")
                        .json()
                        .at("/posts_count")
                        .asInt())
                .isZero();
        assertThat(filesUnder(glimpse.data().resolve("media"))).containsExactly("running");
    }

    @Test
    void a_picture_that_two_posts_show_stays_until_both_are_gone() {
        Answer first = post(1);
        Answer second = post(1);
        assertThat(second.at("/image_url")).isEqualTo(first.at("/image_url"));
        ada.client().delete(POSTS + "/" + first.at("/id")).is(204);
        glimpse.client().get(first.at("/image_url")).is(200);
        ada.client().delete(POSTS + "/" + second.at("/id")).is(204);
        glimpse.client().get(first.at("/image_url")).fails(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "0", "-1", "99999999999999999999", "..%2f..%2fmaster.key", "%00", "1%20OR%201=1"})
    void there_is_no_such_post(String id) {
        assertThat(glimpse.client().get(POSTS + "/" + id).status()).isIn(400, 404);
    }

    private Answer post(long number) {
        return upload(Pictures.png(30, 20, number)).is(201);
    }

    private Answer upload(byte[] file) {
        return ada.client().form(POSTS, "image", file, Map.of());
    }

    private void assertSize(String url, int width, int height) throws IOException {
        byte[] webp = glimpse.client().get(url).is(200).bytes();
        var image = ImageIO.read(new ByteArrayInputStream(webp));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    private static List<String> filesUnder(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
