package glimpse.generation.painting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.http.Sha256;
import glimpse.images.ImagePipeline;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PainterTest {
    private static final List<String> EVERY_MOTIF = List.of(
            "hills",
            "mountains",
            "forest",
            "desert",
            "ocean",
            "lake",
            "city",
            "aurora",
            "galaxy",
            "wind",
            "orbits",
            "tiles",
            "stained glass",
            "paper",
            "waves",
            "flowers");

    private final Painter painter = new Painter();

    /** Taken on JDK 17 and 25, compiled and interpreted: whoever changes a picture changes these with it. */
    @ParameterizedTest
    @CsvSource({
        "hills, 57aa66b905e62411ecd0a08750546d69285e59d1fbebe4eeb4bc340008ba3e3d",
        "mountains, e2463c83317ab2040644d5956eb65f8af8c2077c6be414c20764175d1dc0c550",
        "forest, 6ef9e274a203c6cd9bd5a539b6783339cfc2b89e7c8e44c81cd666ef67f0cd32",
        "desert, e50c1135a68716cec6b56c4b31922bb9b76ab783818cdd37ab8be1533c9da064",
        "ocean, 80be93a220ba5f8ab9ea3def7600345cd0c6e29f45b953d504af889b21132c30",
        "lake, 412423317eb234534a5177e29cfea5d71d9a359380e64441546129a914d77745",
        "city, bb49637480d244afaaab60e512d49fc0dfcde12ec9e9e32d7555866765e62a47",
        "aurora, 80de76f86fe8478396ae193607a57876cceeb7552ce638c773162a1a23b98b97",
        "galaxy, b02ee6108bb31853e525559ad2d735b09d6f6a10ac4d6a0035fd512755e51035",
        "wind, 24b947a960623802d3172ad56b0e66923d2a550dc8a56c3b412e5be0bdfd7982",
        "orbits, af2f824d9da2bec48407456ea5bf6a1d25faf9dad6e14e2d82406a4a285e613c",
        "tiles, 33a73055ea0a6331a3ca7078731b9f810c6ff604569be64376373cdd71e004ec",
        "stained glass, 465c6c23e6ce2965171bb7fef2bc05b287b07620530967e132d85a14d4b35b84",
        "paper, 12076b4a468752492df5146dcdb055048c51035383489e79386a13924000a71e",
        "waves, de447afb8bc60b1f5a085108ffc9ee5ba6d63e13df36dc5073a45ea36a3c9366",
        "flowers, 4bf816e5429d8eb04179b6960e52a7eefcc96f3758202c2671e55f0081baf946"
    })
    void a_picture_is_the_same_on_every_machine(String prompt, String sha256) {
        byte[] picture = painter.paint(prompt, 7, 300, 200);
        assertThat(HexFormat.of().formatHex(Sha256.of(picture))).isEqualTo(sha256);
    }

    @Test
    void a_picture_is_the_same_when_painted_again_and_by_another() {
        for (String prompt : EVERY_MOTIF) {
            assertThat(painter.paint(prompt, 3, 90, 60)).isEqualTo(new Painter().paint(prompt, 3, 90, 60));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "1,7", "5,3", "4096,16", "16,4096", "600,200", "1,900"})
    void every_motif_fills_every_shape(int width, int height) throws IOException {
        for (String prompt : EVERY_MOTIF) {
            BufferedImage picture = painted(prompt, 5, width, height);
            assertThat(picture.getWidth()).isEqualTo(width);
            assertThat(picture.getHeight()).isEqualTo(height);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "🌅🌊", "\uD83C", "\u0000", "海辺の夕焼け", "<script>", "İ", "a\u0301"})
    void every_text_is_a_prompt(String prompt) throws IOException {
        assertThat(painted(prompt, 0, 40, 30).getWidth()).isEqualTo(40);
    }

    @Test
    void a_prompt_may_be_very_long_and_its_last_letter_counts() {
        String prompt = "sunset ".repeat(300_000);
        assertThat(painter.paint(prompt, 1, 40, 30)).isNotEqualTo(painter.paint(prompt + "x", 1, 40, 30));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "-3,5"})
    void a_picture_has_pixels(int width, int height) {
        assertThatThrownBy(() -> painter.paint("hills", 1, width, height)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The mean of all pixels, as red, green and blue. */
    @Test
    void words_choose_the_colours() throws IOException {
        for (long seed = 0; seed < 4; seed++) {
            assertThat(mean("sunset over the mountains", seed))
                    .satisfies(rgb -> assertThat(rgb[0]).isGreaterThan(rgb[2] + 30));
            assertThat(mean("the ocean", seed))
                    .satisfies(rgb -> assertThat(rgb[2]).isGreaterThan(rgb[0] + 30));
            assertThat(mean("a forest", seed))
                    .satisfies(rgb -> assertThat(rgb[1]).isGreaterThan(rgb[0] + 10));
            assertThat(mean("🔥", seed)).satisfies(rgb -> assertThat(rgb[0]).isGreaterThan(rgb[2] + 60));
            assertThat(mean("something purple", seed))
                    .satisfies(rgb -> assertThat(rgb[2]).isGreaterThan(rgb[1] + 20));
            assertThat(mean("mountains in black and white", seed))
                    .satisfies(rgb -> assertThat(rgb[0]).isBetween(rgb[2] - 15, rgb[2] + 15));
            assertThat(mean("Winter", seed)).satisfies(rgb -> assertThat(rgb[2]).isGreaterThan(rgb[0] + 10));
        }
        assertThat(light(mean("mountains at night", 1))).isLessThan(light(mean("mountains in pastel", 1)) - 60);
    }

    @Test
    void the_time_of_day_goes_before_the_place_and_a_colour_beside_them_is_seen() throws IOException {
        assertThat(painter.paint("forest at night", 1, 50, 50)).isNotEqualTo(painter.paint("forest", 1, 50, 50));
        assertThat(Mood.palette(new Words("Forest at NIGHT"), new Dice(1)).tone(0.5f))
                .isEqualTo(Mood.NIGHT.palette().tone(0.5f));
        assertThat(Mood.palette(new Words("a red fox in the snow"), new Dice(1)).accent(0))
                .isNotEqualTo(Mood.WINTER.palette().accent(0));
    }

    @Test
    void seeds_of_one_prompt_are_siblings_and_no_twins() throws IOException {
        int[] first = mean("a lighthouse in a storm", 1);
        int[] second = mean("a lighthouse in a storm", 2);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(first[channel]).isBetween(second[channel] - 25, second[channel] + 25);
        }
        assertThat(painter.paint("a lighthouse in a storm", 1, 50, 50))
                .isNotEqualTo(painter.paint("a lighthouse in a storm", 2, 50, 50));
    }

    @Test
    void no_two_prompts_look_alike_and_no_picture_is_flat(@TempDir Path folder) throws IOException {
        ImagePipeline.Settings settings = new ImagePipeline.Settings(
                10_000_000, 50_000_000, 16_384, Duration.ofSeconds(60), 2, 32, 80, 0, 0, folder.resolve("native"));
        List<Long> hashes = new ArrayList<>();
        try (ImagePipeline pipeline = new ImagePipeline(settings)) {
            for (String prompt : prompts()) {
                Path file = Files.write(folder.resolve("picture"), painter.paint(prompt, 1, 128, 128));
                hashes.add(Objects.requireNonNull(pipeline.process(file).perceptualHash(), prompt));
            }
        }
        int alike = 0;
        for (int i = 0; i < hashes.size(); i++) {
            for (int j = 0; j < i; j++) {
                int distance = Long.bitCount(hashes.get(i) ^ hashes.get(j));
                assertThat(distance)
                        .as("%s | %s", prompts().get(i), prompts().get(j))
                        .isPositive();
                alike += distance <= 10 ? 1 : 0;
            }
        }
        assertThat(alike).isLessThan(hashes.size() / 50);
    }

    private static List<String> prompts() {
        List<String> prompts = new ArrayList<>();
        for (String subject : EVERY_MOTIF) {
            for (String manner : List.of("", "at sunset", "at night", "in winter", "in pastel", "in red", "8k", "!")) {
                prompts.add(subject + " " + manner);
            }
        }
        for (int i = 0; i < 80; i++) {
            prompts.add("robot number " + i);
        }
        return prompts;
    }

    private BufferedImage painted(String prompt, long seed, int width, int height) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(painter.paint(prompt, seed, width, height)));
    }

    private int[] mean(String prompt, long seed) throws IOException {
        BufferedImage picture = painted(prompt, seed, 100, 100);
        int[] sums = new int[3];
        for (int pixel : picture.getRGB(0, 0, 100, 100, null, 0, 100)) {
            sums[0] += pixel >> 16 & 0xff;
            sums[1] += pixel >> 8 & 0xff;
            sums[2] += pixel & 0xff;
        }
        return new int[] {sums[0] / 10_000, sums[1] / 10_000, sums[2] / 10_000};
    }

    private static int light(int[] rgb) {
        return rgb[0] + rgb[1] + rgb[2];
    }
}
