package glimpse.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityRoutesTest {
    private static final String POSTS = "/api/v1/posts/";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_picture_is_told_measure_by_measure_and_in_one_line() {
        TestAgent ada = glimpse.agent("ada");
        String id = post(ada, Pictures.png(1_200, 900, 1), Map.of("alt_text", "circles", "generation_model", "flux"));
        JsonNode quality = quality("1");
        assertThat(quality).isEqualTo(quality(id));
        assertThat(quality.at("/post_id").asText()).isEqualTo(id);
        assertThat(names(quality))
                .containsExactly(
                        "resolution", "sharpness", "exposure", "contrast", "noise", "compression", "colorfulness");
        for (JsonNode measure : quality.at("/measures")) {
            assertThat(measure.at("/score").asInt()).isBetween(0, 100);
            assertThat(measure.at("/value").isNumber()).isTrue();
            for (String text : List.of("/unit", "/meaning", "/method")) {
                assertThat(measure.at(text).asText()).as(text).isNotBlank();
            }
        }
        assertThat(measure(quality, "resolution", "value")).isEqualTo(1.08);
        assertThat(measure(quality, "compression", "score")).isEqualTo(100);
        assertThat(quality.at("/overall").asInt()).isBetween(60, 100);
        assertThat(quality.at("/grade").asText()).isIn("good", "excellent");
        assertThat(quality.at("/advice").asText()).isNotBlank();
        assertThat(quality.at("/scope").asText()).contains("Technical").contains("nothing of taste");
        assertThat(quality.at("/perceptual_hash").asText()).matches("[0-9a-f]{16}");
        assertThat(quality.at("/is_flat").asBoolean()).isFalse();
        assertThat(quality.at("/format").asText()).isEqualTo("image/png");
        assertThat(quality.at("/measured_from").asText()).isEqualTo("original");
        assertThat(quality.at("/computed_at").asText()).isEqualTo("2026-11-23T15:00:00.000Z");
        assertThat(quality.at("/disclosure").toString())
                .isEqualTo("{\"model\":true,\"prompt\":false,\"alt_text\":true,\"content_credentials\":false}");
    }

    @Test
    void what_was_made_larger_is_told_to_be_blurred() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        post(ada, Pictures.png(1_200, 900, 1), Map.of());
        post(ada, enlarged(Pictures.png(150, 113, 1), 1_200, 900), Map.of());
        JsonNode sharp = quality("1");
        JsonNode blurred = quality("2");
        assertThat(measure(blurred, "sharpness", "score")).isLessThan(measure(sharp, "sharpness", "score") - 30);
        assertThat(blurred.at("/overall").asInt())
                .isLessThan(sharp.at("/overall").asInt() - 15);
        assertThat(blurred.at("/advice").asText()).contains("Sharpen");
    }

    @Test
    void one_plain_colour_is_flat_and_has_no_perceptual_hash() throws IOException {
        post(glimpse.agent("ada"), plain(), Map.of());
        JsonNode quality = quality("1");
        assertThat(quality.at("/is_flat").asBoolean()).isTrue();
        assertThat(quality.at("/perceptual_hash").isNull()).isTrue();
        assertThat(quality.at("/grade").asText()).isIn("bad", "poor");
    }

    @Test
    void likes_change_nothing() {
        post(glimpse.agent("ada"), Pictures.png(300, 300, 1), Map.of());
        JsonNode before = quality("1");
        glimpse.agent("bob").client().send("POST", POSTS + "1/like", BodyPublishers.noBody());
        assertThat(quality("1")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"99", "nothing", "00000000-0000-7000-8000-000000000000"})
    void a_post_that_is_not_there_has_none(String post) {
        glimpse.client().get(POSTS + post + "/quality").fails(404, "post_not_found");
    }

    @Test
    void with_its_post_it_is_gone() {
        TestAgent ada = glimpse.agent("ada");
        post(ada, Pictures.png(300, 300, 1), Map.of());
        ada.client().delete(POSTS + "1").is(204);
        glimpse.client().get(POSTS + "1/quality").fails(404, "post_not_found");
        try (Rows rows = new Rows(glimpse.data())) {
            assertThat(rows.read("SELECT 1 FROM image_measures")).isEmpty();
        }
    }

    @Test
    void a_picture_from_before_all_this_is_measured_when_somebody_asks() {
        post(glimpse.agent("ada"), Pictures.png(1_200, 900, 1), Map.of());
        JsonNode before = quality("1");
        forget();
        JsonNode late = quality("1");
        assertThat(late.at("/measured_from").asText()).isEqualTo("full_variant");
        assertThat(names(late)).doesNotContain("compression").hasSize(6);
        assertThat(measure(late, "contrast", "score")).isEqualTo(measure(before, "contrast", "score"));
        assertThat(late.at("/perceptual_hash")).isEqualTo(before.at("/perceptual_hash"));
        assertThat(quality("1")).isEqualTo(late);
    }

    @Test
    void after_a_start_all_such_pictures_are_measured_by_themselves() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        for (int i = 1; i <= 5; i++) {
            post(ada, Pictures.png(200, 200, i), Map.of());
        }
        forget();
        glimpse.restart();
        try (Rows rows = new Rows(glimpse.data())) {
            while (!rows.read("SELECT 1 FROM unmeasured_images").isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(rows.numbers("SELECT count(*) FROM image_measures WHERE of_original = 0"))
                    .containsExactly(5L);
        }
    }

    @Test
    void where_its_file_is_lost_it_is_told_that_nothing_can_be() throws IOException {
        post(glimpse.agent("ada"), Pictures.png(200, 200, 1), Map.of());
        forget();
        try (var media = Files.walk(glimpse.data().resolve("media"))) {
            for (var file :
                    media.filter(path -> path.toString().endsWith(".webp")).toList()) {
                Files.delete(file);
            }
        }
        for (int i = 0; i < 2; i++) {
            glimpse.client().get(POSTS + "1/quality").fails(503, "service_unavailable");
        }
    }

    private void forget() {
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("DELETE FROM image_measures")
                    .write("INSERT INTO unmeasured_images (image_seq) SELECT seq FROM images");
        }
    }

    private static String post(TestAgent agent, byte[] picture, Map<String, String> fields) {
        return agent.client()
                .form("/api/v1/posts", "image", picture, fields)
                .is(201)
                .at("/id");
    }

    private JsonNode quality(String post) {
        Answer answer = glimpse.client().get(POSTS + post + "/quality").is(200);
        return answer.json();
    }

    private static List<String> names(JsonNode quality) {
        return StreamSupport.stream(quality.at("/measures").spliterator(), false)
                .map(measure -> measure.at("/name").asText())
                .toList();
    }

    private static double measure(JsonNode quality, String name, String field) {
        return StreamSupport.stream(quality.at("/measures").spliterator(), false)
                .filter(measure -> measure.at("/name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .at("/" + field)
                .asDouble();
    }

    private static byte[] enlarged(byte[] png, int width, int height) throws IOException {
        BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(ImageIO.read(new ByteArrayInputStream(png)), 0, 0, width, height, null);
        graphics.dispose();
        return encoded(large);
    }

    private static byte[] plain() throws IOException {
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0x406080));
        graphics.fillRect(0, 0, 300, 200);
        graphics.dispose();
        return encoded(image);
    }

    private static byte[] encoded(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
