package glimpse.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateRoutesTest {
    private static final byte[] PICTURE = Pictures.png(400, 300, 1);

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private TestAgent ada;

    @BeforeEach
    void ada() {
        ada = glimpse.agent("ada");
        glimpse.liftLimits();
    }

    @Test
    void who_posts_what_nobody_else_has_is_told_so() {
        post(PICTURE);
        post(Pictures.png(400, 300, 2));
        assertThat(duplicates("1").text())
                .isEqualTo("{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
    }

    @Test
    void the_same_file_is_exact_and_another_size_of_it_is_near() throws IOException {
        post(PICTURE);
        post(scaled(PICTURE, 200, 150));
        post(PICTURE);
        post(Pictures.png(400, 300, 2));
        JsonNode found = duplicates("1").json().at("/data");
        assertThat(found).hasSize(2);
        assertThat(found.findValuesAsText("kind")).contains("exact", "near");
        JsonNode exact = entry(found, 3);
        assertThat(exact.at("/distance").asInt()).isZero();
        assertThat(exact.at("/similarity").asDouble()).isEqualTo(1);
        assertThat(exact.at("/kind").asText()).isEqualTo("exact");
        assertThat(exact.at("/mirrored").asBoolean()).isFalse();
        assertThat(exact.at("/post"))
                .isEqualTo(glimpse.client().get("/api/v1/posts/3").is(200).json());
        JsonNode near = entry(found, 2);
        assertThat(near.at("/kind").asText()).isEqualTo("near");
        assertThat(near.at("/distance").asInt()).isLessThanOrEqualTo(4);
        assertThat(seqs(duplicates("2"))).containsExactlyInAnyOrder(1L, 3L);
    }

    @Test
    void a_mirrored_copy_is_near_too() throws IOException {
        post(PICTURE);
        post(mirrored(PICTURE));
        JsonNode found = duplicates("1").json().at("/data/0");
        assertThat(found.at("/post/seq").asInt()).isEqualTo(2);
        assertThat(found.at("/mirrored").asBoolean()).isTrue();
        assertThat(found.at("/kind").asText()).isEqualTo("near");
    }

    @Test
    void with_a_distance_of_0_only_the_same_hash_counts() throws IOException {
        post(PICTURE);
        post(PICTURE);
        for (int side = 40; side < 60; side++) {
            post(scaled(PICTURE, side, side));
        }
        List<Integer> distances = new ArrayList<>();
        duplicates("1?max_distance=16&limit=40")
                .json()
                .at("/data")
                .forEach(found -> distances.add(found.at("/distance").asInt()));
        assertThat(distances).isSorted().hasSizeGreaterThan(10);
        long same = distances.stream().filter(distance -> distance == 0).count();
        assertThat(seqs(duplicates("1?max_distance=0&limit=40"))).hasSize((int) same);
    }

    @Test
    void of_a_flat_picture_only_the_same_file_counts() throws IOException {
        byte[] black = encoded(new BufferedImage(300, 300, BufferedImage.TYPE_3BYTE_BGR));
        byte[] alsoBlack = encoded(new BufferedImage(301, 300, BufferedImage.TYPE_3BYTE_BGR));
        post(black);
        post(alsoBlack);
        post(black);
        post(PICTURE);
        post(black);
        Answer first = duplicates("1?max_distance=16&limit=1");
        assertThat(seqs(first)).containsExactly(3L);
        assertThat(first.at("/data/0/kind")).isEqualTo("exact");
        String cursor = first.at("/pagination/next_cursor");
        assertThat(seqs(duplicates("1?max_distance=16&limit=1&cursor=" + cursor)))
                .containsExactly(5L);
        assertThat(seqs(duplicates("2"))).isEmpty();
    }

    @Test
    void pages_go_on_where_the_one_before_ended_whatever_comes_and_goes() {
        for (int i = 0; i < 8; i++) {
            post(PICTURE);
        }
        Answer first = duplicates("1?limit=3");
        assertThat(seqs(first)).containsExactly(2L, 3L, 4L);
        assertThat(first.header("Link")).contains("rel=\"next\"").contains("limit=3");
        ada.client().delete("/api/v1/posts/3").is(204);
        ada.client().delete("/api/v1/posts/5").is(204);
        post(PICTURE);
        String next = "1?limit=3&cursor=" + first.at("/pagination/next_cursor");
        assertThat(seqs(duplicates(next))).containsExactly(6L, 7L, 8L);
        String last = "1?limit=3&cursor=" + duplicates(next).at("/pagination/next_cursor");
        assertThat(seqs(duplicates(last))).containsExactly(9L);
    }

    @Test
    void what_is_deleted_is_found_no_more_nor_what_goes_with_its_agent() {
        post(PICTURE);
        post(PICTURE);
        TestAgent bob = glimpse.agent("bob");
        post(bob, PICTURE);
        post(PICTURE);
        assertThat(seqs(duplicates("1"))).containsExactly(2L, 3L, 4L);
        ada.client().delete("/api/v1/posts/2").is(204);
        assertThat(seqs(duplicates("1"))).containsExactly(3L, 4L);
        bob.client().delete("/api/v1/agents/me").is(204);
        assertThat(seqs(duplicates("1"))).containsExactly(4L);
        ada.client().delete("/api/v1/posts/1").is(204);
        glimpse.client().get("/api/v1/posts/1/duplicates").fails(404, "post_not_found");
    }

    @Test
    void after_a_restart_the_same_is_found() throws IOException {
        post(PICTURE);
        post(scaled(PICTURE, 200, 150));
        post(PICTURE);
        ada.client().delete("/api/v1/posts/2").is(204);
        String before = duplicates("1").text();
        glimpse.restart();
        assertThat(duplicates("1").text().replaceAll("127.0.0.1:\\d+", ""))
                .isEqualTo(before.replaceAll("127.0.0.1:\\d+", ""));
        post(glimpse.agent("bob"), PICTURE);
        assertThat(seqs(duplicates("1"))).containsExactly(3L, 4L);
    }

    @Test
    void what_many_post_and_delete_at_once_is_neither_missed_nor_kept() {
        post(PICTURE);
        List<CompletableFuture<Void>> all = IntStream.range(0, 6)
                .mapToObj(i -> glimpse.agent("agent" + i))
                .map(agent -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 10; i++) {
                        String id = post(agent, PICTURE);
                        assertThat(ids(agent.client(), "1?limit=40&max_distance=4"))
                                .contains(id);
                        if (i % 2 == 0) {
                            agent.client().delete("/api/v1/posts/" + id).is(204);
                            assertThat(ids(agent.client(), "1?limit=40&max_distance=4"))
                                    .doesNotContain(id);
                        }
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(seqs(duplicates("1?limit=40"))).hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_distance=17", "max_distance=-1", "max_distance=x", "limit=41", "cursor=nonsense"})
    void bad_parameters_are_refused(String query) {
        post(PICTURE);
        glimpse.client().get("/api/v1/posts/1/duplicates?" + query).fails(400, "invalid_parameter");
    }

    @ParameterizedTest
    @CsvSource({"99", "nothing", "00000000-0000-7000-8000-000000000000"})
    void a_post_that_is_not_there_has_none(String post) {
        glimpse.client().get("/api/v1/posts/" + post + "/duplicates").fails(404, "post_not_found");
    }

    private void post(byte[] picture) {
        post(ada, picture);
    }

    private static String post(TestAgent agent, byte[] picture) {
        return agent.client()
                .form("/api/v1/posts", "image", picture, Map.of())
                .is(201)
                .at("/id");
    }

    private Answer duplicates(String post) {
        return duplicates(glimpse.client(), post);
    }

    private static Answer duplicates(Client client, String post) {
        String[] parts = post.split("\\?", 2);
        return client.get("/api/v1/posts/" + parts[0] + "/duplicates" + (parts.length > 1 ? "?" + parts[1] : ""))
                .is(200);
    }

    private static List<Long> seqs(Answer answer) {
        List<Long> seqs = new ArrayList<>();
        answer.json()
                .at("/data")
                .forEach(found -> seqs.add(found.at("/post/seq").asLong()));
        return seqs;
    }

    private static List<String> ids(Client client, String post) {
        List<String> ids = new ArrayList<>();
        duplicates(client, post)
                .json()
                .at("/data")
                .forEach(found -> ids.add(found.at("/post/id").asText()));
        return ids;
    }

    private static JsonNode entry(JsonNode found, long seq) {
        for (JsonNode entry : found) {
            if (entry.at("/post/seq").asLong() == seq) {
                return entry;
            }
        }
        throw new AssertionError(found);
    }

    private static byte[] scaled(byte[] png, int width, int height) throws IOException {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(ImageIO.read(new ByteArrayInputStream(png)), 0, 0, width, height, null);
        graphics.dispose();
        return encoded(scaled);
    }

    private static byte[] mirrored(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage mirrored = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        mirrored.createGraphics().drawImage(image, image.getWidth(), 0, -image.getWidth(), image.getHeight(), null);
        return encoded(mirrored);
    }

    private static byte[] encoded(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
