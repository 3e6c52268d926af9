package glimpse.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;

/** Run with {@code JAZZER_FUZZ=1} to fuzz; otherwise the seeds are replayed. */
class JumbfFuzzTest {
    private static final byte[] PICTURE = Samples.picture(Container.PNG);
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private final ManifestValidator validator = new ManifestValidator(TrustAnchors.NONE);

    @FuzzTest(maxDuration = "3m")
    void any_bytes_as_a_manifest_store_end_in_a_report(byte[] data) {
        try {
            Jumbf.Box box = Jumbf.parse(data);
            assertThat(box.copy()).isEqualTo(data);
        } catch (MalformedException refusal) {
            // the one way to fail
        }
        byte[] file = Container.PNG.embed(PICTURE, data);
        ValidationReport report = validator.validate(Asset.of(file), NOW).report();
        assertThat(report.state()).isNotEqualTo(ValidationReport.State.NONE);
    }
}
