package glimpse.c2pa;

import static glimpse.c2pa.ValidationReport.State.INVALID;
import static glimpse.c2pa.ValidationReport.State.TRUSTED;
import static glimpse.c2pa.ValidationReport.State.WELL_FORMED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.c2pa.ValidationReport.Finding;
import glimpse.c2pa.ValidationReport.Integrity;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hash for each part of a file, manifests that are compressed, and what is not checked here. */
class OtherBindingsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    // 64 MB of zeros, as Brotli.
    private static final String BOMB =
            "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeffffc13f0110870500baf77ffcffff837f02200e0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c00d0bdffcbffff3ffc1300715800a07bff07";

    private ManifestValidator validator;
    private TestManifest manifest;

    @BeforeEach
    void issue() throws Exception {
        TestAuthority authority = new TestAuthority("Test Root");
        TestAuthority.Issued issued = authority.issue(new TestAuthority.Wish());
        validator = new ManifestValidator(TrustAnchors.of(List.of(authority.root), List.of()));
        manifest = new TestManifest(issued.keys().getPrivate(), List.of(issued.certificate()));
    }

    private ValidationReport report(byte[] file) {
        return validator.validate(Asset.of(file), NOW).report();
    }

    private static CborMap part(byte[] file, int start, int end, String... names) {
        return new CborMap()
                .with("names", List.of(names))
                .with("alg", "sha256")
                .with("hash", Digests.sha256(Arrays.copyOfRange(file, start, end)))
                .with("pad", new byte[0]);
    }

    private static CborMap store() {
        return new CborMap()
                .with("names", List.of("C2PA"))
                .with("hash", new byte[1])
                .with("pad", new byte[0]);
    }

    private void bind(TestManifest.Binder binder) {
        manifest.bindingLabel = "c2pa.hash.boxes";
        manifest.binder = binder;
    }

    private void bindPng(boolean withSignature, boolean excluded) {
        bind((file, start, length) -> {
            List<CborMap> boxes = new ArrayList<>();
            if (withSignature) {
                boxes.add(part(file, 0, 8, "PNGh"));
            }
            boxes.add(part(file, 8, 33, "IHDR"));
            if (length > 0) {
                boxes.add(store());
            }
            boxes.add(part(file, start + length, file.length, "IDAT", "IEND").with("excluded", excluded ? true : null));
            return new CborMap().with("boxes", boxes);
        });
    }

    @Test
    void a_png_is_verified_part_by_part() {
        for (boolean withSignature : new boolean[] {true, false}) {
            bindPng(withSignature, false);
            byte[] file = manifest.in(Container.PNG);
            assertThat(report(file).failure()).isEmpty();
            assertThat(report(file).state()).isEqualTo(TRUSTED);
            assertThat(report(file).integrity()).isEqualTo(Integrity.INTACT);
            byte[] changed = file.clone();
            changed[file.length - 20] ^= 1;
            assertThat(report(changed).failure()).extracting(Finding::code).contains("assertion.boxesHash.mismatch");
            assertThat(report(changed).integrity()).isEqualTo(Integrity.MODIFIED);
        }
    }

    @Test
    void a_part_that_is_not_hashed_is_told() {
        bindPng(true, true);
        assertThat(report(manifest.in(Container.PNG)).informational())
                .extracting(Finding::code)
                .contains("assertion.boxesHash.additionalExclusionsPresent");
    }

    @Test
    void a_part_more_or_less_is_no_longer_what_was_signed() {
        bindPng(true, false);
        byte[] file = manifest.in(Container.PNG);
        byte[] text = Container.chunk("tEXt", "key\0value".getBytes(ISO_8859_1));
        byte[] more = Arrays.copyOf(file, file.length + text.length);
        System.arraycopy(text, 0, more, file.length, text.length);
        byte[] less = Arrays.copyOf(file, file.length - 12);
        byte[] cut = Arrays.copyOf(file, file.length - 1);
        byte[] tail = Arrays.copyOf(file, file.length + 1);
        for (byte[] changed : List.of(more, less, cut, tail)) {
            assertThat(report(changed).state()).isEqualTo(INVALID);
            assertThat(report(changed).integrity()).isEqualTo(Integrity.MODIFIED);
        }
    }

    @Test
    void a_store_can_not_be_hidden_among_other_parts() {
        bind((file, start, length) -> new CborMap()
                .with("boxes", List.of(part(file, 0, file.length, "PNGh", "IHDR", "C2PA", "IDAT", "IEND"))));
        assertThat(report(manifest.in(Container.PNG)).state()).isEqualTo(INVALID);
    }

    @Test
    void parts_that_are_none_are_malformed() {
        for (CborMap binding : List.of(
                new CborMap(),
                new CborMap().with("boxes", List.of()),
                new CborMap().with("boxes", List.of("x")),
                new CborMap().with("boxes", List.of(new CborMap())))) {
            bind((file, start, length) -> binding);
            assertThat(report(manifest.in(Container.PNG)).failure())
                    .extracting(Finding::code)
                    .contains("assertion.boxesHash.malformed");
        }
    }

    @Test
    void what_can_not_be_checked_is_neither_right_nor_wrong() {
        bind((file, start, length) -> new CborMap().with("boxes", List.of(part(file, 0, 12, "RIFF"))));
        ValidationReport report = report(manifest.in(Container.WEBP));
        assertThat(report.state()).isEqualTo(WELL_FORMED);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
        assertThat(report.informational()).extracting(Finding::code).contains("assertion.boxesHash.unsupported");
    }

    private static byte[] compressed(byte[] manifest, String label, byte[] stream) {
        assertThat(Jumbf.parse(manifest).label()).isEqualTo(TestManifest.LABEL);
        return Jumbf.superbox(Jumbf.COMPRESSED_MANIFEST, label, Jumbf.box("brob", stream));
    }

    /** A Brotli stream that compresses nothing (RFC 7932, section 9.2): blocks of bytes as they are, and an end. */
    private static byte[] stored(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int head = (bytes.length - 1) << 4 | 1 << 20;
        out.write(head);
        out.write(head >> 8);
        out.write(head >> 16);
        out.writeBytes(bytes);
        out.write(3);
        return out.toByteArray();
    }

    private static byte[] manifestIn(byte[] store) {
        return Jumbf.parse(store).children().get(0).copy();
    }

    @Test
    void a_compressed_manifest_is_read() {
        manifest.store = store -> Jumbf.superbox(
                Jumbf.STORE, "c2pa", compressed(manifestIn(store), TestManifest.LABEL, stored(manifestIn(store))));
        byte[] file = manifest.in(Container.PNG);
        assertThat(report(file).failure()).isEmpty();
        assertThat(report(file).state()).isEqualTo(TRUSTED);
        assertThat(validator.validate(Asset.of(file), NOW).durable()).isFalse();
    }

    @Test
    void what_is_compressed_is_the_manifest_of_that_name_and_no_bomb() {
        byte[] bomb = HexFormat.of().parseHex(BOMB);
        for (byte[] stream : List.of(
                bomb,
                new byte[0],
                new byte[100],
                stored(new byte[9]),
                stored(Jumbf.superbox(Jumbf.MANIFEST, "other")))) {
            manifest.store = store ->
                    Jumbf.superbox(Jumbf.STORE, "c2pa", compressed(manifestIn(store), TestManifest.LABEL, stream));
            assertThat(report(manifest.in(Container.PNG)).failure())
                    .extracting(Finding::code)
                    .contains("manifest.compressed.invalid");
        }
    }
}
