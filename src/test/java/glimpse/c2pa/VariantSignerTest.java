package glimpse.c2pa;

import static glimpse.c2pa.ValidationReport.State.INVALID;
import static glimpse.c2pa.ValidationReport.State.TRUSTED;
import static glimpse.c2pa.ValidationReport.State.VALID;
import static org.assertj.core.api.Assertions.assertThat;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import glimpse.c2pa.ClaimData.Generation;
import glimpse.c2pa.ClaimData.Parent;
import glimpse.c2pa.ValidationReport.Action;
import glimpse.c2pa.ValidationReport.Finding;
import glimpse.c2pa.ValidationReport.Ingredient;
import glimpse.c2pa.VariantSigner.Signed;
import glimpse.testing.SetClock;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantSignerTest {
    private static final Generation GENERATION =
            new Generation("openai", "gpt-image-1", "2026-10", "A red fox reading a map");

    private final SetClock clock = new SetClock();
    private final AtomicInteger ids = new AtomicInteger();
    private SigningIdentity identity;
    private VariantSigner signer;
    private TestAuthority authority;
    private ManifestValidator validator;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        identity = SigningIdentity.open(folder, "glimpse.example", clock);
        signer = new VariantSigner(identity, clock, () -> "id-" + ids.incrementAndGet(), "1.0");
        authority = new TestAuthority("Other Root");
        validator = new ManifestValidator(TrustAnchors.of(List.of(authority.root), List.of(authority.root))
                .andSigners(identity.roots()));
    }

    private ValidationReport report(byte[] file) {
        return validator.validate(Asset.of(file), clock.instant()).report();
    }

    private static ClaimData claim(@Nullable Generation generation, @Nullable Parent parent) {
        return new ClaimData("feed.webp", ClaimData.Edit.RESIZED, generation, parent, true);
    }

    private static byte[] picture(String kind) {
        return switch (kind) {
            case "lossless" -> Samples.losslessWebp();
            case "transparent" -> Samples.transparentWebp();
            case "xmp" -> Samples.webpWithXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>");
            default -> Samples.lossyWebp();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy", "lossless", "transparent", "xmp"})
    void a_signed_variant_is_trusted_with_the_servers_root_and_valid_without(String kind) throws IOException {
        byte[] unsigned = picture(kind);
        Signed signed = signer.sign(unsigned, claim(GENERATION, null));
        assertThat(report(signed.webp()).failure()).isEmpty();
        assertThat(report(signed.webp()).state()).isEqualTo(TRUSTED);
        assertThat(new ManifestValidator(TrustAnchors.NONE)
                        .validate(Asset.of(signed.webp()), clock.instant())
                        .report()
                        .state())
                .isEqualTo(VALID);
        assertThat(signed.bytesAdded()).isLessThan(5_000).isEqualTo(signed.webp().length - unsigned.length);
        assertThat(pixels(signed.webp())).isEqualTo(pixels(unsigned));
    }

    private static int[] pixels(byte[] webp) throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try {
            reader.setInput(new ByteArrayImageInputStream(webp));
            BufferedImage image = reader.read(0);
            return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        } finally {
            reader.dispose();
        }
    }

    @Test
    void a_thumbnail_says_that_it_was_cropped() {
        ClaimData claim = new ClaimData("thumbnail.webp", ClaimData.Edit.CROPPED, null, null, false);
        ValidationReport report = report(signer.sign(Samples.lossyWebp(), claim).webp());
        assertThat(report.failure()).isEmpty();
        assertThat(report.actions())
                .extracting(Action::action)
                .containsExactly(
                        "c2pa.created",
                        "c2pa.converted",
                        "c2pa.cropped",
                        "c2pa.resized.proportional",
                        "c2pa.published");
    }

    @Test
    void what_the_agent_declares_is_told_as_made_by_a_machine() {
        ValidationReport report =
                report(signer.sign(Samples.lossyWebp(), claim(GENERATION, null)).webp());
        assertThat(report.claimGenerator()).isEqualTo("Glimpse 1.0");
        assertThat(report.digitalSourceType()).endsWith("/trainedAlgorithmicMedia");
        assertThat(report.actions())
                .extracting(Action::action)
                .containsExactly("c2pa.created", "c2pa.converted", "c2pa.resized.proportional", "c2pa.published");
        assertThat(Objects.requireNonNull(report.aiDisclosure()).modelName()).isEqualTo("gpt-image-1");
        assertThat(report.ingredients()).extracting(Ingredient::title).containsExactly("prompt", "openai: gpt-image-1");
        assertThat(Objects.requireNonNull(report.signer()).name()).isEqualTo("glimpse.example");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 255, 256, 999, 1_000, 5_000})
    void a_prompt_of_any_length_is_signed_and_cut(int length) {
        String prompt = "\ud83e\udd8a".repeat(length);
        Signed signed = signer.sign(Samples.lossyWebp(), claim(new Generation(null, null, null, prompt), null));
        assertThat(report(signed.webp()).state()).isEqualTo(TRUSTED);
        assertThat(signed.bytesAdded()).isLessThan(5_000).isEven();
    }

    @Test
    void however_much_is_declared_a_variant_grows_by_less_than_five_kilobytes() {
        String much = "ü水\ud83e\udd8a".repeat(3_000);
        Signed signed = signer.sign(Samples.lossyWebp(), claim(new Generation(much, much, much, much), null));
        assertThat(report(signed.webp()).state()).isEqualTo(TRUSTED);
        assertThat(signed.bytesAdded()).isLessThan(5_000);
    }

    @Test
    void a_picture_of_which_nothing_is_declared_is_signed_in_two_kilobytes() {
        Signed signed =
                signer.sign(Samples.lossyWebp(), new ClaimData("a.webp", ClaimData.Edit.NONE, null, null, true));
        assertThat(report(signed.webp()).state()).isEqualTo(TRUSTED);
        assertThat(signed.bytesAdded()).isLessThan(2_000);
    }

    @Test
    void a_file_without_its_last_padding_is_signed() {
        byte[] odd = Samples.riffChunk("JUNK", new byte[3]);
        byte[] still = Samples.lossyWebp();
        byte[] file = Arrays.copyOf(still, still.length + odd.length - 1);
        System.arraycopy(odd, 0, file, still.length, odd.length - 1);
        assertThat(report(signer.sign(Samples.riffSized(file), claim(GENERATION, null))
                                .webp())
                        .state())
                .isEqualTo(TRUSTED);
    }

    @Test
    void signing_again_replaces_what_was_signed() {
        Signed once = signer.sign(Samples.lossyWebp(), claim(GENERATION, null));
        Signed twice = signer.sign(once.webp(), claim(GENERATION, null));
        assertThat(twice.webp()).hasSameSizeAs(once.webp());
        assertThat(twice.manifest()).isNotEqualTo(once.manifest());
        assertThat(report(twice.webp()).state()).isEqualTo(TRUSTED);
        assertThat(report(twice.webp()).activeManifest()).isEqualTo(twice.manifest());
    }

    @Test
    void the_same_ids_at_the_same_time_give_the_same_but_for_the_signature() {
        Signed first = signer.sign(Samples.lossyWebp(), claim(GENERATION, null));
        ids.set(0);
        Signed second = signer.sign(Samples.lossyWebp(), claim(GENERATION, null));
        int unsigned = first.webp().length - 64;
        assertThat(second.webp()).startsWith(Arrays.copyOf(first.webp(), unsigned));
        assertThat(first.manifest())
                .matches("urn:c2pa:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    private Parent parent(TestManifest manifest) {
        return new Parent(
                "upload.png",
                "image/png",
                validator.validate(Asset.of(manifest.in(Container.PNG)), clock.instant()),
                "https://glimpse.example/api/v1/posts/1/provenance");
    }

    private TestManifest original(Duration life) throws Exception {
        TestAuthority.Wish wish = new TestAuthority.Wish();
        wish.notAfter = clock.instant().plus(life);
        TestAuthority.Issued issued = authority.issue(wish);
        return new TestManifest(issued.keys().getPrivate(), List.of(issued.certificate()));
    }

    @Test
    void a_parent_with_a_trusted_time_stamp_goes_in_and_outlives_its_certificate() throws Exception {
        TestManifest original = original(Duration.ofDays(30));
        original.unprotected = authority.stamping(clock.instant());
        Signed signed = signer.sign(Samples.lossyWebp(), claim(GENERATION, parent(original)));
        assertThat(signed.embedsParent()).isTrue();
        ValidationReport report = report(signed.webp());
        assertThat(report.failure()).isEmpty();
        assertThat(report.state()).isEqualTo(TRUSTED);
        assertThat(report.actions())
                .extracting(Action::action)
                .containsExactly("c2pa.opened", "c2pa.transcoded", "c2pa.resized.proportional", "c2pa.published");
        assertThat(report.ingredients())
                .filteredOn(each -> "parentOf".equals(each.relationship()))
                .singleElement()
                .satisfies(ingredient -> {
                    assertThat(ingredient.state()).isEqualTo(TRUSTED);
                    assertThat(ingredient.manifest()).isEqualTo(TestManifest.LABEL);
                    assertThat(ingredient.digitalSourceType()).endsWith("/trainedAlgorithmicMedia");
                });
        clock.advance(Duration.ofDays(365));
        assertThat(report(signed.webp()).state()).isEqualTo(TRUSTED);
    }

    @Test
    void a_parent_that_would_expire_is_only_named_so_that_the_variant_stays_valid() throws Exception {
        Signed signed = signer.sign(Samples.lossyWebp(), claim(null, parent(original(Duration.ofDays(30)))));
        assertThat(signed.embedsParent()).isFalse();
        ValidationReport report = report(signed.webp());
        assertThat(report.state()).isEqualTo(TRUSTED);
        assertThat(report.informational()).extracting(Finding::code).contains("ingredient.unknownProvenance");
        clock.advance(Duration.ofDays(365));
        assertThat(report(signed.webp()).state()).isEqualTo(TRUSTED);
    }

    @Test
    void a_parent_that_is_broken_or_too_large_or_not_wanted_here_is_only_named() throws Exception {
        TestManifest broken = original(Duration.ofDays(30));
        broken.unprotected = authority.stamping(clock.instant());
        broken.derSignature = true;
        TestManifest large = original(Duration.ofDays(30));
        large.unprotected = authority.stamping(clock.instant());
        large.with("org.example.large", new CborMap().with("content", new byte[70_000]));
        for (TestManifest original : List.of(broken, large)) {
            Signed signed = signer.sign(Samples.lossyWebp(), claim(null, parent(original)));
            assertThat(signed.embedsParent()).isFalse();
            assertThat(report(signed.webp()).state()).isEqualTo(TRUSTED);
        }
        TestManifest good = original(Duration.ofDays(30));
        good.unprotected = authority.stamping(clock.instant());
        Signed thumbnail = signer.sign(
                Samples.lossyWebp(), new ClaimData("t.webp", ClaimData.Edit.RESIZED, null, parent(good), false));
        assertThat(thumbnail.embedsParent()).isFalse();
    }

    @Test
    void what_is_done_to_a_file_after_signing_undoes_it() {
        byte[] signed =
                signer.sign(Samples.lossyWebp(), claim(GENERATION, null)).webp();
        byte[] longer = Arrays.copyOf(signed, signed.length + 1);
        assertThat(report(longer).state()).isEqualTo(INVALID);
        assertThat(report(longer).integrity()).isEqualTo(ValidationReport.Integrity.MODIFIED);
    }
}
