package glimpse.images;

import static glimpse.http.ErrorCode.IMAGE_TOO_LARGE;
import static glimpse.http.ErrorCode.IMAGE_UNREADABLE;
import static glimpse.http.ErrorCode.IMAGE_UNSUPPORTED;
import static glimpse.images.AvifPictures.file;
import static glimpse.images.AvifPictures.psnr;
import static glimpse.images.AvifPictures.psnrOfMeans;
import static glimpse.images.AvifPictures.scene;
import static glimpse.images.AvifPictures.transparentScene;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.http.ApiError;
import glimpse.images.AvifPictures.Scene;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvifDecoderTest {
    @ParameterizedTest
    @CsvSource({
        "yuv444, 49",
        "yuv422, 46",
        "yuv420, 46",
        "limited, 46",
        "limited709, 46",
        "full709, 49",
        "bt2020, 48",
        "lossless, 100",
        "grain, 36",
    })
    void every_sampling_range_and_matrix_comes_out_in_the_right_colours(String name, double atLeast) {
        DecodedImage image = AvifDecoder.decode(file(name + ".avif"));

        assertSize(image, 96, 64, 3);
        assertThat(psnr(image, scene(96, 64))).isGreaterThan(atLeast);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yuv420", "limited", "limited709", "full709", "bt2020", "lossless"})
    void where_the_container_is_silent_on_colour_the_stream_is_asked(String name) {
        byte[] file = file(name + ".avif");

        DecodedImage image = AvifDecoder.decode(AvifPictures.without(file, "colr"));

        assertThat(image.samples()).isEqualTo(AvifDecoder.decode(file).samples());
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd420", "odd422"})
    void an_odd_size_is_decoded_up_to_its_rim(String name) {
        DecodedImage image = AvifDecoder.decode(file(name + ".avif"));

        assertSize(image, 95, 63, 3);
        assertThat(psnr(image, scene(95, 63))).isGreaterThan(45);
    }

    @Test
    void a_picture_without_chroma_is_grey() {
        DecodedImage image = AvifDecoder.decode(file("yuv400.avif"));

        assertThat(psnr(image, (x, y) -> grey(scene(96, 64).at(x, y)))).isGreaterThan(48);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "alpha-limited", "premultiplied"})
    void transparency_is_kept_and_not_premultiplied(String name) {
        DecodedImage image = AvifDecoder.decode(file(name + ".avif"));

        assertSize(image, 96, 64, 4);
        assertThat(psnr(image, transparentScene(96, 64))).isGreaterThan(44);
    }

    @Test
    void transparency_that_tells_no_size_has_that_of_the_picture() {
        byte[] file = file("alpha.avif");
        file[AvifPictures.body(file, "ipma") + 18] = 0; // the first property of the second item

        DecodedImage image = AvifDecoder.decode(file);

        assertSize(image, 96, 64, 4);
        assertThat(psnr(image, transparentScene(96, 64))).isGreaterThan(44);
    }

    @Test
    void turned_mirrored_and_cropped_pictures_come_out_as_they_are_shown() {
        Scene scene = scene(96, 64);

        assertShown("irot1", 64, 96, (x, y) -> scene.at(95 - y, x));
        assertShown("irot2", 96, 64, (x, y) -> scene.at(95 - x, 63 - y));
        assertShown("irot3", 64, 96, (x, y) -> scene.at(y, 63 - x));
        assertShown("imir0", 96, 64, (x, y) -> scene.at(x, 63 - y));
        assertShown("imir1", 96, 64, (x, y) -> scene.at(95 - x, y));
        assertShown("crop", 48, 32, (x, y) -> scene.at(10 + x, 20 + y));
        // Cropped, then turned left, then upside down.
        assertShown("crop-irot-imir", 32, 48, (x, y) -> scene.at(10 + y, 20 + x));
    }

    @Test
    void the_tiles_of_a_grid_are_joined() {
        assertShown("grid", 256, 192, scene(256, 192));
    }

    @Test
    void an_animation_shows_its_still_picture() {
        DecodedImage image = AvifDecoder.decode(file("animated.avif"));

        assertThat(psnr(image, scene(96, 64))).isGreaterThan(45);
    }

    @ParameterizedTest
    @CsvSource({
        "kodim03_yuv420_8bpc, 768, 512, 3",
        "paris_icc_exif_xmp, 403, 302, 3",
        "sofa_grid1x5_420, 1024, 770, 3",
        "abc_color_irot_alpha_irot, 256, 512, 4",
    })
    void pictures_of_other_encoders_come_out_as_another_decoder_shows_them(
            String name, int width, int height, int channels) throws IOException {
        DecodedImage image = AvifDecoder.decode(file(name + ".avif"));

        assertSize(image, width, height, channels);
        assertThat(psnrOfMeans(image, name + ".png")).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({"ten, 10", "twelve, 12"})
    void more_than_8_bits_are_refused_with_the_reason(String name, int bits) {
        ApiError error = failure(file(name + ".avif"));

        assertThat(error.code()).isEqualTo(IMAGE_UNSUPPORTED);
        assertThat(error).hasMessageContaining(bits + " bits");
    }

    @Test
    void more_than_8_bits_are_refused_too_where_the_container_hides_them() {
        byte[] file = file("ten.avif");
        file[AvifPictures.body(file, "av1C") + 2] &= ~0x40;

        assertThat(failure(file).code()).isEqualTo(IMAGE_UNSUPPORTED);
    }

    @Test
    void a_stream_larger_than_declared_is_refused() {
        assertThat(failure(declaring(32, 32)).code()).isEqualTo(IMAGE_UNREADABLE);
    }

    @Test
    void a_stream_smaller_than_declared_is_refused() {
        assertThat(failure(declaring(97, 64)).code()).isEqualTo(IMAGE_UNREADABLE);
    }

    @Test
    void a_picture_too_large_for_the_heap_is_refused() {
        assertThat(failure(declaring(16_000, 16_000)).code()).isEqualTo(IMAGE_TOO_LARGE);
        assertThat(failure(declaring(65_536, 65_536)).code()).isEqualTo(IMAGE_TOO_LARGE);
    }

    @Test
    void an_interrupted_thread_stops_decoding() {
        byte[] file = file("kodim03_yuv420_8bpc.avif");
        Thread.currentThread().interrupt();
        ApiError error = failure(file);
        boolean stillInterrupted = Thread.interrupted();

        assertThat(error).hasMessageContaining("too long");
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void the_estimate_leaves_room_for_a_photograph_in_a_small_heap() {
        assertThat(estimate(1, 1)).isLessThan(10 << 20);
        assertThat(estimate(4000, 3000)).isBetween(64L << 20, 100L << 20);
        assertThat(estimate(65_536, 65_536)).isGreaterThan(1L << 32);
    }

    private static long estimate(int width, int height) {
        return AvifDecoder.estimatedMemory(AvifContainer.parse(declaring(width, height)));
    }

    private static void assertShown(String name, int width, int height, Scene expected) {
        DecodedImage image = AvifDecoder.decode(file(name + ".avif"));

        assertSize(image, width, height, 3);
        assertThat(psnr(image, expected)).as(name).isGreaterThan(45);
    }

    private static void assertSize(DecodedImage image, int width, int height, int channels) {
        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
        assertThat(image.channels()).isEqualTo(channels);
        assertThat(image.samples()).hasSize(width * height * channels);
    }

    private static byte[] declaring(int width, int height) {
        byte[] file = file("yuv420.avif");
        ByteBuffer.wrap(file, AvifPictures.body(file, "ispe") + 4, 8)
                .putInt(width)
                .putInt(height);
        return file;
    }

    private static ApiError failure(byte[] file) {
        return catchThrowableOfType(ApiError.class, () -> AvifDecoder.decode(file));
    }

    private static int grey(int colour) {
        long luma =
                Math.round(0.299 * ((colour >> 16) & 0xFF) + 0.587 * ((colour >> 8) & 0xFF) + 0.114 * (colour & 0xFF));
        return 0xFF000000 | (int) luma * 0x10101;
    }
}
