package glimpse.c2pa;

import static glimpse.c2pa.TestManifest.action;
import static glimpse.c2pa.TestManifest.results;
import static glimpse.c2pa.ValidationReport.State.INVALID;
import static glimpse.c2pa.ValidationReport.State.TRUSTED;
import static glimpse.c2pa.ValidationReport.State.VALID;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import glimpse.c2pa.TestAuthority.Issued;
import glimpse.c2pa.TestAuthority.Wish;
import glimpse.c2pa.ValidationReport.State;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/** What goes wrong, or is feared to, when a manifest is written; each in a file of its own. */
final class Pitfalls {
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final String GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private final TestAuthority authority;
    private final Issued good;
    private final Map<String, Pitfall> all = new LinkedHashMap<>();

    /** A file, and what is to be found. */
    record Pitfall(byte[] file, State state, @Nullable String code) {}

    private Pitfalls(TestAuthority authority) throws Exception {
        this.authority = authority;
        this.good = authority.issue(new Wish());
    }

    /** All, by a name for each. Signers are vouched for by this authority; so are time-stamps. */
    static Map<String, Pitfall> of(TestAuthority authority, Instant now) throws Exception {
        Pitfalls pitfalls = new Pitfalls(authority);
        pitfalls.bindings();
        pitfalls.signatures();
        pitfalls.claims();
        pitfalls.actions();
        pitfalls.certificates(now);
        pitfalls.ingredients();
        return pitfalls.all;
    }

    private TestManifest manifest() {
        return signedWith(good);
    }

    private static TestManifest signedWith(Issued issued) {
        return new TestManifest(issued.keys().getPrivate(), List.of(issued.certificate()));
    }

    private void add(String name, State state, @Nullable String code, Consumer<TestManifest> deviation) {
        TestManifest manifest = manifest();
        deviation.accept(manifest);
        all.put(name, new Pitfall(manifest.in(Container.WEBP), state, code));
    }

    private static int storeLength(byte[] webp) {
        Found.Store store = ManifestLocator.locate(Asset.of(webp)).store();
        return store == null ? 0 : store.bytes().length;
    }

    private byte[] odd(Consumer<TestManifest> deviation) {
        for (int pad = 0; ; pad++) {
            TestManifest manifest = manifest();
            byte[] padding = new byte[pad];
            manifest.binding = map -> map.with("pad", padding);
            if (storeLength(manifest.in(Container.WEBP)) % 2 == 1) {
                deviation.accept(manifest);
                return manifest.in(Container.WEBP);
            }
        }
    }

    private void bindings() {
        all.put("odd-store", new Pitfall(odd(manifest -> {}), TRUSTED, null));
        all.put(
                "exclusion-with-pad-byte",
                new Pitfall(odd(manifest -> manifest.excludedAfter = 1), INVALID, "assertion.dataHash.mismatch"));
        add("exclusion-without-header", INVALID, "assertion.dataHash.mismatch", manifest -> {
            manifest.excludedBefore = -8;
        });
        add("no-hard-binding", INVALID, "claim.hardBindings.missing", manifest -> manifest.bound = false);
        byte[] file = manifest().in(Container.WEBP);
        all.put(
                "byte-behind-riff",
                new Pitfall(Arrays.copyOf(file, file.length + 1), INVALID, "assertion.dataHash.mismatch"));
        byte[] changed = file.clone();
        changed[40] ^= 1;
        all.put("changed-pixel", new Pitfall(changed, INVALID, "assertion.dataHash.mismatch"));
        all.put(
                "with-xmp",
                new Pitfall(
                        manifest().in(Container.WEBP, Samples.webpWithXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")),
                        TRUSTED,
                        null));
    }

    private void signatures() throws Exception {
        add("chain-unprotected", INVALID, "claimSignature.mismatch", manifest -> manifest.protectedChain = false);
        add("signature-untagged", INVALID, "claimSignature.mismatch", manifest -> manifest.tagged = false);
        add("signature-der", INVALID, "claimSignature.mismatch", manifest -> manifest.derSignature = true);
        add("signature-padded", TRUSTED, null, manifest -> {
            manifest.unprotected = (header, claim, signature) -> new CborMap().with("pad", new byte[1000]);
        });
        add("signature-with-iat", TRUSTED, null, manifest -> manifest.header.with("iat", 1_760_000_000L));
        add(
                "root-in-chain",
                TRUSTED,
                null,
                manifest -> manifest.chain = List.of(manifest.chain.get(0), authority.root));
        add("claim-changed", INVALID, "claimSignature.mismatch", manifest -> {
            manifest.store = store -> flipped(store, "xmp:iid:0d7f");
        });
        Wish wish = new Wish();
        wish.size = 384;
        Issued longer = authority.issue(wish);
        add("es384", TRUSTED, null, manifest -> use(manifest, longer, "SHA384withECDSA", -35));
        Wish edwards = new Wish();
        edwards.algorithm = "Ed25519";
        edwards.size = 0;
        Issued ed = authority.issue(edwards);
        add("ed25519", TRUSTED, null, manifest -> use(manifest, ed, "Ed25519", -8));
    }

    private static void use(TestManifest manifest, Issued issued, String name, int algorithm) {
        PrivateKey key = issued.keys().getPrivate();
        List<X509Certificate> chain = List.of(issued.certificate());
        manifest.key = key;
        manifest.chain = chain;
        manifest.algorithmName = name;
        manifest.algorithm = algorithm;
    }

    private static byte[] flipped(byte[] store, String at) {
        byte[] changed = store.clone();
        String text = new String(store, ISO_8859_1);
        changed[text.indexOf(at) + at.length() - 1] ^= 1;
        return changed;
    }

    private void claims() {
        add("relative-signature-url", TRUSTED, null, manifest -> {
            manifest.claim = claim -> claim.with("signature", "self#jumbf=c2pa.signature");
        });
        add("label-changed", INVALID, "claimSignature.missing", manifest -> {
            manifest.store = store -> {
                byte[] changed = store.clone();
                changed[new String(store, ISO_8859_1).indexOf(TestManifest.LABEL) + 12] ^= 1;
                return changed;
            };
        });
        add("undeclared-assertion", INVALID, "assertion.undeclared", manifest -> {
            manifest.with("org.example.extra", new CborMap().with("a", 1));
            manifest.undeclared.add("org.example.extra");
        });
        add("assertion-changed", INVALID, "assertion.hashedURI.mismatch", manifest -> {
            manifest.with("org.example.extra", new CborMap().with("text", "before"));
            manifest.store = store -> flipped(store, "before");
        });
        add("claim-without-instance", INVALID, "claim.malformed", manifest -> {
            manifest.claim = claim -> claim.fields().remove("instanceID");
        });
    }

    private void actions() {
        add("no-actions", INVALID, "assertion.action.malformed", manifest -> manifest.actions = null);
        add("edited-first", INVALID, "assertion.action.malformed", manifest -> {
            manifest.actions = TestManifest.actions(action("c2pa.edited").with("digitalSourceType", GENERATED));
        });
        add("created-without-source-type", INVALID, "assertion.action.malformed", manifest -> {
            manifest.actions = TestManifest.actions(action("c2pa.created"));
        });
        add("opened-without-ingredient", INVALID, "assertion.action.ingredientMismatch", manifest -> {
            manifest.opening(parent());
            manifest.actions = TestManifest.actions(action("c2pa.opened"));
        });
        add("opened", TRUSTED, null, manifest -> manifest.opening(parent()));
        add("transcoded-without-ingredient", TRUSTED, null, manifest -> {
            manifest.actions = TestManifest.actions(
                    action("c2pa.created").with("digitalSourceType", GENERATED), action("c2pa.transcoded"));
        });
        add("created-with-parent", TRUSTED, null, manifest -> manifest.with("c2pa.ingredient.v3", parent()));
    }

    private static CborMap parent() {
        return new CborMap()
                .with("relationship", "parentOf")
                .with("dc:title", "parent")
                .with("dc:format", "image/png");
    }

    private void certificate(String name, State state, @Nullable String code, Consumer<Wish> deviation)
            throws Exception {
        Wish wish = new Wish();
        deviation.accept(wish);
        Issued issued = authority.issue(wish);
        all.put(name, new Pitfall(signedWith(issued).in(Container.WEBP), state, code));
    }

    private void certificates(Instant now) throws Exception {
        String invalid = "signingCredential.invalid";
        certificate("leaf-without-authority-key", INVALID, invalid, wish -> wish.authorityKey = false);
        certificate("leaf-without-usage", INVALID, invalid, wish -> wish.usages = List.of());
        certificate("leaf-for-any-usage", INVALID, invalid, wish -> wish.usages = List.of(ANY_USAGE));
        certificate("leaf-is-authority", INVALID, invalid, wish -> wish.authority = true);
        certificate("leaf-not-for-signatures", INVALID, invalid, wish -> wish.keyUsage = KeyUsage.keyEncipherment);
        certificate("leaf-expired", INVALID, "signingCredential.expired", wish -> wish.notAfter = now.minusSeconds(60));
        certificate(
                "leaf-for-claims-only", TRUSTED, null, wish -> wish.usages = List.of(CertificateProfile.CLAIM_SIGNING));
        certificate("leaf-without-organisation", TRUSTED, null, wish -> wish.subject = "CN=Signer");
        certificate("leaf-self-signed", VALID, "signingCredential.untrusted", wish -> wish.selfSigned = true);
        Wish brief = new Wish();
        brief.notAfter = now.minusSeconds(60);
        TestManifest stamped = signedWith(authority.issue(brief));
        stamped.unprotected = authority.stamping(now.minusSeconds(3600));
        all.put("leaf-expired-after-time-stamp", new Pitfall(stamped.in(Container.WEBP), TRUSTED, null));
        TestManifest late = signedWith(authority.issue(brief));
        late.unprotected = authority.stamping(now.minusSeconds(30));
        all.put("time-stamp-after-expiry", new Pitfall(late.in(Container.WEBP), INVALID, "signingCredential.expired"));
    }

    private void ingredients() {
        TestManifest old = manifest();
        old.label = "urn:c2pa:11111111-8a1c-4c38-9f0e-0d7f7c1f2a22";
        byte[] manifest = old.manifest("c2pa.hash.data", Container.PNG.binding(Samples.picture(Container.PNG), 0, 0));
        add("embedded-parent", TRUSTED, null, child -> {
            child.before.add(manifest);
            child.opening(old.asParent(manifest, results()));
        });
        add("parent-without-results", INVALID, "assertion.ingredient.malformed", child -> {
            child.before.add(manifest);
            CborMap ingredient = old.asParent(manifest, results());
            ingredient.fields().remove("validationResults");
            child.opening(ingredient);
        });
        add("parent-of-other-hash", INVALID, "ingredient.manifest.mismatch", child -> {
            child.before.add(manifest);
            child.opening(old.asParent(manifest, results())
                    .with("activeManifest", TestManifest.hashed("self#jumbf=/c2pa/" + old.label, new byte[9])));
        });
        add("parent-missing", INVALID, "ingredient.manifest.missing", child -> {
            child.opening(old.asParent(manifest, results()));
        });
        byte[] broken = flippedSignature(manifest);
        add("broken-parent-unknown", INVALID, "claimSignature.mismatch", child -> {
            child.before.add(broken);
            child.opening(old.asParent(broken, results()));
        });
        add("broken-parent-known", TRUSTED, null, child -> {
            child.before.add(broken);
            child.opening(old.asParent(
                    broken,
                    results(new CborMap()
                            .with("code", "claimSignature.mismatch")
                            .with("url", "self#jumbf=/c2pa/" + old.label + "/c2pa.signature"))));
        });
        redactions();
        updates(old, manifest);
        add("ingredient-with-source-type", TRUSTED, null, child -> {
            child.opening(parent().with("digitalSourceType", GENERATED));
        });
        add("two-parents", INVALID, "manifest.multipleParents", child -> {
            child.with("c2pa.ingredient.v3__1", parent());
            child.opening(parent());
        });
    }

    private void redactions() {
        TestManifest whole = manifest();
        whole.label = "urn:c2pa:22222222-8a1c-4c38-9f0e-0d7f7c1f2a33";
        whole.with("org.example.secret", new CborMap().with("name", "A. Person"));
        byte[] before = whole.manifest("c2pa.hash.data", new CborMap().with("hash", new byte[32]));
        byte[] after = without(before, "org.example.secret");
        String secret = "self#jumbf=/c2pa/" + whole.label + "/c2pa.assertions/org.example.secret";
        for (boolean told : new boolean[] {true, false}) {
            add(
                    told ? "parent-redacted" : "parent-robbed",
                    told ? TRUSTED : INVALID,
                    told ? null : "assertion.missing",
                    child -> {
                        child.before.add(after);
                        child.opening(whole.asParent(before, results()));
                        CborMap opened = (CborMap) Objects.requireNonNull(child.actions)
                                .list("actions")
                                .get(0);
                        if (told) {
                            child.actions = TestManifest.actions(
                                    opened,
                                    action("c2pa.redacted")
                                            .with("reason", "c2pa.PII.present")
                                            .with("parameters", new CborMap().with("redacted", secret)));
                            child.claim = claim -> claim.with("redacted_assertions", List.of(secret));
                        }
                    });
        }
    }

    /** The manifest with one of its assertions taken out. */
    private static byte[] without(byte[] manifest, String assertion) {
        Jumbf.Box box = Jumbf.parse(manifest);
        byte[][] parts = box.children().stream()
                .map(part -> part.kind().equals(Jumbf.ASSERTIONS)
                        ? Jumbf.superbox(
                                part.kind(),
                                part.label(),
                                part.children().stream()
                                        .filter(child -> !child.label().equals(assertion))
                                        .map(Jumbf.Box::copy)
                                        .toArray(byte[][]::new))
                        : part.copy())
                .toArray(byte[][]::new);
        return Jumbf.superbox(box.kind(), box.label(), parts);
    }

    /** An update that says to know that its parent is bound to nothing. */
    private void updates(TestManifest old, byte[] manifest) {
        byte[] unbound = unbound();
        add("update-of-what-is-bound-to-nothing", INVALID, "claim.hardBindings.missing", update -> {
            update.kind = Jumbf.UPDATE_MANIFEST;
            update.bound = false;
            update.before.add(unbound);
            update.opening(old.asParent(
                    unbound,
                    results(new CborMap()
                            .with("code", "claim.hardBindings.missing")
                            .with("url", "self#jumbf=/c2pa/" + old.label + "/c2pa.claim.v2"))));
        });
        add("update-without-parent", INVALID, "manifest.update.wrongParents", update -> {
            update.kind = Jumbf.UPDATE_MANIFEST;
            update.bound = false;
        });
        add("update-of-another-picture", INVALID, "assertion.dataHash.mismatch", update -> {
            update.kind = Jumbf.UPDATE_MANIFEST;
            update.bound = false;
            update.before.add(manifest);
            update.opening(old.asParent(manifest, results()));
        });
    }

    private byte[] unbound() {
        TestManifest unbound = manifest();
        unbound.label = "urn:c2pa:11111111-8a1c-4c38-9f0e-0d7f7c1f2a22";
        unbound.bound = false;
        return unbound.manifest("c2pa.hash.data", new CborMap());
    }

    private static byte[] flippedSignature(byte[] manifest) {
        byte[] changed = manifest.clone();
        changed[changed.length - 1] ^= 1;
        return changed;
    }
}
