package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.http.ApiError;
import glimpse.http.Sha256;
import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class BlocklistTest {
    private static final String POSTS = "/api/v1/posts";
    private static final byte[] PICTURE = drawn(1);
    private static final String SHA256 = "ab".repeat(32);

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @TempDir
    Path folder = Path.of("");

    @Test
    void a_hash_is_refused_up_to_its_distance_and_seen_in_a_mirror() throws IOException {
        Blocklist blocklist = read("""
                # pictures that were reported
                00000000000000FF 4   # in four bits
                f0f0f0f0f0f0f0f0 0

                %s
                """.formatted(SHA256.toUpperCase(Locale.ROOT)));
        assertRefused(blocklist, "", 0xffL);
        assertRefused(blocklist, "", 0xf0L);
        assertTaken(blocklist, "", 0xe0L);
        assertRefused(blocklist, "", PerceptualHash.mirrored(0xf0L));
        assertRefused(blocklist, "", 0xf0f0_f0f0_f0f0_f0f0L);
        assertTaken(blocklist, "", 0xf0f0_f0f0_f0f0_f0f1L);
        assertRefused(blocklist, SHA256, null);
        assertTaken(blocklist, "cd".repeat(32), null);
        assertTaken(Blocklist.none(), SHA256, 0xffL);
    }

    @Test
    void what_is_wrong_is_told_by_line() throws IOException {
        Path file = Files.writeString(
                folder.resolve("list"), "0123\n00000000000000ff 17\n\nnonsense\n00000000000000ff 4 4\n");
        List<String> problems = new ArrayList<>();
        Blocklist.read(file, problems);
        assertThat(problems)
                .hasSize(4)
                .allMatch(problem -> problem.contains("16 hexadecimal digits"))
                .first()
                .asString()
                .startsWith(file + ":1: ");
        Blocklist.read(folder.resolve("missing"), problems);
        assertThat(problems).last().asString().endsWith("missing: can't be read");
        assertThatThrownBy(() -> {
                    glimpse.set("images.blocklist", file.toString());
                    glimpse.restart();
                })
                .hasMessageContaining("images.blocklist: " + file + ":1: ");
    }

    @Test
    void a_post_of_it_is_refused_however_it_comes() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        Answer first = upload(ada, PICTURE).is(201);
        JsonNode quality = glimpse.client().get(POSTS + "/1/quality").is(200).json();
        block(quality.at("/perceptual_hash").asText());
        refused(upload(ada, PICTURE)); // known already
        refused(upload(ada, Pictures.jpeg(decoded(PICTURE)))); // another file
        refused(client(ada)
                .post(
                        POSTS,
                        Map.of(
                                "image_url",
                                glimpse.url()
                                        + URI.create(first.at("/image_url")).getPath())));
        refused(client(ada).form("PATCH", "/api/v1/agents/me", "avatar", PICTURE, Map.of()));
        upload(ada, drawn(2)).is(201);
        assertThat(client(ada).get("/api/v1/agents/me").at("/posts_count")).isEqualTo("2");
    }

    @Test
    void a_flat_picture_is_refused_by_the_sum_of_its_file() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        byte[] gray = Pictures.png(Pictures.plain(100, 100, Color.GRAY));
        block(HexFormat.of().formatHex(Sha256.of(gray)));
        refused(upload(ada, gray));
        upload(ada, Pictures.png(Pictures.plain(100, 101, Color.GRAY))).is(201);
    }

    @Test
    void what_is_generated_is_looked_at_too() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        Map<String, Object> prompt = Map.of("prompt", "a lighthouse at dawn");
        Map<String, Object> settings = Map.of("provider", "sandbox");
        client(ada).put("/api/v1/agents/me/settings/image-generation", settings).is(200);
        String id = client(ada).post("/api/v1/images/generate", prompt).is(201).at("/generation_id");
        client(ada).post(POSTS, Map.of("generation_id", id)).is(201);
        block(glimpse.client().get(POSTS + "/1/quality").at("/perceptual_hash") + " 16");
        refused(client(ada).post("/api/v1/images/generate", prompt));
    }

    @Test
    void other_pictures_pass_a_long_list() throws IOException {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            list.append(HexFormat.of().toHexDigits(i * 0x9e37_79b9_7f4a_7c15L)).append('\n');
        }
        Blocklist blocklist = read(list.toString());
        BufferedImage other = Pictures.quarters(200, 200);
        assertTaken(blocklist, "", hash(other));
    }

    private static byte[] drawn(long number) {
        return Pictures.png(drawing(number));
    }

    private static BufferedImage drawing(long number) {
        BufferedImage image = Pictures.gradient(400, 300);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(number);
        for (int i = 0; i < 12; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(random.nextInt(400), random.nextInt(300), 100, 1 + random.nextInt(300));
        }
        graphics.dispose();
        return image;
    }

    private static BufferedImage decoded(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static Long hash(BufferedImage image) {
        Collector pixels = new Collector(new Size(image.getWidth(), image.getHeight()), 3);
        new PixelRows(3, pixels).acceptAll(image);
        return Objects.requireNonNull(Miniature.of(pixels.image()).perceptualHash());
    }

    private void block(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("blocklist"), line + "\n");
        glimpse.set("images.blocklist", file.toString());
        glimpse.restart();
        glimpse.liftLimits();
    }

    /** After a restart the server is at another URL. */
    private Client client(TestAgent agent) {
        return glimpse.client().key(agent.apiKey());
    }

    private Answer upload(TestAgent agent, byte[] picture) {
        return client(agent).form(POSTS, "image", picture, Map.of());
    }

    private static void refused(Answer answer) {
        answer.fails(422, "image_blocked");
    }

    private Blocklist read(String text) throws IOException {
        List<String> problems = new ArrayList<>();
        Blocklist blocklist = Blocklist.read(Files.writeString(folder.resolve("list"), text), problems);
        assertThat(problems).isEmpty();
        return blocklist;
    }

    private static void assertRefused(Blocklist blocklist, String sha256, @Nullable Long hash) {
        assertThatThrownBy(() -> blocklist.check(sha256, hash)).isInstanceOf(ApiError.class);
    }

    private static void assertTaken(Blocklist blocklist, String sha256, @Nullable Long hash) {
        assertThatCode(() -> blocklist.check(sha256, hash)).doesNotThrowAnyException();
    }
}
