package glimpse.c2pa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One manifest as it stands in its store: what it claims, nothing of which is verified here. */
final class Manifest {
    private static final String URL = "self#jumbf=";

    private final Jumbf.Box box;
    private final Jumbf.Box assertionStore;
    private final Jumbf.Box claimBox;
    private final CborMap claim;
    private final int version;
    private final List<HashedUri> created;
    private final List<HashedUri> gathered;
    private final Map<String, CborMap> parsed = new TreeMap<>();

    /** A part of the store by its place and its hash. The place is from the store's root, such as {@code /c2pa/…}. */
    record HashedUri(String path, byte[] hash, String algorithm) {
        String label() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String url() {
            return URL + path;
        }
    }

    private Manifest(Jumbf.Box box) {
        this.box = box;
        this.assertionStore = only(Jumbf.ASSERTIONS);
        this.claimBox = only(Jumbf.CLAIM);
        this.version = claimBox.label().equals("c2pa.claim.v2") ? 2 : 1;
        try {
            this.claim = claimBox.cbor();
        } catch (MalformedException notCbor) {
            throw new Broken("claim.cbor.invalid", notCbor.getMessage());
        }
        if (claim.text("signature") == null
                || claim.text("instanceID") == null
                || !(version == 2
                        ? claim.has("created_assertions") && generatorName() != null
                        : claim.has("assertions"))) {
            throw new Broken("claim.malformed", "a field is missing");
        }
        this.created = uris(version == 2 ? "created_assertions" : "assertions");
        this.gathered = version == 2 ? uris("gathered_assertions") : List.of();
    }

    /** A manifest that can't be read, and the code for why. */
    static final class Broken extends RuntimeException {
        private final String code;

        Broken(String code, @Nullable String message) {
            super(message, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    static Manifest of(Jumbf.Box box) {
        if (box.kind().equals(Jumbf.COMPRESSED_MANIFEST)) {
            throw new Broken("manifest.compressed.invalid", "what is compressed is no manifest, or too long");
        }
        return new Manifest(box);
    }

    private Jumbf.Box only(String kind) {
        List<Jumbf.Box> boxes = box.children().stream()
                .filter(child -> child.kind().equals(kind))
                .toList();
        if (boxes.size() != 1) {
            String problem = boxes.isEmpty() ? "missing" : "multiple";
            throw new Broken(kind.equals(Jumbf.CLAIM) ? "claim." + problem : "claim.malformed", kind + " " + problem);
        }
        return boxes.get(0);
    }

    private List<HashedUri> uris(String field) {
        List<HashedUri> uris = new ArrayList<>();
        for (Object element : claim.list(field)) {
            HashedUri uri = element instanceof CborMap map ? uri(map) : null;
            if (uri == null) {
                throw new Broken("claim.malformed", "a reference without url, hash or a known algorithm");
            }
            uris.add(uri);
        }
        return uris;
    }

    /** A reference to a part of the store, or null when it is none. */
    @Nullable
    HashedUri uri(@Nullable CborMap map) {
        String url = map == null ? null : map.text("url");
        byte[] hash = map == null ? null : map.bytes("hash");
        if (map == null || url == null || hash == null) {
            return null;
        }
        String own = map.text("alg");
        String general = claim.text("alg");
        return new HashedUri(path(url), hash, own != null ? own : general != null ? general : Digests.SHA_256);
    }

    /** From the root of the store, also where it was given from the manifest on. */
    String path(String url) {
        String path = url.startsWith(URL) ? url.substring(URL.length()) : url;
        return path.startsWith("/") ? path : path() + "/" + path;
    }

    String path() {
        return "/c2pa/" + box.label();
    }

    String url() {
        return URL + path();
    }

    String url(Jumbf.Box part) {
        return url() + "/" + part.label();
    }

    String label() {
        return box.label();
    }

    Jumbf.Box box() {
        return box;
    }

    boolean isUpdate() {
        return box.kind().equals(Jumbf.UPDATE_MANIFEST);
    }

    int version() {
        return version;
    }

    CborMap claim() {
        return claim;
    }

    Jumbf.Box claimBox() {
        return claimBox;
    }

    byte[] claimBytes() {
        return claimBox.onlyContent("cbor").payload();
    }

    /** In the box that the claim names, which has to be of this manifest. */
    Jumbf.Box signature() {
        Jumbf.Box signature = box.child("c2pa.signature");
        String url = claim.text("signature");
        if (signature == null
                || !signature.kind().equals(Jumbf.SIGNATURE)
                || url == null
                || !path(url).equals(path() + "/c2pa.signature")) {
            throw new Broken("claimSignature.missing", "the claim names no signature of this manifest");
        }
        return signature;
    }

    List<HashedUri> created() {
        return created;
    }

    List<HashedUri> declared() {
        List<HashedUri> all = new ArrayList<>(created);
        all.addAll(gathered);
        return all;
    }

    List<Jumbf.Box> assertions() {
        return assertionStore.children();
    }

    String assertionPath(String label) {
        return path() + "/" + assertionStore.label() + "/" + label;
    }

    /** Of declared assertions, those of one kind, in the order of the claim. Each has been found to be CBOR. */
    List<Jumbf.Box> declared(String... names) {
        List<String> wanted = List.of(names);
        return declared().stream()
                .filter(uri -> wanted.contains(baseLabel(uri.label())))
                .filter(uri -> uri.path().equals(assertionPath(uri.label())))
                .map(uri -> assertionStore.child(uri.label()))
                .filter(found -> found != null && found.kind().equals(Jumbf.CBOR))
                .distinct()
                .toList();
    }

    /** An assertion as CBOR, read once. */
    CborMap content(Jumbf.Box assertion) {
        return parsed.computeIfAbsent(assertion.label(), label -> assertion.cbor());
    }

    /** Several assertions of one kind are told apart by a number. */
    static String baseLabel(String label) {
        int at = label.lastIndexOf("__");
        return at > 0 && label.substring(at + 2).chars().allMatch(Character::isDigit) ? label.substring(0, at) : label;
    }

    private @Nullable String generatorName() {
        CborMap info = generatorInfo();
        return info == null ? null : info.text("name");
    }

    private @Nullable CborMap generatorInfo() {
        CborMap info = claim.map("claim_generator_info");
        return info != null
                ? info
                : claim.maps("claim_generator_info").stream().findFirst().orElse(null);
    }

    /** The software that made the claim, with its version. */
    @Nullable
    String generator() {
        CborMap info = generatorInfo();
        String name = info == null ? null : info.text("name");
        if (info == null || name == null) {
            return claim.text("claim_generator");
        }
        String versionOfIt = info.text("version");
        return versionOfIt == null ? name : name + " " + versionOfIt;
    }
}
