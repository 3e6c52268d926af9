package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResamplerTest {
    @ParameterizedTest
    @CsvSource({"100,100,50,50", "100,37,11,3", "5,5,50,50", "1,1,150,150", "1000,1,10,1", "3,2,3,2", "1,16000,1,2048"})
    void a_plain_picture_stays_plain(int width, int height, int toWidth, int toHeight) {
        byte[] plain = new byte[width * height * 3];
        Arrays.fill(plain, (byte) 200);
        DecodedImage scaled = scaled(new DecodedImage(width, height, 3, plain), new Size(toWidth, toHeight));
        assertThat(scaled.width()).isEqualTo(toWidth);
        assertThat(scaled.height()).isEqualTo(toHeight);
        assertThat(scaled.samples()).containsOnly((byte) 200);
    }

    @Test
    void scaling_to_the_same_size_changes_nothing() {
        byte[] noise = new byte[40 * 30 * 3];
        new Random(7).nextBytes(noise);
        assertThat(scaled(new DecodedImage(40, 30, 3, noise), new Size(40, 30)).samples())
                .isEqualTo(noise);
    }

    @Test
    void the_middle_of_an_edge_stays_where_it_was() {
        byte[] edge = new byte[64 * 64 * 3];
        for (int i = 0; i < edge.length; i++) {
            edge[i] = (byte) (i / 3 % 64 < 32 ? 0 : 255);
        }
        byte[] row = scaled(new DecodedImage(64, 64, 3, edge), new Size(16, 16)).samples();
        for (int x = 0; x < 8; x++) {
            int left = row[x * 3] & 0xff;
            int right = row[(15 - x) * 3] & 0xff;
            assertThat(left + right).isBetween(254, 256);
        }
    }

    /** The colour of what can't be seen must not bleed into what can. */
    @Test
    void transparent_pixels_lend_no_colour_to_their_neighbours() {
        byte[] samples = new byte[32 * 32 * 4];
        for (int i = 0; i < samples.length; i += 4) {
            boolean seen = i / 4 % 32 < 15;
            samples[i] = (byte) (seen ? 255 : 0);
            samples[i + 1] = (byte) (seen ? 0 : 255);
            samples[i + 3] = (byte) (seen ? 255 : 0);
        }
        byte[] small =
                scaled(new DecodedImage(32, 32, 4, samples), new Size(8, 8)).samples();
        for (int i = 0; i < small.length; i += 4) {
            assertThat(small[i + 1]).isZero();
        }
    }

    private static DecodedImage scaled(DecodedImage image, Size to) {
        Resampler resampler = Resampler.lanczos(new Size(image.width(), image.height()), image.channels(), to);
        image.feed(resampler);
        return resampler.image();
    }
}
