package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Blurhash, perceptual hash and dominant colour. */
final class FingerprintsTest {
    @Test
    void the_blurhash_of_a_plain_colour_is_that_colour_alone() {
        assertThat(miniature(Pictures.plain(64, 64, Color.BLACK)).blurhash()).isEqualTo("L00000fQfQfQfQfQfQfQfQfQfQfQ");
        assertThat(miniature(Pictures.plain(64, 48, Color.WHITE)).blurhash())
                .startsWith("L")
                .hasSize(28);
    }

    /** The string that the reference implementation gives for the same pixels. */
    @Test
    void the_blurhash_is_that_of_the_reference_implementation() {
        byte[] rgb = new byte[32 * 24 * 3];
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 32; x++) {
                rgb[(y * 32 + x) * 3] = (byte) (248 - x * 8);
                rgb[(y * 32 + x) * 3 + 1] = (byte) (230 - y * 10);
                rgb[(y * 32 + x) * 3 + 2] = (byte) (64 + x + y);
            }
        }
        assertThat(Blurhash.of(32, 24, rgb)).isEqualTo("L*H27A|@$5xFp-oKjtj@gbfjfQfj");
    }

    @Test
    void a_picture_scaled_down_keeps_its_perceptual_hash() {
        BufferedImage picture = drawing();
        BufferedImage smaller = new BufferedImage(160, 120, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = smaller.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, 160, 120, null);
        assertThat(distance(hash(picture), hash(smaller))).isLessThanOrEqualTo(4);
    }

    @Test
    void another_picture_has_another_perceptual_hash() {
        assertThat(distance(hash(drawing()), hash(Pictures.quarters(640, 480)))).isGreaterThan(16);
    }

    @Test
    void a_near_flat_picture_has_no_perceptual_hash() {
        assertThat(miniature(Pictures.plain(640, 480, Color.GRAY)).perceptualHash())
                .isNull();
        BufferedImage spot = Pictures.plain(640, 480, Color.GRAY);
        spot.setRGB(320, 240, 0xffffff);
        assertThat(miniature(spot).perceptualHash()).isNull();
    }

    @Test
    void the_dominant_colour_is_the_one_there_is_most_of() {
        BufferedImage picture = Pictures.plain(100, 100, new Color(0x3366cc));
        picture.createGraphics().drawImage(Pictures.plain(45, 100, Color.ORANGE), 0, 0, null);
        assertThat(miniature(picture).dominantColor()).isEqualTo("#3366cc");
    }

    @Test
    void what_is_transparent_counts_as_white() {
        BufferedImage clear = new BufferedImage(100, 100, BufferedImage.TYPE_4BYTE_ABGR);
        assertThat(miniature(clear).dominantColor()).isEqualTo("#ffffff");
    }

    private static BufferedImage drawing() {
        BufferedImage picture = Pictures.gradient(640, 480);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.BLACK);
        graphics.fillOval(100, 60, 200, 260);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(360, 200, 220, 120);
        graphics.setColor(Color.GREEN);
        graphics.fillOval(300, 330, 120, 120);
        graphics.dispose();
        return picture;
    }

    private static long hash(BufferedImage image) {
        return Objects.requireNonNull(miniature(image).perceptualHash());
    }

    private static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    private static Miniature miniature(BufferedImage image) {
        int channels = image.getColorModel().hasAlpha() ? 4 : 3;
        Size size = new Size(image.getWidth(), image.getHeight());
        Collector pixels = new Collector(size, channels);
        new PixelRows(channels, pixels).acceptAll(image);
        return Miniature.of(pixels.image());
    }
}
