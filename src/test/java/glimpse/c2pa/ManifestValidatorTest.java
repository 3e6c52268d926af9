package glimpse.c2pa;

import static glimpse.c2pa.ValidationReport.State.INVALID;
import static glimpse.c2pa.ValidationReport.State.NONE;
import static glimpse.c2pa.ValidationReport.State.TRUSTED;
import static glimpse.c2pa.ValidationReport.State.VALID;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.c2pa.Pitfalls.Pitfall;
import glimpse.c2pa.ValidationReport.Finding;
import glimpse.c2pa.ValidationReport.Integrity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestValidatorTest {
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static TestAuthority authority;
    private static ManifestValidator validator;
    private static TestAuthority.Issued issued;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority("Test Root");
        issued = authority.issue(new TestAuthority.Wish());
        validator = new ManifestValidator(TrustAnchors.of(List.of(authority.root), List.of(authority.root)));
    }

    private static TestManifest manifest() {
        return new TestManifest(issued.keys().getPrivate(), List.of(issued.certificate()));
    }

    private static ValidationReport report(byte[] file) {
        return validator.validate(Asset.of(file), NOW).report();
    }

    private static ValidationReport.Signer signer(ValidationReport report) {
        return Objects.requireNonNull(report.signer());
    }

    @TestFactory
    Stream<DynamicTest> each_pitfall_is_told_by_its_code() throws Exception {
        return Pitfalls.of(authority, NOW).entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> expect(entry.getValue())));
    }

    private static void expect(Pitfall pitfall) {
        ValidationReport report = report(pitfall.file());
        if (pitfall.code() == null) {
            assertThat(report.failure()).isEmpty();
        } else {
            assertThat(report.failure()).extracting(Finding::code).contains(pitfall.code());
        }
        assertThat(report.state()).isEqualTo(pitfall.state());
    }

    @ParameterizedTest
    @EnumSource
    void a_manifest_is_verified_in_memory_and_in_a_file(Container container, @TempDir Path folder) throws IOException {
        byte[] file = manifest().in(container);
        assertThat(report(file).failure()).isEmpty();
        assertThat(report(file).state()).isEqualTo(TRUSTED);
        assertThat(report(file).integrity()).isEqualTo(Integrity.INTACT);
        try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("file"), file))) {
            assertThat(validator.validate(Asset.of(channel), NOW).report()).isEqualTo(report(file));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_of_a_hundred_kilobytes_is_verified(Container container) {
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);
        byte[] file = manifest()
                .with("org.example.large", new CborMap().with("content", content))
                .in(container);
        assertThat(report(file).state()).isEqualTo(TRUSTED);
    }

    @ParameterizedTest
    @EnumSource
    void a_changed_picture_is_no_longer_intact(Container container) {
        byte[] file = manifest().in(container);
        // Behind the store where it comes first, before it where it comes last.
        int at = container == Container.WEBP ? 40 : container == Container.AVIF ? 300 : file.length - 8;
        file[at] ^= 1;
        assertThat(report(file).state()).isEqualTo(INVALID);
        assertThat(report(file).integrity()).isEqualTo(Integrity.MODIFIED);
    }

    @ParameterizedTest
    @EnumSource
    void a_picture_without_credentials_has_none(Container container) {
        ValidationReport report = report(Samples.picture(container));
        assertThat(report.state()).isEqualTo(NONE);
        assertThat(report.failure()).isEmpty();
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void two_stores_are_none(Container container) {
        byte[] once = manifest().in(container);
        byte[] store = Objects.requireNonNull(
                        ManifestLocator.locate(Asset.of(once)).store())
                .bytes();
        byte[] between = container == Container.JPEG ? new byte[] {-1, -2, 0, 2} : new byte[0]; // a comment
        byte[] twice = container.embed(container == Container.JPEG ? prefixed(once, between) : once, store);
        assertThat(report(twice).state()).isEqualTo(NONE);
        assertThat(report(twice).informational()).extracting(Finding::code).contains("manifest.inaccessible");
    }

    private static byte[] prefixed(byte[] jpeg, byte[] segment) {
        byte[] longer = new byte[jpeg.length + segment.length];
        System.arraycopy(jpeg, 0, longer, 0, 2);
        System.arraycopy(segment, 0, longer, 2, segment.length);
        System.arraycopy(jpeg, 2, longer, 2 + segment.length, jpeg.length - 2);
        return longer;
    }

    @Test
    void a_claim_of_the_first_version_is_read() {
        TestManifest manifest = manifest();
        manifest.claimLabel = "c2pa.claim";
        manifest.protectedChain = false;
        manifest.claim = claim -> {
            claim.with("assertions", claim.fields().remove("created_assertions"));
            claim.fields().remove("claim_generator_info");
            claim.with("claim_generator", "Old/1.0");
        };
        ValidationReport report = report(manifest.in(Container.JPEG));
        assertThat(report.failure()).isEmpty();
        assertThat(report.claimVersion()).isEqualTo(1);
        assertThat(report.claimGenerator()).isEqualTo("Old/1.0");
    }

    @Test
    void the_older_time_stamp_on_the_claim_is_read() throws Exception {
        TestManifest manifest = manifest();
        manifest.unprotected = authority.stampingTheClaim(NOW.minusSeconds(60));
        ValidationReport.Signer signer = signer(report(manifest.in(Container.PNG)));
        assertThat(signer.signedAt()).isEqualTo(NOW.minusSeconds(60));
        assertThat(signer.timeStamp()).isEqualTo(ValidationReport.TimeStamp.TRUSTED);
    }

    @Test
    void a_time_stamp_by_just_anyone_prolongs_nothing() throws Exception {
        TestAuthority.Wish brief = new TestAuthority.Wish();
        brief.notAfter = NOW.minusSeconds(60);
        TestAuthority.Issued expired = authority.issue(brief);
        TestManifest manifest = new TestManifest(expired.keys().getPrivate(), List.of(expired.certificate()));
        manifest.unprotected = new TestAuthority("Somebody").stamping(NOW.minusSeconds(3600));
        ValidationReport report = report(manifest.in(Container.PNG));
        assertThat(report.state()).isEqualTo(INVALID);
        assertThat(signer(report).timeStamp()).isEqualTo(ValidationReport.TimeStamp.UNTRUSTED);
    }

    @Test
    void a_time_stamp_on_something_else_counts_for_nothing() throws Exception {
        TestManifest manifest = manifest();
        manifest.unprotected = (header, claim, signature) -> {
            try {
                return authority.stamping(NOW).of(header, claim, new byte[64]);
            } catch (Exception problem) {
                throw new IllegalStateException(problem);
            }
        };
        ValidationReport report = report(manifest.in(Container.PNG));
        assertThat(signer(report).timeStamp()).isEqualTo(ValidationReport.TimeStamp.NONE);
        assertThat(report.informational()).extracting(Finding::code).contains("timeStamp.mismatch");
        assertThat(report.state()).isEqualTo(TRUSTED);
    }

    @Test
    void the_result_changes_when_a_certificate_expires_and_the_earlier_one_was_not_wrong() throws Exception {
        TestAuthority.Wish brief = new TestAuthority.Wish();
        brief.notAfter = NOW.plusSeconds(3600);
        TestAuthority.Issued leaf = authority.issue(brief);
        byte[] file = new TestManifest(leaf.keys().getPrivate(), List.of(leaf.certificate())).in(Container.PNG);
        assertThat(report(file).state()).isEqualTo(TRUSTED);
        assertThat(validator
                        .validate(Asset.of(file), NOW.plus(Duration.ofHours(2)))
                        .report()
                        .state())
                .isEqualTo(INVALID);
    }

    @Test
    void what_a_manifest_says_is_told() {
        TestManifest manifest = manifest();
        manifest.with(
                "c2pa.ai-disclosure",
                new CborMap().with("modelType", "c2pa.types.model").with("modelName", "imagen-5"));
        manifest.actions = TestManifest.actions(TestManifest.action("c2pa.created")
                .with("digitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia")
                .with("softwareAgent", new CborMap().with("name", "GPT-4o").with("version", "1"))
                .with("when", new Cbor.Tag(0, "2026-11-01T00:00:00Z"))
                .with("description", "Made by a machine"));
        ValidationReport report = report(manifest.in(Container.PNG));
        assertThat(report.claimGenerator()).isEqualTo("Test");
        assertThat(report.softwareAgents()).containsExactly("GPT-4o 1");
        assertThat(report.digitalSourceType()).endsWith("trainedAlgorithmicMedia");
        assertThat(report.actions()).singleElement().satisfies(action -> {
            assertThat(action.when()).isEqualTo("2026-11-01T00:00:00Z");
            assertThat(action.description()).isEqualTo("Made by a machine");
        });
        assertThat(Objects.requireNonNull(report.aiDisclosure()).modelName()).isEqualTo("imagen-5");
        assertThat(signer(report).name()).isEqualTo("Example");
        assertThat(signer(report).commonName()).isEqualTo("Signer");
        assertThat(signer(report).algorithm()).isEqualTo("ES256");
    }

    /** Whoever changes a picture can compute its new hash, but not sign it. */
    @Test
    void a_hash_that_was_replaced_with_the_picture_does_not_make_it_intact() {
        TestManifest manifest = manifest();
        byte[] file = manifest.in(Container.WEBP);
        byte[] changed = file.clone();
        changed[40] ^= 1;
        byte[] old = hash(file);
        byte[] fresh = hash(changed);
        int at = new String(changed, ISO_8859_1).indexOf(new String(old, ISO_8859_1));
        System.arraycopy(fresh, 0, changed, at, fresh.length);
        assertThat(report(changed).failure()).extracting(Finding::code).containsExactly("assertion.hashedURI.mismatch");
        assertThat(report(changed).integrity()).isEqualTo(Integrity.UNKNOWN);
    }

    private static byte[] hash(byte[] file) {
        Found.Store store =
                Objects.requireNonNull(ManifestLocator.locate(Asset.of(file)).store());
        CborMap binding = Container.WEBP.binding(file, (int) store.start(), (int) store.length());
        return Objects.requireNonNull(binding.bytes("hash"));
    }

    @Test
    void an_expired_certificate_leaves_the_picture_intact() throws Exception {
        TestAuthority.Wish brief = new TestAuthority.Wish();
        brief.notAfter = NOW.minusSeconds(60);
        TestAuthority.Issued leaf = authority.issue(brief);
        ValidationReport report =
                report(new TestManifest(leaf.keys().getPrivate(), List.of(leaf.certificate())).in(Container.PNG));
        assertThat(report.state()).isEqualTo(INVALID);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void nobody_is_trusted_when_nobody_is_believed() {
        ManifestValidator doubting = new ManifestValidator(TrustAnchors.NONE);
        ValidationReport report =
                doubting.validate(Asset.of(manifest().in(Container.PNG)), NOW).report();
        assertThat(report.state()).isEqualTo(VALID);
        assertThat(signer(report).trusted()).isFalse();
        assertThat(report.failure()).extracting(Finding::code).containsExactly(Finding.UNTRUSTED);
    }

    @Test
    void a_trust_list_is_read_with_its_comments() throws Exception {
        String pem = "# Example\nSubject: O=Example\n"
                + Pem.write("CERTIFICATE", authority.root.getEncoded()).replace("\n", "\r\n");
        assertThat(TrustAnchors.certificates(pem)).containsExactly(authority.root);
    }

    @Test
    void no_flipped_bit_goes_unseen() {
        Random random = new Random(20261123);
        byte[] file = manifest().in(Container.WEBP);
        for (int at = 0; at < file.length; at++) {
            int bit = random.nextInt(Byte.SIZE);
            byte[] changed = file.clone();
            changed[at] ^= (byte) (1 << bit);
            assertThat(report(changed).state()).as("bit %d of byte %d", bit, at).isIn(INVALID, NONE);
        }
    }
}
