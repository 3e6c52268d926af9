package glimpse.images;

import com.code_intelligence.jazzer.junit.FuzzTest;
import glimpse.http.ApiError;

/** Run with {@code JAZZER_FUZZ=1} to fuzz; otherwise the seeds are replayed. */
class AvifContainerFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void any_bytes_are_parsed_or_refused(byte[] data) {
        try {
            AvifContainer avif = AvifContainer.parse(data);
            avif.coding();
            avif.iccProfile();
            avif.colour().tiles().forEach(avif::stream);
        } catch (ApiError e) {
            // the one way to fail
        }
    }
}
