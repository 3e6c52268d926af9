package glimpse.c2pa;

import glimpse.c2pa.HardBinding.Outcome;
import glimpse.c2pa.HardBinding.Result;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A hash for each part of a file, or for several that follow each other (C2PA 2.2, section 15.12.3). */
final class BoxesHash {
    private static final String CODE = "assertion.boxesHash.";

    private final Asset asset;
    private final String algorithm;
    private final List<FileBoxes.Box> boxes;
    private int next;
    private boolean additionalExclusions;

    private BoxesHash(Asset asset, String algorithm, List<FileBoxes.Box> boxes) {
        this.asset = asset;
        this.algorithm = algorithm;
        this.boxes = boxes;
    }

    static Result check(CborMap binding, String algorithm, Asset asset, Found.Store store) {
        List<CborMap> expected = binding.maps("boxes");
        if (expected.isEmpty() || expected.size() != binding.list("boxes").size()) {
            return new Result(Outcome.MALFORMED, CODE + "malformed", false);
        }
        Set<String> named =
                expected.stream().flatMap(map -> names(map).stream()).collect(Collectors.toSet());
        List<FileBoxes.Box> boxes;
        try {
            boxes = FileBoxes.of(asset, store, named);
        } catch (MalformedException noLongerAPicture) {
            return new Result(Outcome.MISMATCH, CODE + "mismatch", false);
        }
        if (boxes.isEmpty() || expected.stream().anyMatch(map -> map.has("exclusions"))) {
            return new Result(Outcome.UNSUPPORTED, CODE + "unsupported", false);
        }
        return new BoxesHash(asset, algorithm, boxes).compare(expected);
    }

    private static List<String> names(CborMap map) {
        return map.list("names").stream()
                .map(name -> name instanceof String text ? text : "")
                .toList();
    }

    private Result compare(List<CborMap> expected) {
        if (boxes.get(0).name().equals("PNGh") && !names(expected.get(0)).contains("PNGh")) {
            next++; // the signature of the format, which all have
        }
        for (CborMap map : expected) {
            List<String> names = names(map);
            byte[] hash = map.bytes("hash");
            if (names.isEmpty() || hash == null) {
                return new Result(Outcome.MALFORMED, CODE + "malformed", false);
            }
            for (int i = 0; i < names.size(); i++) {
                if (next + i >= boxes.size() || !boxes.get(next + i).name().equals(names.get(i))) {
                    return new Result(Outcome.MISMATCH, CODE + "unknownBox", false);
                }
            }
            if (!matches(map, names, hash)) {
                return new Result(Outcome.MISMATCH, CODE + "mismatch", false);
            }
            next += names.size();
        }
        return next == boxes.size()
                ? new Result(Outcome.MATCH, CODE + "match", additionalExclusions)
                : new Result(Outcome.MISMATCH, CODE + "unknownBox", false);
    }

    private boolean matches(CborMap map, List<String> names, byte[] hash) {
        if (names.contains(FileBoxes.STORE)) {
            return names.size() == 1; // can't have a hash of itself inside
        }
        if (Boolean.TRUE.equals(map.flag("excluded"))) {
            additionalExclusions = true;
            return true;
        }
        String own = map.text("alg");
        MessageDigest digest = Digests.of(own == null ? algorithm : own);
        long start = boxes.get(next).start();
        asset.update(digest, start, boxes.get(next + names.size() - 1).end());
        return MessageDigest.isEqual(digest.digest(), hash);
    }
}
