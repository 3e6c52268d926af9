package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlaceholderTest {
    // The example of https://blurha.sh, 4×3 components.
    private static final String HASH = "LEHV6nWB2yk8pyo0adR*.7kCMdnj";

    @Test
    void a_hash_becomes_a_png_that_any_decoder_reads() throws IOException {
        BufferedImage image = decoded(Placeholder.image(HASH, 8, 6));
        assertThat(image.getWidth()).isEqualTo(8);
        assertThat(image.getHeight()).isEqualTo(6);
        int red = 0;
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 8; x++) {
                red += image.getRGB(x, y) >> 16 & 0xff;
            }
        }
        assertThat(red / 48).isCloseTo(Placeholder.mean(HASH) >> 16, Offset.offset(12));
    }

    @Test
    void a_coarse_hash_has_three_by_three_components() {
        String coarse = Placeholder.coarse(HASH);
        assertThat(coarse).hasSize(4 + 2 * 9).startsWith("K" + HASH.substring(1, 6));
        assertThat(Placeholder.coarse(coarse)).isEqualTo(coarse);
        assertThat(Placeholder.mean(coarse)).isEqualTo(Placeholder.mean(HASH));
    }

    @Test
    void the_light_of_a_colour_is_its_hue() {
        assertThat(Light.of("#ff0000").hue()).isEqualTo(29);
        assertThat(Light.of("#0000ff").hue()).isEqualTo(264);
        assertThat(Light.of("#ff0000").chroma()).isEqualTo(0.12);
        assertThat(Light.of("#808080").chroma()).isEqualTo(0.02);
    }

    private static BufferedImage decoded(String uri) throws IOException {
        byte[] png = Base64.getDecoder().decode(uri.substring("data:image/png;base64,".length()));
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
