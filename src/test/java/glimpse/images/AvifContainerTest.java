package glimpse.images;

import static glimpse.http.ErrorCode.IMAGE_UNREADABLE;
import static glimpse.http.ErrorCode.IMAGE_UNSUPPORTED;
import static glimpse.images.AvifPictures.body;
import static glimpse.images.AvifPictures.file;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvifContainerTest {
    @ParameterizedTest
    @CsvSource({
        "yuv420, 96, 64, 8",
        "irot1, 64, 96, 8",
        "crop-irot-imir, 32, 48, 8",
        "grid, 256, 192, 8",
        "sofa_grid1x5_420, 1024, 770, 8",
        "ten, 96, 64, 10",
        "twelve, 96, 64, 12",
    })
    void size_as_shown_and_depth_are_known_without_decoding(String name, int width, int height, int bitDepth) {
        AvifContainer avif = AvifContainer.parse(file(name + ".avif"));

        assertThat(avif.width()).isEqualTo(width);
        assertThat(avif.height()).isEqualTo(height);
        assertThat(avif.bitDepth()).isEqualTo(bitDepth);
    }

    @Test
    void a_colour_profile_is_handed_on() {
        byte[] profile = AvifContainer.parse(file("paris_icc_exif_xmp.avif")).iccProfile();

        assertThat(profile).isNotNull();
        assertThat(new String(profile, 36, 4, ISO_8859_1)).isEqualTo("acsp");
        assertThat(AvifContainer.parse(file("yuv420.avif")).iccProfile()).isNull();
    }

    @Test
    void another_kind_of_picture_in_the_same_container_is_refused_by_name() {
        assertRefused("infe", 8, "hvc1", IMAGE_UNSUPPORTED, "hvc1");
        assertRefused("infe", 8, "i<\r\n", IMAGE_UNSUPPORTED, "i???");
    }

    @Test
    void a_property_that_must_be_understood_and_is_not_is_refused() {
        byte[] file = file("irot1.avif");
        write(file, body(file, "irot") - 4, "lsel");

        assertFails(file, IMAGE_UNSUPPORTED, "lsel");
    }

    @Test
    void what_is_no_avif_file_is_refused() {
        assertFails(new byte[0], IMAGE_UNREADABLE, "cut off");
        assertFails("<!doctype html><title>No picture</title>".getBytes(ISO_8859_1), IMAGE_UNREADABLE, "cut off");
        assertRefused("ftyp", -4, "free", IMAGE_UNREADABLE, "no AVIF");
        assertRefused("meta", -4, "free", IMAGE_UNREADABLE, "no picture");
    }

    @Test
    void an_animation_without_a_still_picture_is_refused() {
        byte[] file = file("animated.avif");
        write(file, body(file, "meta") - 4, "free");

        assertFails(file, IMAGE_UNSUPPORTED, "animated");
    }

    @Test
    void a_crop_beyond_the_picture_is_refused() {
        byte[] file = file("crop.avif");
        ByteBuffer.wrap(file).putInt(body(file, "clap"), 97);

        assertFails(file, IMAGE_UNREADABLE, "cropped");
    }

    @Test
    void a_grid_of_the_wrong_shape_is_refused() {
        byte[] file = file("grid.avif");
        write(file, body(file, "dimg") - 4, "dimX");

        assertFails(file, IMAGE_UNREADABLE, "number of tiles");
    }

    private static void assertRefused(String box, int offset, String text, ErrorCode code, String reason) {
        byte[] file = file("yuv420.avif");
        write(file, body(file, box) + offset, text);
        assertFails(file, code, reason);
    }

    private static void assertFails(byte[] file, ErrorCode code, String reason) {
        ApiError error = catchThrowableOfType(ApiError.class, () -> AvifContainer.parse(file));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error).hasMessageContaining(reason);
    }

    private static void write(byte[] file, int at, String text) {
        System.arraycopy(text.getBytes(ISO_8859_1), 0, file, at, text.length());
    }
}
