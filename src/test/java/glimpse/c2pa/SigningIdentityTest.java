package glimpse.c2pa;

import static glimpse.c2pa.ValidationReport.State.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.testing.SetClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningIdentityTest {
    private static final ClaimData CLAIM = new ClaimData("feed.webp", ClaimData.Edit.NONE, null, null, false);

    private final SetClock clock = new SetClock();
    private Path folder;

    @BeforeEach
    void choose(@TempDir Path temporary) {
        folder = temporary;
    }

    private SigningIdentity open() throws IOException {
        return SigningIdentity.open(folder.resolve("c2pa"), "glimpse.example", clock);
    }

    private byte[] signed(SigningIdentity identity) {
        return new VariantSigner(identity, clock, () -> "id", "1")
                .sign(Samples.lossyWebp(), CLAIM)
                .webp();
    }

    private ValidationReport.State state(byte[] file, SigningIdentity trusted) {
        return new ManifestValidator(TrustAnchors.NONE.andSigners(trusted.roots()))
                .validate(Asset.of(file), clock.instant())
                .report()
                .state();
    }

    @Test
    void it_is_made_once_and_survives_a_restart() throws IOException {
        SigningIdentity first = open();
        SigningIdentity second = open();
        assertThat(second.rootsPem()).isEqualTo(first.rootsPem());
        assertThat(second.rootFingerprint()).isEqualTo(first.rootFingerprint()).matches("[0-9a-f]{64}");
        assertThat(second.rootFingerprint()).isEqualTo(first.rootFingerprint());
        assertThat(second.subject()).isEqualTo("CN=Glimpse,O=glimpse.example");
        assertThat(state(signed(second), first)).isEqualTo(TRUSTED);
    }

    @Test
    void only_its_owner_can_read_the_keys() throws IOException {
        open();
        try (var files = Files.list(folder.resolve("c2pa"))) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(open().rootsPem()).contains("BEGIN CERTIFICATE").doesNotContain("PRIVATE");
    }

    @Test
    void what_was_signed_before_a_rotation_stays_trusted() throws IOException {
        SigningIdentity identity = open();
        byte[] first = signed(identity);
        identity.rotate();
        byte[] second = signed(identity);
        identity.rotate();
        byte[] third = signed(identity);
        SigningIdentity restarted = open();
        assertThat(restarted.roots()).hasSize(3).isEqualTo(identity.roots());
        for (byte[] file : List.of(first, second, third)) {
            assertThat(state(file, restarted)).isEqualTo(TRUSTED);
        }
    }

    @Test
    void what_is_signed_outlives_a_generation_of_servers() throws IOException {
        SigningIdentity identity = open();
        byte[] file = signed(identity);
        clock.advance(Duration.ofDays(29 * 365));
        assertThat(state(file, identity)).isEqualTo(TRUSTED);
    }

    @Test
    void a_clock_that_is_some_hours_behind_does_no_harm() throws IOException {
        SigningIdentity identity = open();
        byte[] file = signed(identity);
        clock.advance(Duration.ofHours(-20));
        assertThat(state(file, identity)).isEqualTo(TRUSTED);
    }

    @Test
    void a_damaged_file_is_told_and_not_replaced() throws IOException {
        open();
        Path file = folder.resolve("c2pa/signing.pem");
        Files.writeString(file, Files.readString(file).substring(0, 600));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("signing.pem");
        assertThat(Files.size(file)).isEqualTo(600);
    }

    @Test
    void any_name_of_an_organisation_will_do() throws IOException {
        SigningIdentity identity = SigningIdentity.open(folder, "Ünï, \"Cödé\" + Söhne".repeat(10), clock);
        byte[] file = signed(identity);
        ValidationReport report = new ManifestValidator(TrustAnchors.NONE.andSigners(identity.roots()))
                .validate(Asset.of(file), clock.instant())
                .report();
        assertThat(report.state()).isEqualTo(TRUSTED);
        assertThat(Objects.requireNonNull(report.signer()).name()).hasSize(64).startsWith("Ünï, \"Cödé\" + Söhne");
    }
}
