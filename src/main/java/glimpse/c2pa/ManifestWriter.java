package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import glimpse.c2pa.ClaimData.Generation;
import glimpse.c2pa.ClaimData.Parent;
import glimpse.c2pa.ValidationReport.Finding;
import glimpse.c2pa.ValidationReport.State;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the manifest store of one picture (C2PA 2.4): the same bytes each time but for the signature. */
final class ManifestWriter {
    private static final String GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    private static final String ALTERED = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced";
    private static final String INGREDIENT = "c2pa.ingredient.v3";
    private static final int LONGEST_PROMPT = 1_200; // bytes: every variant carries it
    private static final int LONGEST_NAME = 50; // characters
    private static final int LARGEST_PARENT = 64 << 10; // bytes
    private static final byte[] UNSIGNED = new byte[64];

    private final SigningIdentity.Keys keys;
    private final String label;
    private final String instance;
    private final String version;
    private final CborMap claimFields;
    private final List<byte[]> parents = new ArrayList<>();
    private final List<byte[]> assertions = new ArrayList<>();
    private final List<CborMap> created = new ArrayList<>();
    private final List<CborMap> gathered = new ArrayList<>();
    private final Cbor.Tag when;
    private int ingredients;

    ManifestWriter(SigningIdentity.Keys keys, ClaimData claim, Instant now, Supplier<String> ids, String version) {
        this.keys = keys;
        this.label = "urn:c2pa:" + uuid(ids.get());
        this.instance = "xmp:iid:" + uuid(ids.get());
        this.version = version;
        this.when = new Cbor.Tag(0, now.truncatedTo(ChronoUnit.SECONDS).toString());
        this.claimFields = new CborMap().with("dc:title", claim.title());
        Parent parent = claim.parent();
        List<CborMap> inputs = inputs(claim.generation());
        List<CborMap> actions = parent == null ? creation(inputs) : opening(parentOf(parent, claim.embedsParent()));
        if (claim.edit() == ClaimData.Edit.CROPPED) {
            actions.add(action("c2pa.cropped").with("digitalSourceType", ALTERED));
        }
        if (claim.edit() != ClaimData.Edit.NONE) {
            actions.add(action("c2pa.resized.proportional"));
        }
        actions.add(action("c2pa.published"));
        created.add(assertion(
                "c2pa.actions.v2", new CborMap().with("actions", actions).with("allActionsIncluded", true)));
    }

    // The specification wants random ones; what makes ids here counts time.
    private static UUID uuid(String id) {
        ByteBuffer hash = ByteBuffer.wrap(Digests.sha256(id.getBytes(UTF_8)));
        return new UUID(
                (hash.getLong() & ~0xF000L) | 0x4000L,
                (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    String label() {
        return label;
    }

    boolean embedsParent() {
        return !parents.isEmpty();
    }

    /** How long {@link #store} will be with this binding, whatever its hash. */
    int length(String bindingLabel, CborMap binding) {
        return store(bindingLabel, binding, claim -> UNSIGNED).length;
    }

    /** The store, signed. */
    byte[] store(String bindingLabel, CborMap binding) {
        return store(bindingLabel, binding, claim -> SigningIdentity.sign(keys, claim));
    }

    private interface Signature {
        byte[] over(byte[] structure);
    }

    private byte[] store(String bindingLabel, CborMap binding, Signature signature) {
        byte[] bound = Jumbf.cborBox(Jumbf.CBOR, bindingLabel, binding);
        List<CborMap> declared = new ArrayList<>(created);
        declared.add(reference(bindingLabel, bound));
        CborMap claim = new CborMap()
                .with("alg", Digests.SHA_256)
                .with("instanceID", instance)
                .with("signature", "self#jumbf=/c2pa/" + label + "/c2pa.signature")
                .with(
                        "claim_generator_info",
                        new CborMap()
                                .with("name", "Glimpse")
                                .with("version", version)
                                .with("specVersion", "2.4.0"))
                .with("created_assertions", declared)
                .with("gathered_assertions", gathered.isEmpty() ? null : gathered);
        claimFields.fields().forEach(claim::with);
        byte[] encoded = Cbor.encode(claim);
        byte[] header = Cbor.encode(new CborMap()
                .with(CoseSign1.ALGORITHM, CoseSign1.ES256)
                .with(CoseSign1.CHAIN, SigningIdentity.encoded(keys.certificate())));
        byte[] signed = signature.over(CoseSign1.structure("Signature1", header, encoded));
        Object cose = new Cbor.Tag(CoseSign1.TAG, List.of(header, new CborMap(), Cbor.NULL, signed));
        byte[][] children = Stream.concat(assertions.stream(), Stream.of(bound)).toArray(byte[][]::new);
        byte[] manifest = Jumbf.superbox(
                Jumbf.MANIFEST,
                label,
                Jumbf.superbox(Jumbf.ASSERTIONS, "c2pa.assertions", children),
                Jumbf.superbox(Jumbf.CLAIM, "c2pa.claim.v2", Jumbf.box("cbor", encoded)),
                Jumbf.cborBox(Jumbf.SIGNATURE, "c2pa.signature", cose));
        byte[][] manifests =
                Stream.concat(parents.stream(), Stream.of(manifest)).toArray(byte[][]::new);
        return Jumbf.superbox(Jumbf.STORE, "c2pa", manifests);
    }

    // What the agent declares is gathered: not said in the signer's own name (C2PA 2.2, section 10.2.2).
    private List<CborMap> inputs(@Nullable Generation generation) {
        List<CborMap> inputs = new ArrayList<>();
        if (generation == null) {
            return inputs;
        }
        String prompt = generation.prompt();
        if (prompt != null) {
            inputs.add(prompt(cut(prompt)));
        }
        String model = name(generation.model());
        if (model != null) {
            String provider = name(generation.provider());
            CborMap ingredient = ingredient("inputTo", provider == null ? model : provider + ": " + model)
                    .with(
                            "dataTypes",
                            List.of(
                                    type("c2pa.types.generator", null),
                                    type("c2pa.types.model", name(generation.modelVersion()))));
            inputs.add(gather(nextIngredient(), ingredient));
            gather(
                    "c2pa.ai-disclosure",
                    new CborMap().with("modelType", "c2pa.types.model").with("modelName", model));
        }
        return inputs;
    }

    /** A prompt that is too long ends in an ellipsis. */
    private static byte[] cut(String prompt) {
        byte[] whole = prompt.getBytes(UTF_8);
        if (whole.length <= LONGEST_PROMPT) {
            return whole;
        }
        byte[] ellipsis = "…".getBytes(UTF_8);
        int end = LONGEST_PROMPT - ellipsis.length;
        while ((whole[end] & 0xC0) == 0x80) { // within a character
            end--;
        }
        byte[] cut = Arrays.copyOf(whole, end + ellipsis.length);
        System.arraycopy(ellipsis, 0, cut, end, ellipsis.length);
        return cut;
    }

    private static @Nullable String name(@Nullable String name) {
        return name == null || name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
    }

    private CborMap prompt(byte[] prompt) {
        String data = "c2pa.embedded-data";
        byte[] box = Jumbf.superbox(
                Jumbf.EMBEDDED_FILE,
                data,
                Jumbf.box("bfdb", "\0text/plain\0".getBytes(ISO_8859_1)),
                Jumbf.box("bidb", prompt));
        assertions.add(box);
        CborMap reference = reference(data, box);
        gathered.add(reference);
        return gather(
                nextIngredient(),
                ingredient("inputTo", "prompt")
                        .with("dc:format", "text/plain")
                        .with("data", reference)
                        .with("dataTypes", List.of(type("c2pa.types.generator.prompt", null))));
    }

    private static CborMap type(String type, @Nullable String version) {
        return new CborMap().with("type", type).with("version", version);
    }

    private static CborMap ingredient(String relationship, String title) {
        return new CborMap().with("relationship", relationship).with("dc:title", title);
    }

    private String nextIngredient() {
        ingredients++;
        return ingredients == 1 ? INGREDIENT : INGREDIENT + "__" + (ingredients - 1);
    }

    private List<CborMap> creation(List<CborMap> inputs) {
        CborMap creation = action("c2pa.created").with("digitalSourceType", GENERATED);
        if (!inputs.isEmpty()) {
            creation.with("parameters", new CborMap().with("ingredients", inputs));
        }
        return new ArrayList<>(List.of(creation, action("c2pa.converted")));
    }

    private List<CborMap> opening(CborMap parent) {
        CborMap parameters = new CborMap().with("ingredients", List.of(parent));
        return new ArrayList<>(List.of(
                action("c2pa.opened").with("parameters", parameters),
                action("c2pa.transcoded").with("parameters", parameters)));
    }

    private CborMap action(String name) {
        return new CborMap().with("action", name).with("when", when);
    }

    /**
     * An embedded parent is validated anew with the variant. One without a time-stamp would take the variant with it
     * when its certificate expires, so it is only named, with a link to what was found when it came in.
     */
    private CborMap parentOf(Parent parent, boolean embed) {
        CborMap ingredient = ingredient("parentOf", parent.title()).with("dc:format", parent.format());
        State state = parent.validation().report().state();
        byte[] store = parent.validation().store();
        if (embed
                && parent.validation().durable()
                && (state == State.VALID || state == State.TRUSTED)
                && store != null
                && store.length <= LARGEST_PARENT) {
            embed(ingredient, parent.validation().report(), store);
        } else {
            ingredient.with("informationalURI", parent.informationUrl());
        }
        CborMap reference = assertion(nextIngredient(), ingredient);
        created.add(reference);
        return reference;
    }

    private void embed(CborMap ingredient, ValidationReport report, byte[] store) {
        List<Jumbf.Box> manifests = Jumbf.parse(store).children();
        Jumbf.Box active = manifests.get(manifests.size() - 1);
        Jumbf.Box signature = active.child("c2pa.signature");
        String url = "self#jumbf=/c2pa/" + active.label();
        if (signature == null) {
            throw new IllegalStateException("a valid manifest without a signature");
        }
        manifests.forEach(manifest -> parents.add(manifest.copy()));
        ingredient
                .with("activeManifest", hashed(url, active.digest(Digests.SHA_256)))
                .with("claimSignature", hashed(url + "/c2pa.signature", signature.digest(Digests.SHA_256)))
                .with(
                        "validationResults",
                        new CborMap()
                                .with(
                                        "activeManifest",
                                        new CborMap()
                                                .with("success", results(report.success()))
                                                .with("informational", results(report.informational()))
                                                .with("failure", results(report.failure()))));
    }

    private static List<CborMap> results(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new CborMap().with("code", finding.code()).with("url", finding.url()))
                .toList();
    }

    private CborMap gather(String name, CborMap content) {
        CborMap reference = assertion(name, content);
        gathered.add(reference);
        return reference;
    }

    private CborMap assertion(String name, CborMap content) {
        byte[] box = Jumbf.cborBox(Jumbf.CBOR, name, content);
        assertions.add(box);
        return reference(name, box);
    }

    // Hashed are a box's description and content, without length and type (C2PA 2.2, section 8.4.2.3).
    private static CborMap reference(String name, byte[] box) {
        return hashed("self#jumbf=c2pa.assertions/" + name, Digests.sha256(Arrays.copyOfRange(box, 8, box.length)));
    }

    private static CborMap hashed(String url, byte[] hash) {
        return new CborMap().with("url", url).with("hash", hash);
    }
}
