package glimpse.images;

import static glimpse.images.AvifPictures.file;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files end as one of three errors, whatever the damage; anything else that is thrown fails these tests. */
class AvifHostileTest {
    private static final Set<ErrorCode> EXPECTED =
            EnumSet.of(ErrorCode.IMAGE_UNREADABLE, ErrorCode.IMAGE_UNSUPPORTED, ErrorCode.IMAGE_TOO_LARGE);

    @Test
    void a_file_cut_off_anywhere_is_refused() {
        byte[] whole = file("alpha.avif");
        for (int length = 0; length < whole.length; length++) {
            byte[] file = Arrays.copyOf(whole, length);
            assertThat(succeeds(() -> AvifDecoder.decode(file)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yuv420", "alpha", "premultiplied", "grid", "crop-irot-imir", "animated"})
    void a_container_damaged_at_random_is_read_or_refused(String name) {
        byte[] whole = file(name + ".avif");
        Random random = new Random(20_261_123);
        for (int i = 0; i < 2_000; i++) {
            byte[] file = damaged(whole, 0, AvifPictures.body(whole, "mdat"), random);
            succeeds(() -> AvifContainer.parse(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yuv444", "yuv422", "yuv400", "lossless", "grain", "alpha", "crop-irot-imir"})
    void a_file_damaged_at_random_is_decoded_or_refused(String name) {
        byte[] whole = file(name + ".avif");
        Random random = new Random(20_261_123);
        for (int i = 0; i < 150; i++) {
            byte[] file = damaged(whole, 0, whole.length, random);
            succeeds(() -> AvifDecoder.decode(file));
        }
    }

    private static byte[] damaged(byte[] whole, int from, int to, Random random) {
        byte[] file = whole.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = from + random.nextInt(to - from);
            file[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : file[at] ^ 1 << random.nextInt(8));
        }
        return file;
    }

    private static boolean succeeds(Runnable work) {
        try {
            work.run();
            return true;
        } catch (ApiError e) {
            assertThat(e.code()).isIn(EXPECTED);
            return false;
        }
    }
}
