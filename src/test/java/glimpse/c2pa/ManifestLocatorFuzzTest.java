package glimpse.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;

/** Run with {@code JAZZER_FUZZ=1} to fuzz; otherwise the seeds are replayed. */
class ManifestLocatorFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private final ManifestValidator validator = new ManifestValidator(TrustAnchors.NONE);

    @FuzzTest(maxDuration = "3m")
    void any_file_ends_in_a_report(byte[] data) {
        ValidationReport report = validator.validate(Asset.of(data), NOW).report();
        assertThat(report.hasManifest())
                .isEqualTo(ManifestLocator.locate(Asset.of(data)).store() != null);
    }
}
