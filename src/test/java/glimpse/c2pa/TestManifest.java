package glimpse.c2pa;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A manifest that is valid until something in it is made otherwise. Written apart from what the server signs with. */
final class TestManifest {
    static final String LABEL = "urn:c2pa:6b8f6d3a-8a1c-4c38-9f0e-0d7f7c1f2a11";
    private static final String GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    String label = LABEL;
    String kind = Jumbf.MANIFEST;
    PrivateKey key;
    List<X509Certificate> chain;
    final List<byte[]> before = new ArrayList<>();
    final Map<String, byte[]> assertions = new LinkedHashMap<>();
    final List<String> undeclared = new ArrayList<>();

    @Nullable
    CborMap actions;

    boolean bound = true;
    boolean tagged = true;
    boolean derSignature;
    boolean protectedChain = true;
    String algorithmName = "SHA256withECDSA";
    int algorithm = CoseSign1.ES256;
    String claimLabel = "c2pa.claim.v2";
    final CborMap header = new CborMap();
    Unprotected unprotected = (protectedHeader, claim, signature) -> new CborMap();
    Consumer<CborMap> binding = map -> {};
    Consumer<CborMap> claim = map -> {};
    UnaryOperator<byte[]> store = UnaryOperator.identity();

    @Nullable
    Binder binder;

    int excludedBefore;
    int excludedAfter;

    /** Binds another way than the container does. */
    interface Binder {
        CborMap of(byte[] embedded, int start, int length);
    }

    String bindingLabel = "";

    /** Makes the unprotected header, in which time-stamps go. */
    interface Unprotected {
        CborMap of(byte[] protectedHeader, byte[] claim, byte[] signature);
    }

    TestManifest(SigningIdentity identity) {
        this(identity.keys().key(), List.of(identity.keys().certificate()));
    }

    TestManifest(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
        this.actions = actions(action("c2pa.created").with("digitalSourceType", GENERATED));
    }

    static CborMap action(String name) {
        return new CborMap().with("action", name);
    }

    static CborMap actions(CborMap... actions) {
        return new CborMap().with("actions", List.of(actions)).with("allActionsIncluded", true);
    }

    TestManifest with(String assertion, CborMap content) {
        assertions.put(assertion, Jumbf.cborBox(Jumbf.CBOR, assertion, content));
        return this;
    }

    /** A reference to an assertion that has been added. */
    CborMap reference(String assertion) {
        return hashed("self#jumbf=c2pa.assertions/" + assertion, Objects.requireNonNull(assertions.get(assertion)));
    }

    static CborMap hashed(String url, byte[] box) {
        return new CborMap().with("url", url).with("hash", Digests.sha256(Arrays.copyOfRange(box, 8, box.length)));
    }

    /** A parent without a manifest, and that it was opened. */
    TestManifest opening(CborMap ingredient) {
        with("c2pa.ingredient.v3", ingredient);
        CborMap parameters = new CborMap().with("ingredients", List.of(reference("c2pa.ingredient.v3")));
        actions = actions(action("c2pa.opened").with("parameters", parameters));
        return this;
    }

    byte[] manifest(String bindingLabel, CborMap bindingContent) {
        Map<String, byte[]> boxes = new LinkedHashMap<>(assertions);
        if (actions != null) {
            boxes.put("c2pa.actions.v2", Jumbf.cborBox(Jumbf.CBOR, "c2pa.actions.v2", actions));
        }
        if (bound) {
            boxes.put(bindingLabel, Jumbf.cborBox(Jumbf.CBOR, bindingLabel, bindingContent));
        }
        List<CborMap> declared = new ArrayList<>();
        boxes.forEach((name, box) -> {
            if (!undeclared.contains(name)) {
                declared.add(hashed("self#jumbf=c2pa.assertions/" + name, box));
            }
        });
        CborMap content = new CborMap()
                .with("alg", "sha256")
                .with("instanceID", "xmp:iid:0d7f7c1f-8a1c-4c38-9f0e-6b8f6d3a2a11")
                .with("signature", "self#jumbf=/c2pa/" + label + "/c2pa.signature")
                .with("claim_generator_info", new CborMap().with("name", "Test").with("specVersion", "2.4.0"))
                .with("created_assertions", declared);
        claim.accept(content);
        byte[] encoded = Cbor.encode(content);
        Object encodedChain = chain.size() == 1
                ? SigningIdentity.encoded(chain.get(0))
                : chain.stream().map(SigningIdentity::encoded).toList();
        header.with(CoseSign1.ALGORITHM, algorithm).with(CoseSign1.CHAIN, protectedChain ? encodedChain : null);
        byte[] protectedHeader = Cbor.encode(header);
        byte[] signature = sign(CoseSign1.structure("Signature1", protectedHeader, encoded));
        CborMap outside = unprotected.of(protectedHeader, encoded, signature);
        if (!protectedChain) {
            outside.with(CoseSign1.CHAIN, encodedChain);
        }
        List<Object> parts = List.of(protectedHeader, outside, Cbor.NULL, signature);
        return Jumbf.superbox(
                kind,
                label,
                Jumbf.superbox(
                        Jumbf.ASSERTIONS, "c2pa.assertions", boxes.values().toArray(byte[][]::new)),
                Jumbf.superbox(Jumbf.CLAIM, claimLabel, Jumbf.box("cbor", encoded)),
                Jumbf.cborBox(Jumbf.SIGNATURE, "c2pa.signature", tagged ? new Cbor.Tag(CoseSign1.TAG, parts) : parts));
    }

    private byte[] store(String bindingLabel, CborMap bindingContent) {
        binding.accept(bindingContent);
        List<byte[]> manifests = new ArrayList<>(before);
        manifests.add(manifest(bindingLabel, bindingContent));
        return store.apply(Jumbf.superbox(Jumbf.STORE, "c2pa", manifests.toArray(byte[][]::new)));
    }

    private byte[] sign(byte[] bytes) {
        boolean elliptic = algorithmName.endsWith("ECDSA");
        try {
            Signature signer =
                    Signature.getInstance(elliptic && !derSignature ? algorithmName + "inP1363Format" : algorithmName);
            signer.initSign(key);
            signer.update(bytes);
            byte[] signature = signer.sign();
            return derSignature ? Arrays.copyOf(signature, 64) : signature;
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    byte[] in(Container container) {
        return in(container, Samples.picture(container));
    }

    /** The picture with this manifest, bound to it. */
    byte[] in(Container container, byte[] picture) {
        int start = container.start(picture);
        byte[] built = new byte[0];
        for (int round = 0; round < 60; round++) {
            byte[] embedded = container.embed(picture, built);
            int from = start - excludedBefore;
            int until = Math.min(
                    embedded.length, start + container.excluded(container.around(built), built) + excludedAfter);
            int length = Math.max(0, until - from);
            CborMap content =
                    binder == null ? container.binding(embedded, from, length) : binder.of(embedded, from, length);
            byte[] next = store(bindingLabel.isEmpty() ? container.binding() : bindingLabel, content);
            if (next.length == built.length) {
                return container.embed(picture, next);
            }
            built = next;
        }
        throw new IllegalStateException("does not settle");
    }

    /** Of this manifest, for the one that has it as an ingredient. */
    CborMap asParent(byte[] manifest, CborMap results) {
        byte[] signature = signatureBox(manifest);
        return new CborMap()
                .with("relationship", "parentOf")
                .with("dc:title", "parent")
                .with("dc:format", "image/webp")
                .with("activeManifest", hashed("self#jumbf=/c2pa/" + label, manifest))
                .with("claimSignature", hashed("self#jumbf=/c2pa/" + label + "/c2pa.signature", signature))
                .with("validationResults", results);
    }

    private static byte[] signatureBox(byte[] manifest) {
        byte[] store = Jumbf.superbox(Jumbf.STORE, "c2pa", manifest);
        Jumbf.Box box = Jumbf.parse(store).children().get(0).child("c2pa.signature");
        return Objects.requireNonNull(box).copy();
    }

    static CborMap results(CborMap... failures) {
        return new CborMap()
                .with(
                        "activeManifest",
                        new CborMap()
                                .with("success", List.of())
                                .with("informational", List.of())
                                .with("failure", List.of(failures)));
    }
}
