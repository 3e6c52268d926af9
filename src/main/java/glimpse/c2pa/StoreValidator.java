package glimpse.c2pa;

import glimpse.c2pa.HardBinding.Outcome;
import glimpse.c2pa.Manifest.HashedUri;
import glimpse.c2pa.ValidationReport.Finding;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Validates the last manifest of a store, and those of its ingredients as deep as they go, each once. */
final class StoreValidator {
    private static final int MOST_MANIFESTS = 64;
    private static final int MOST_INGREDIENTS = 1_000;
    private static final int MOST_INHERITED = 200;
    private static final Set<String> RELATIONSHIPS = Set.of("parentOf", "componentOf", "inputTo");
    private static final String[] INGREDIENTS = {"c2pa.ingredient", "c2pa.ingredient.v2", "c2pa.ingredient.v3"};
    private static final String INGREDIENT_MALFORMED = "assertion.ingredient.malformed";

    private final Asset asset;
    private final Found.Store place;
    private final Map<String, Jumbf.Box> manifests = new LinkedHashMap<>();
    private final Map<String, Jumbf.Box> compressed = new HashMap<>();
    private final SignatureCheck signatures;
    private final Map<String, Checked> checked = new LinkedHashMap<>();

    StoreValidator(Asset asset, Found.Store place, TrustAnchors anchors, Instant now) {
        this.asset = asset;
        this.place = place;
        this.signatures = new SignatureCheck(anchors, now);
        Jumbf.Box store = Jumbf.parse(place.bytes());
        if (!store.kind().equals(Jumbf.STORE) || !store.label().equals("c2pa")) {
            throw new MalformedException("no manifest store");
        }
        if (store.children().isEmpty() || store.children().size() > MOST_MANIFESTS) {
            throw new MalformedException("no manifest, or too many");
        }
        Set<String> kinds = Set.of(Jumbf.MANIFEST, Jumbf.UPDATE_MANIFEST, Jumbf.COMPRESSED_MANIFEST);
        if (!store.children().stream().allMatch(manifest -> kinds.contains(manifest.kind()))) {
            throw new MalformedException("a box that is no manifest");
        }
        int left = Found.LONGEST_STORE;
        for (Jumbf.Box box : store.children()) {
            Jumbf.Box opened = box.kind().equals(Jumbf.COMPRESSED_MANIFEST) ? opened(box, left) : box;
            left -= opened == box ? 0 : opened.end();
            manifests.put(box.label(), opened);
        }
    }

    private Jumbf.Box opened(Jumbf.Box box, int most) {
        compressed.put(box.label(), box);
        try {
            return CompressedManifest.open(box, most);
        } catch (MalformedException malformed) {
            return box; // told when it is its turn
        }
    }

    /** The active manifest, validated. */
    Checked active() {
        Jumbf.Box last = List.copyOf(manifests.values()).get(manifests.size() - 1);
        Checked active = check(last, new TreeSet<>());
        compare(active);
        manifests.keySet().stream()
                .filter(label -> !checked.containsKey(label))
                .forEach(label -> active.findings().inform("manifest.unreferenced", "self#jumbf=/c2pa/" + label, null));
        return active;
    }

    /** Whether all manifests that were looked at can go into another store, and stay valid there. */
    boolean durable() {
        return compressed.isEmpty() && checked.values().stream().allMatch(Checked::durable);
    }

    private Checked check(Jumbf.Box box, NavigableSet<String> redacted) {
        Checked result = new Checked(box.label());
        checked.put(box.label(), result);
        Findings findings = result.findings();
        Manifest manifest;
        try {
            manifest = Manifest.of(box);
        } catch (Manifest.Broken broken) {
            findings.fail(broken.code(), "self#jumbf=/c2pa/" + box.label(), broken.getMessage());
            return result;
        } catch (MalformedException malformed) {
            findings.fail("claim.malformed", "self#jumbf=/c2pa/" + box.label(), malformed.getMessage());
            return result;
        }
        result.manifest(manifest);
        result.signer(signatures.check(manifest, findings));
        if (!assertions(manifest, findings, redacted)) {
            return result; // what it says can't be read
        }
        Map<String, String> relationships = ingredients(manifest, result, redacted);
        if (manifest.version() == 2) {
            ActionRules.check(manifest, findings, relationships);
        }
        bindings(manifest, findings);
        return result;
    }

    /** Whether all assertions are there, as they were claimed, and can be read. */
    private boolean assertions(Manifest manifest, Findings findings, Set<String> redacted) {
        Set<String> declared = new HashSet<>();
        boolean readable = true;
        for (HashedUri uri : manifest.declared()) {
            Jumbf.Box box = find(uri.path());
            if (!uri.path().equals(manifest.assertionPath(uri.label()))) {
                findings.fail("assertion.outsideManifest", uri.url(), null);
            } else if (!declared.add(uri.label())) {
                findings.fail("claim.malformed", uri.url(), "an assertion is declared twice");
            } else if (redacted.contains(uri.path())) {
                findings.inform("assertion.redacted", uri.url(), null);
            } else if (box == null) {
                findings.fail("assertion.missing", uri.url(), null);
            } else if (!matches(box, uri)) {
                findings.fail("assertion.hashedURI.mismatch", uri.url(), null);
            } else {
                findings.succeed("assertion.hashedURI.match", uri.url());
            }
            readable &= box == null || redacted.contains(uri.path()) || readable(manifest, box, uri, findings);
        }
        for (Jumbf.Box box : manifest.assertions()) {
            if (!declared.contains(box.label())) {
                findings.fail("assertion.undeclared", "self#jumbf=" + manifest.assertionPath(box.label()), null);
            }
        }
        return readable;
    }

    private static boolean readable(Manifest manifest, Jumbf.Box box, HashedUri uri, Findings findings) {
        try {
            if (box.kind().equals(Jumbf.CBOR)) {
                CborReader.read(box.onlyContent("cbor").payload());
                String base = Manifest.baseLabel(box.label());
                if (HardBinding.LABELS.contains(base)
                        || List.of(INGREDIENTS).contains(base)
                        || List.of(ActionRules.LABELS).contains(base)) {
                    manifest.content(box);
                }
            }
            return true;
        } catch (MalformedException malformed) {
            findings.fail("assertion.cbor.invalid", uri.url(), malformed.getMessage());
            return false;
        }
    }

    private static boolean matches(Jumbf.Box box, HashedUri uri) {
        try {
            return MessageDigest.isEqual(box.digest(uri.algorithm()), uri.hash());
        } catch (MalformedException unknownAlgorithm) {
            return false;
        }
    }

    /** From the root of the store down, or null. */
    private Jumbf.@Nullable Box find(String path) {
        String[] labels = path.split("/", -1);
        if (labels.length < 3 || !labels[0].isEmpty() || !labels[1].equals("c2pa")) {
            return null;
        }
        Jumbf.Box box = manifests.get(labels[2]);
        for (int i = 3; i < labels.length && box != null; i++) {
            box = box.child(labels[i]);
        }
        return box;
    }

    /** Returns the relationship of each by the path of its assertion. */
    private Map<String, String> ingredients(Manifest manifest, Checked result, NavigableSet<String> redacted) {
        Findings findings = result.findings();
        Map<String, String> relationships = new HashMap<>();
        NavigableSet<String> further = redactions(manifest, redacted);
        List<Jumbf.Box> assertions = manifest.declared(INGREDIENTS);
        if (assertions.size() > MOST_INGREDIENTS) {
            findings.fail(INGREDIENT_MALFORMED, manifest.url(), "too many ingredients");
            return relationships;
        }
        for (Jumbf.Box assertion : assertions) {
            String path = manifest.assertionPath(assertion.label());
            CborMap ingredient = manifest.content(assertion);
            String relationship = ingredient.text("relationship");
            if (relationship == null || !RELATIONSHIPS.contains(relationship)) {
                findings.fail(INGREDIENT_MALFORMED, "self#jumbf=" + path, "no relationship");
            } else {
                relationships.put(path, relationship);
            }
            result.ingredients().add(ingredient(manifest, result, path, ingredient, further));
        }
        long parents =
                relationships.values().stream().filter("parentOf"::equals).count();
        if (parents > 1) {
            findings.fail("manifest.multipleParents", manifest.url(manifest.claimBox()), null);
        }
        if (manifest.isUpdate() && parents != 1) {
            findings.fail("manifest.update.wrongParents", manifest.url(manifest.claimBox()), null);
        }
        return relationships;
    }

    private static NavigableSet<String> redactions(Manifest manifest, NavigableSet<String> above) {
        NavigableSet<String> all = new TreeSet<>(above);
        for (Object redaction : manifest.claim().list("redacted_assertions")) {
            String path = redaction instanceof String url ? manifest.path(url) : "";
            if (!path.startsWith(manifest.path() + "/")) { // nobody redacts their own
                all.add(path);
            }
        }
        return all;
    }

    private Checked.Used ingredient(
            Manifest manifest, Checked result, String path, CborMap ingredient, NavigableSet<String> redacted) {
        Findings findings = result.findings();
        String url = "self#jumbf=" + path;
        for (String field : List.of("data", "thumbnail")) {
            HashedUri uri = manifest.uri(ingredient.map(field));
            Jumbf.Box box = uri == null ? null : find(uri.path());
            if (uri != null && box != null && !matches(box, uri)) {
                findings.fail("hashedURI.mismatch", uri.url(), null);
            }
        }
        boolean newest = Manifest.baseLabel(path).endsWith(".v3");
        CborMap reference = ingredient.map(newest ? "activeManifest" : "c2pa_manifest");
        if (reference == null) {
            findings.inform("ingredient.unknownProvenance", url, null);
            return new Checked.Used(ingredient, null, false);
        }
        HashedUri uri = manifest.uri(reference);
        if (uri == null || (newest && ingredient.map("validationResults") == null)) {
            findings.fail(INGREDIENT_MALFORMED, url, "a manifest without the results of its validation");
            return new Checked.Used(ingredient, null, false);
        }
        Jumbf.Box box = find(uri.path());
        if (box == null || !manifests.containsValue(box)) {
            findings.fail("ingredient.manifest.missing", url, null);
            return new Checked.Used(ingredient, null, false);
        }
        String within = uri.path() + "/";
        String next = redacted.ceiling(within); // there can be thousands for each of thousands of ingredients
        boolean changed = next != null && next.startsWith(within);
        Jumbf.Box asStored = compressed.getOrDefault(box.label(), box);
        if (!changed && !matches(box, uri) && !matches(asStored, uri)) {
            findings.fail("ingredient.manifest.mismatch", url, null);
        } else {
            findings.succeed("ingredient.manifest.validated", url);
        }
        claimSignature(manifest.uri(ingredient.map("claimSignature")), changed && newest, url, findings);
        Checked known = checked.get(box.label());
        Checked of = known == null ? check(box, redacted) : known;
        inherit(result, of, Recorded.in(ingredient, of.label()));
        return new Checked.Used(ingredient, of, known == null);
    }

    // A manifest of which something was redacted is told by its signature instead of by itself.
    private void claimSignature(@Nullable HashedUri uri, boolean needed, String url, Findings findings) {
        Jumbf.Box box = uri == null ? null : find(uri.path());
        if (uri == null || box == null) {
            if (needed || uri != null) {
                findings.fail("ingredient.claimSignature.missing", url, null);
            }
        } else if (!matches(box, uri)) {
            findings.fail("ingredient.claimSignature.mismatch", url, null);
        } else {
            findings.succeed("ingredient.claimSignature.validated", url);
        }
    }

    private static void inherit(Checked result, Checked ingredient, Set<Finding> recorded) {
        for (Finding failure : ingredient.failures()) {
            if (result.inherited().size() == MOST_INHERITED) {
                return;
            }
            boolean known = recorded.contains(new Finding(failure.code(), failure.url(), null));
            if (!known && !failure.code().equals(Finding.UNTRUSTED)) {
                result.inherited().add(failure);
            }
        }
    }

    private static void bindings(Manifest manifest, Findings findings) {
        List<Jumbf.Box> bindings = hardBindings(manifest);
        String url = manifest.url(manifest.claimBox());
        if (manifest.isUpdate()) {
            if (!bindings.isEmpty()) {
                findings.fail("manifest.update.invalid", url, "an update binds nothing");
            }
        } else if (bindings.isEmpty()) {
            findings.fail("claim.hardBindings.missing", url, null);
        } else if (bindings.size() > 1) {
            findings.fail("assertion.multipleHardBindings", url, null);
        }
    }

    private static List<Jumbf.Box> hardBindings(Manifest manifest) {
        return manifest.declared(HardBinding.LABELS.toArray(String[]::new));
    }

    /** Compares the picture; an update manifest leaves that to its parent. */
    private void compare(Checked active) {
        Manifest manifest = active.manifest();
        Set<String> seen = new HashSet<>();
        while (manifest != null && manifest.isUpdate() && seen.add(manifest.label())) {
            manifest = parent(manifest);
        }
        List<Jumbf.Box> bindings = manifest == null || manifest.isUpdate() ? List.of() : readableBindings(manifest);
        if (manifest == null || bindings.size() != 1) {
            // Told already, unless an update says that it knew: nothing may be valid that is bound to no picture.
            active.findings().fail("claim.hardBindings.missing", "self#jumbf=/c2pa/" + active.label(), null);
            return;
        }
        Jumbf.Box box = bindings.get(0);
        String url = "self#jumbf=" + manifest.assertionPath(box.label());
        HardBinding.Result result = HardBinding.check(
                Manifest.baseLabel(box.label()),
                manifest.content(box),
                manifest.claim().text("alg"),
                asset,
                place);
        active.binding(result.outcome());
        Findings findings = active.findings();
        if (result.outcome() == Outcome.MATCH) {
            findings.succeed(result.code(), url);
        } else if (result.outcome() == Outcome.UNSUPPORTED) {
            findings.inform(result.code(), url, "this kind of binding is not checked here");
        } else {
            findings.fail(result.code(), url, null);
        }
        if (result.additionalExclusions()) {
            String kind = result.code().substring(0, result.code().lastIndexOf('.'));
            findings.inform(kind + ".additionalExclusionsPresent", url, null);
        }
    }

    private static List<Jumbf.Box> readableBindings(Manifest manifest) {
        try {
            List<Jumbf.Box> bindings = hardBindings(manifest);
            bindings.forEach(manifest::content);
            return bindings;
        } catch (MalformedException malformed) {
            return List.of();
        }
    }

    private @Nullable Manifest parent(Manifest manifest) {
        Checked of = checked.get(manifest.label());
        if (of == null) {
            return null;
        }
        return of.ingredients().stream()
                .filter(used -> "parentOf".equals(used.assertion().text("relationship")))
                .map(Checked.Used::manifest)
                .filter(parent -> parent != null)
                .map(Checked::manifest)
                .filter(parent -> parent != null)
                .findFirst()
                .orElse(null);
    }
}
