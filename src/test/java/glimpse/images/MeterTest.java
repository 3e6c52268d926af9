package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class MeterTest {
    /** A colour for each pixel. */
    private interface Drawing {
        int rgb(int x, int y);
    }

    @Test
    void one_gray_has_nothing_of_anything() {
        assertThat(measured(200, 100, (x, y) -> 0x808080)).isEqualTo(new Measures(0, 0, 0, 0, 0, 0));
    }

    @Test
    void a_picture_of_a_single_pixel_is_measured_too() {
        assertThat(measured(1, 1, (x, y) -> 0xffffff)).isEqualTo(new Measures(0, 0, 0, 0, 1, 0));
        assertThat(measured(2, 2, (x, y) -> 0).shadows()).isEqualTo(1);
        assertThat(measured(1, 3_000, (x, y) -> 0x404040).contrast()).isZero();
    }

    @Test
    void black_and_white_halves_are_all_cut_off_and_of_the_greatest_contrast() {
        Measures halves = measured(256, 256, (x, y) -> x < 128 ? 0x000000 : 0xffffff);
        assertThat(halves.contrast()).isEqualTo(0.5);
        assertThat(halves.shadows()).isEqualTo(0.5);
        assertThat(halves.highlights()).isEqualTo(0.5);
    }

    @Test
    void levels_are_cut_off_up_to_two_from_the_end() {
        assertThat(measured(64, 64, (x, y) -> 0x020202).shadows()).isEqualTo(1);
        assertThat(measured(64, 64, (x, y) -> 0x030303).shadows()).isZero();
        assertThat(measured(64, 64, (x, y) -> 0xfdfdfd).highlights()).isEqualTo(1);
        assertThat(measured(64, 64, (x, y) -> 0xfcfcfc).highlights()).isZero();
    }

    /** Of one colour, the spread is 0, and the mean 0.3 times √(rg² + yb²): for red, √(255² + 127.5²). */
    @Test
    void colourfulness_is_that_of_the_paper() {
        assertThat(measured(64, 64, (x, y) -> 0xff0000).colorfulness()).isCloseTo(85.53, within(0.01));
        Measures both = measured(64, 64, (x, y) -> x < 32 ? 0xff0000 : 0x00ff00);
        assertThat(both.colorfulness()).isCloseTo(255 + 0.3 * 127.5, within(0.01)); // rg ±255; yb 127.5
        assertThat(measured(64, 64, (x, y) -> x * 0x040404).colorfulness()).isZero();
    }

    @Test
    void noise_is_found_under_a_gradient_and_does_not_pass_for_sharpness() {
        Random random = new Random(7);
        Measures noisy = measured(512, 512, (x, y) -> {
            int level = (int) Math.round(60 + x / 4.0 + 8 * random.nextGaussian());
            return Math.max(0, Math.min(255, level)) * 0x010101;
        });
        assertThat(noisy.noise()).isBetween(7.0, 8.0);
        assertThat(noisy.sharpness()).isLessThan(60);
    }

    @Test
    void a_picture_that_was_enlarged_is_less_sharp() {
        Drawing drawing = (x, y) -> ((x * x + 3 * y * y) / 900 % 2 == 0 ? 0x305090 : 0xd0b070) + x / 8;
        DecodedImage sharp = drawn(800, 600, drawing);
        double before = Meter.of(sharp).sharpness();
        assertThat(before).isGreaterThan(1_000);
        assertThat(Meter.of(enlarged(sharp, 2)).sharpness()).isLessThan(before / 4);
        assertThat(Meter.of(enlarged(sharp, 4)).sharpness()).isLessThan(before / 20);
    }

    @Test
    void the_sharpest_part_counts_whatever_is_blurred_behind_it() {
        Measures part = measured(640, 640, (x, y) -> {
            boolean subject = x > 200 && x < 440 && y > 200 && y < 440;
            return subject ? (x / 4 + y / 4) % 2 * 0x808080 + 0x303030 : 0x505050 + x / 16 * 0x010101;
        });
        assertThat(part.sharpness()).isGreaterThan(1_000);
    }

    @Test
    void of_a_high_picture_every_second_stripe_says_as_much() {
        Drawing drawing = (x, y) -> (x / 8 + y / 8) % 2 == 0 ? 0x203040 : 0xd0c0b0;
        Measures small = measured(512, 512, drawing);
        Measures high = measured(512, 2_048, drawing);
        assertThat(high.sharpness()).isCloseTo(small.sharpness(), within(small.sharpness() / 20));
        assertThat(high.contrast()).isCloseTo(small.contrast(), within(0.01));
        assertThat(high.colorfulness()).isCloseTo(small.colorfulness(), within(0.5));
    }

    @Test
    void what_is_transparent_counts_as_white() {
        DecodedImage clear = new DecodedImage(64, 64, 4, new byte[64 * 64 * 4]);
        assertThat(Meter.of(clear)).isEqualTo(new Measures(0, 0, 0, 0, 1, 0));
    }

    private static DecodedImage enlarged(DecodedImage image, int times) {
        Size size = new Size(image.width(), image.height());
        Size small = new Size(image.width() / times, image.height() / times);
        Resampler down = Resampler.lanczos(size, 3, small);
        image.feed(down);
        Resampler up = Resampler.lanczos(small, 3, size);
        down.image().feed(up);
        return up.image();
    }

    private static Measures measured(int width, int height, Drawing drawing) {
        return Meter.of(drawn(width, height, drawing));
    }

    private static DecodedImage drawn(int width, int height, Drawing drawing) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            int color = drawing.rgb(i % width, i / width);
            rgb[i * 3] = (byte) (color >> 16);
            rgb[i * 3 + 1] = (byte) (color >> 8);
            rgb[i * 3 + 2] = (byte) color;
        }
        return new DecodedImage(width, height, 3, rgb);
    }
}
