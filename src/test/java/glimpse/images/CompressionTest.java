package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompressionTest {
    private static final BufferedImage PICTURE = Pictures.gradient(320, 200);

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 75, 90, 100})
    void the_quality_of_a_jpeg_is_that_it_was_written_with(int quality) throws IOException {
        assertThat(Compression.of(ImageFormat.JPEG, jpeg(quality)).jpegQuality())
                .isBetween(quality - 1, quality + 1);
    }

    @Test
    void it_is_told_what_lost_nothing() {
        assertThat(Compression.of(ImageFormat.PNG, Pictures.png(PICTURE)).lossless())
                .isTrue();
        assertThat(Compression.of(ImageFormat.WEBP, Pictures.losslessWebp(PICTURE))
                        .lossless())
                .isTrue();
        assertThat(Compression.of(ImageFormat.WEBP, Pictures.webp(PICTURE)).lossless())
                .isFalse();
        byte[] gif = Pictures.gif(PICTURE);
        assertThat(Compression.of(ImageFormat.GIF, gif)).isEqualTo(new Compression(gif.length, false, null));
    }

    @Test
    void a_jpeg_cut_off_anywhere_is_just_of_unknown_quality() throws IOException {
        byte[] whole = jpeg(80);
        for (int length = 3; length < 700; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(Compression.of(ImageFormat.JPEG, cut).jpegQuality()).isIn(null, 79, 80, 81);
        }
    }

    private static byte[] jpeg(int quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(PICTURE, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
