package glimpse.c2pa;

import static glimpse.c2pa.ValidationReport.State.INVALID;
import static glimpse.c2pa.ValidationReport.State.NONE;
import static glimpse.c2pa.ValidationReport.State.TRUSTED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import glimpse.c2pa.ValidationReport.Finding;
import glimpse.c2pa.ValidationReport.Ingredient;
import glimpse.c2pa.ValidationReport.State;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is made to do harm ends in a report, and soon. */
class HostileManifestTest {
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(10); // of a busy machine; nothing here takes one second
    private static TestAuthority.Issued issued;
    private static ManifestValidator validator;

    @BeforeAll
    static void issue() throws Exception {
        TestAuthority authority = new TestAuthority("Test Root");
        issued = authority.issue(new TestAuthority.Wish());
        validator = new ManifestValidator(TrustAnchors.of(List.of(authority.root), List.of(authority.root)));
    }

    private static TestManifest manifest() {
        return new TestManifest(issued.keys().getPrivate(), List.of(issued.certificate()));
    }

    private static ValidationReport report(byte[] file) {
        return assertTimeout(SOON, () -> validator.validate(Asset.of(file), NOW).report());
    }

    private static ValidationReport ofStore(byte[] store) {
        return report(Container.PNG.embed(Samples.picture(Container.PNG), store));
    }

    private static void expectBroken(byte[] store) {
        ValidationReport report = ofStore(store);
        assertThat(report.state()).isEqualTo(INVALID);
        assertThat(report.failure()).isNotEmpty();
    }

    @Test
    void boxes_in_boxes_without_end() {
        byte[] box = Jumbf.superbox(Jumbf.MANIFEST, "deepest");
        for (int depth = 0; depth < 1_000; depth++) {
            box = Jumbf.superbox(Jumbf.MANIFEST, "x", box);
        }
        expectBroken(Jumbf.superbox(Jumbf.STORE, "c2pa", box));
    }

    @Test
    void more_boxes_than_anyone_needs() {
        byte[] small = Jumbf.box("free");
        byte[] many = new byte[small.length * 400_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = small[i % small.length];
        }
        expectBroken(Jumbf.superbox(Jumbf.STORE, "c2pa", many));
    }

    @Test
    void lengths_that_lie() {
        byte[] store = Jumbf.superbox(Jumbf.STORE, "c2pa", Jumbf.superbox(Jumbf.MANIFEST, "urn:c2pa:1"));
        for (int length : new int[] {0, 1, 2, 7, 9, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            for (int at : new int[] {0, 8, 38}) {
                byte[] changed = store.clone();
                ByteBuffer.wrap(changed).putInt(at, length);
                expectBroken(changed);
            }
        }
        ByteBuffer huge = ByteBuffer.allocate(64).putInt(1).put("jumb".getBytes(ISO_8859_1));
        expectBroken(huge.putLong(Long.MAX_VALUE).array());
    }

    @Test
    void nothing_and_noise() {
        expectBroken(new byte[0]);
        expectBroken(new byte[1]);
        expectBroken(new byte[100_000]);
    }

    @Test
    void a_store_longer_than_is_read() {
        ValidationReport report = ofStore(new byte[(4 << 20) + 1]);
        assertThat(report.state()).isEqualTo(NONE);
        assertThat(report.informational()).extracting(Finding::code).containsExactly("manifest.inaccessible");
    }

    @Test
    void a_key_that_comes_twice() {
        byte[] twice = {(byte) 0xA2, 0x61, 'a', 1, 0x61, 'a', 2};
        TestManifest manifest = manifest();
        manifest.assertions.put(
                "org.example.twice", Jumbf.superbox(Jumbf.CBOR, "org.example.twice", Jumbf.box("cbor", twice)));
        ValidationReport report = report(manifest.in(Container.PNG));
        assertThat(report.failure()).extracting(Finding::code).contains("assertion.cbor.invalid");
    }

    @Test
    void thousands_of_ingredients() {
        TestManifest manifest = manifest();
        for (int i = 1; i < 3_000; i++) {
            manifest.with(
                    "c2pa.ingredient.v3__" + i,
                    new CborMap().with("relationship", "componentOf").with("dc:title", "i".repeat(1_000)));
        }
        ValidationReport report = report(manifest.in(Container.PNG));
        assertThat(report.state()).isEqualTo(INVALID);
        assertThat(report.ingredients()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void an_assertion_that_is_claimed_thousands_of_times() {
        TestManifest manifest = manifest();
        manifest.with("org.example.large", new CborMap().with("content", new byte[2_000_000]));
        CborMap reference = manifest.reference("org.example.large");
        for (String algorithm : List.of("sha256", "sha512")) {
            reference.with("alg", algorithm);
            manifest.claim = claim -> {
                List<Object> declared = new ArrayList<>(claim.list("created_assertions"));
                declared.addAll(Collections.nCopies(3_000, reference));
                claim.with("created_assertions", declared);
            };
            ValidationReport report = report(manifest.in(Container.PNG));
            assertThat(report.state()).isEqualTo(INVALID);
            assertThat(report.failure()).hasSizeLessThan(500);
        }
    }

    private static CborMap refersTo(String label, byte[] hash) {
        return new CborMap()
                .with("relationship", "componentOf")
                .with(
                        "activeManifest",
                        new CborMap().with("url", "self#jumbf=/c2pa/" + label).with("hash", hash))
                .with("validationResults", TestManifest.results());
    }

    @Test
    void ingredients_in_a_circle() {
        TestManifest first = manifest();
        first.label = "urn:c2pa:first";
        first.with("c2pa.ingredient.v3", refersTo("urn:c2pa:second", new byte[32]));
        TestManifest second = manifest();
        second.label = "urn:c2pa:second";
        second.with("c2pa.ingredient.v3", refersTo("urn:c2pa:first", new byte[32]));
        second.with("c2pa.ingredient.v3__1", refersTo("urn:c2pa:second", new byte[32]));
        second.before.add(first.manifest("c2pa.hash.data", new CborMap()));
        ValidationReport report = report(second.in(Container.PNG));
        assertThat(report.state()).isEqualTo(INVALID);
        assertThat(report.failure()).extracting(Finding::code).contains("ingredient.manifest.mismatch");
    }

    @Test
    void updates_in_a_circle() {
        TestManifest update = manifest();
        update.kind = Jumbf.UPDATE_MANIFEST;
        update.bound = false;
        update.opening(refersTo(update.label, new byte[32]).with("relationship", "parentOf"));
        assertThat(report(update.in(Container.PNG)).state()).isEqualTo(INVALID);
    }

    /** Each refers to all before it: more paths through them than there are atoms, but one visit to each. */
    @Test
    void a_lattice_of_ingredients() {
        List<byte[]> manifests = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        TestManifest last = manifest();
        for (int i = 0; i < 40; i++) {
            last = manifest();
            last.label = "urn:c2pa:level" + i;
            for (int below = 0; below < i; below++) {
                byte[] box = manifests.get(below);
                last.with(
                        below == 0 ? "c2pa.ingredient.v3" : "c2pa.ingredient.v3__" + below,
                        refersTo(labels.get(below), Digests.sha256(Arrays.copyOfRange(box, 8, box.length))));
            }
            if (i < 39) {
                manifests.add(last.manifest("c2pa.hash.data", new CborMap().with("hash", new byte[32])));
                labels.add(last.label);
            }
        }
        last.before.addAll(manifests);
        ValidationReport report = report(last.in(Container.PNG));
        assertThat(report.failure()).isEmpty();
        assertThat(report.state()).isEqualTo(TRUSTED);
        assertThat(count(report.ingredients())).isLessThanOrEqualTo(100);
    }

    @Test
    void thousands_of_redactions_above_thousands_of_ingredients() {
        TestManifest below = manifest();
        below.label = "urn:c2pa:below";
        for (int i = 1; i < 900; i++) {
            below.with("c2pa.ingredient.v3__" + i, refersTo(below.label, new byte[32]));
        }
        TestManifest above = manifest();
        above.before.add(below.manifest("c2pa.hash.data", new CborMap()));
        above.with("c2pa.ingredient.v3", refersTo(below.label, new byte[32]));
        List<Object> redacted = IntStream.range(0, 19_000)
                .<Object>mapToObj(i -> "self#jumbf=/c2pa/urn:c2pa:bel/" + i)
                .toList();
        above.claim = claim -> claim.with("redacted_assertions", redacted);
        assertThat(report(above.in(Container.PNG)).state()).isEqualTo(INVALID);
    }

    private static int count(List<Ingredient> ingredients) {
        return ingredients.size()
                + ingredients.stream()
                        .mapToInt(ingredient -> count(ingredient.ingredients()))
                        .sum();
    }

    @Test
    void more_manifests_than_anyone_needs() {
        TestManifest manifest = manifest();
        byte[] bytes = manifest.manifest("c2pa.hash.data", new CborMap());
        for (int i = 0; i < 65; i++) {
            manifest.before.add(bytes);
        }
        assertThat(report(manifest.in(Container.PNG)).state()).isEqualTo(INVALID);
    }

    @Test
    void certificates_and_time_stamps_that_are_none() {
        TestManifest garbage = manifest();
        garbage.header.with(CoseSign1.CHAIN, new byte[3_000]);
        garbage.protectedChain = false;
        assertThat(report(garbage.in(Container.PNG)).state()).isEqualTo(INVALID);
        for (byte[] token : List.of(new byte[0], new byte[60_000], deep(), new byte[100_000])) {
            TestManifest manifest = manifest();
            manifest.unprotected = (header, claim, signature) -> TestAuthority.stamped("sigTst2", token);
            ValidationReport report = report(manifest.in(Container.PNG));
            assertThat(report.informational()).extracting(Finding::code).contains("timeStamp.mismatch");
            assertThat(report.state()).isEqualTo(TRUSTED);
        }
    }

    /** A sequence in a sequence in a sequence. */
    private static byte[] deep() {
        byte[] der = new byte[50_000];
        for (int i = 0; i < der.length; i += 2) {
            der[i] = 0x30;
            der[i + 1] = (byte) 0x80;
        }
        return der;
    }

    @Test
    void exclusions_that_overlap_or_lie_elsewhere_or_wrap_around() {
        for (long[] more :
                new long[][] {{0, 0}, {0, 40}, {30, 10}, {Long.MAX_VALUE, 1}, {1, Long.MAX_VALUE}, {1 << 30, 1}}) {
            TestManifest manifest = manifest();
            manifest.binding = binding -> {
                List<Object> ranges = new ArrayList<>(binding.list("exclusions"));
                ranges.add(new CborMap().with("start", more[0]).with("length", more[1]));
                binding.with("exclusions", ranges);
            };
            // Leaving out nothing more than it says is fine; the hash was made over everything else.
            State expected = more[1] == 0 ? TRUSTED : INVALID;
            assertThat(report(manifest.in(Container.PNG)).state()).isEqualTo(expected);
        }
    }

    @Test
    void what_is_left_out_beside_the_store_is_told() {
        TestManifest manifest = manifest();
        manifest.binding = binding -> binding.with(
                "exclusions",
                List.of(
                        binding.list("exclusions").get(0),
                        new CborMap().with("start", 0).with("length", 0)));
        assertThat(report(manifest.in(Container.PNG)).informational())
                .extracting(Finding::code)
                .contains("assertion.dataHash.additionalExclusionsPresent");
    }

    @Test
    void files_of_nothing_but_headers() {
        byte[] png = Arrays.copyOf(Samples.picture(Container.PNG), 9_000_000);
        ByteBuffer chunks = ByteBuffer.wrap(png).position(33);
        while (chunks.remaining() >= 12) {
            chunks.putInt(0).put("tEXt".getBytes(ISO_8859_1)).putInt(0);
        }
        assertThat(report(png).state()).isEqualTo(NONE);
        byte[] jpeg = new byte[9_000_000];
        Arrays.fill(jpeg, (byte) 0xFF);
        jpeg[1] = (byte) 0xD8;
        assertThat(report(jpeg).state()).isEqualTo(NONE);
        byte[] gif = Arrays.copyOf(Samples.picture(Container.GIF), 9_000_000);
        for (int at = Container.GIF.start(gif); at + 3 <= gif.length; at += 3) {
            gif[at] = 0x21;
            gif[at + 1] = (byte) 0xFF;
            gif[at + 2] = 0;
        }
        assertThat(report(gif).state()).isEqualTo(NONE);
        byte[] webp = Arrays.copyOf(Samples.picture(Container.WEBP), 9_000_000);
        Arrays.fill(webp, 12, webp.length, (byte) 0);
        assertThat(report(Samples.riffSized(webp)).state()).isEqualTo(NONE);
        byte[] avif = Arrays.copyOf(Samples.picture(Container.AVIF), 9_000_000);
        assertThat(report(avif).state()).isEqualTo(NONE);
    }

    @Test
    void pieces_of_a_store_that_never_end() {
        byte[] jpeg = new byte[9_000_000];
        jpeg[0] = (byte) 0xFF;
        jpeg[1] = (byte) 0xD8;
        ByteBuffer segments = ByteBuffer.wrap(jpeg).position(2);
        byte[] begin = Jumbf.superbox(Jumbf.STORE, "c2pa");
        for (int number = 1; segments.remaining() > 100; number++) {
            segments.put((byte) 0xFF).put((byte) 0xEB).putShort((short) (10 + begin.length));
            segments.put("JP".getBytes(ISO_8859_1))
                    .putShort((short) 1)
                    .putInt(number)
                    .put(begin);
        }
        assertThat(report(jpeg).state()).isIn(NONE, INVALID);
    }

    @Test
    void xml_that_grows_when_it_is_read_or_asks_for_files() {
        String laughs = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
                + "<!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
                + "<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:p='http://ns.adobe.com/photoshop/1.0/'>"
                + "<p:Credit>&b;&c;</p:Credit></x:xmpmeta>";
        for (String xmp : List.of(laughs, "<a>".repeat(80_000), "<x:xmpmeta " + "a".repeat(200_000), "\0\1\2")) {
            ValidationReport report = report(Samples.webpWithXmp(xmp));
            assertThat(report.state()).isEqualTo(NONE);
            assertThat(report.fallback().credit()).isNull();
        }
    }
}
