package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import glimpse.http.ApiError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Any bytes become a picture or a refusal. Fuzzes when JAZZER_FUZZ=1 is set; otherwise runs its seeds. */
final class ImageDecodingFuzzTest {
    private static PipelineFixture images;

    @BeforeAll
    static void open() {
        ImagePipeline.Settings all = PipelineFixture.settings();
        images = new PipelineFixture(new ImagePipeline.Settings(
                all.maxBytes(), 60_000, 1_000, all.deadline(), 1, 1, 50, 0, 0, all.nativeDirectory()));
    }

    @AfterAll
    static void close() {
        images.close();
    }

    @FuzzTest(maxDuration = "3m")
    void any_bytes_are_decoded_or_refused(byte[] data) throws InterruptedException {
        try {
            assertThat(images.pipeline.decode(data).thumbnail().width()).isEqualTo(150);
        } catch (ApiError refusal) {
            assertThat(refusal.code().status()).isBetween(400, 499);
        }
    }
}
