package glimpse.c2pa;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the bytes of a picture are those that were signed (C2PA 2.2, section 15.12). */
final class HardBinding {
    static final Set<String> LABELS =
            Set.of("c2pa.hash.data", "c2pa.hash.bmff", "c2pa.hash.bmff.v2", "c2pa.hash.bmff.v3", "c2pa.hash.boxes");
    private static final int MOST_RANGES = 10_000;
    private static final int MOST_EXCLUSIONS = 100; // each is looked for in each box

    private final Asset asset;
    private final Found.Store store;
    private final CborMap binding;
    private final String algorithm;

    /** How it ended; what can't be checked here is neither right nor wrong. */
    enum Outcome {
        MATCH("match"),
        MISMATCH("mismatch"),
        MALFORMED("malformed"),
        UNSUPPORTED("unsupported");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    /**
     * A result by its code.
     *
     * @param additionalExclusions whether more is left out than the manifest store
     */
    record Result(Outcome outcome, String code, boolean additionalExclusions) {}

    /** Bytes that are left out. */
    private record Range(long start, long end) {}

    private HardBinding(Asset asset, Found.Store store, CborMap binding, String algorithm) {
        this.asset = asset;
        this.store = store;
        this.binding = binding;
        this.algorithm = algorithm;
    }

    static Result check(
            String label, CborMap content, @Nullable String claimAlgorithm, Asset asset, Found.Store store) {
        String own = content.text("alg");
        String algorithm = own != null ? own : claimAlgorithm != null ? claimAlgorithm : Digests.SHA_256;
        HardBinding binding = new HardBinding(asset, store, content, algorithm);
        try {
            return switch (label) {
                case "c2pa.hash.data" -> binding.data();
                case "c2pa.hash.boxes" -> BoxesHash.check(content, algorithm, asset, store);
                default -> binding.bmff(!label.equals("c2pa.hash.bmff"));
            };
        } catch (MalformedException malformed) {
            return result(kind(label), Outcome.MALFORMED);
        }
    }

    private static String kind(String label) {
        return label.equals("c2pa.hash.data") ? "dataHash" : label.equals("c2pa.hash.boxes") ? "boxesHash" : "bmffHash";
    }

    private static Result result(String kind, Outcome outcome) {
        return new Result(outcome, "assertion." + kind + "." + outcome.word, false);
    }

    private byte[] expected() {
        byte[] hash = binding.bytes("hash");
        if (hash == null) {
            throw new MalformedException("no hash");
        }
        return hash;
    }

    private Result data() {
        List<Range> ranges = new ArrayList<>();
        for (Object element : binding.list("exclusions")) {
            Long start = element instanceof CborMap map ? map.number("start") : null;
            Long length = element instanceof CborMap map ? map.number("length") : null;
            if (start == null || length == null || start < 0 || length < 0 || ranges.size() == MOST_RANGES) {
                throw new MalformedException("no exclusion");
            }
            ranges.add(new Range(start, start + length));
        }
        byte[] expected = expected();
        // Else what is excluded beside the store could be changed by anyone, unseen.
        if (!ranges.contains(new Range(store.start(), store.start() + store.length()))) {
            return result("dataHash", Outcome.MISMATCH);
        }
        MessageDigest digest = Digests.of(algorithm);
        boolean fits = updateWithout(digest, 0, asset.size(), ranges);
        Outcome outcome = fits && MessageDigest.isEqual(digest.digest(), expected) ? Outcome.MATCH : Outcome.MISMATCH;
        return new Result(outcome, result("dataHash", outcome).code(), ranges.size() > 1);
    }

    /** Hashes what is not left out; false when the ranges overlap or lie elsewhere. */
    private boolean updateWithout(MessageDigest digest, long from, long to, List<Range> without) {
        long position = from;
        for (Range range :
                without.stream().sorted(Comparator.comparingLong(Range::start)).toList()) {
            if (range.start() < position || range.end() < range.start() || range.end() > to) {
                return false;
            }
            asset.update(digest, position, range.start());
            position = range.end();
        }
        asset.update(digest, position, to);
        return true;
    }

    private Result bmff(boolean withOffsets) {
        List<CborMap> exclusions = binding.maps("exclusions");
        List<BmffLocator.Box> boxes;
        try {
            boxes = BmffLocator.boxes(asset);
        } catch (MalformedException noBoxes) {
            return result("bmffHash", Outcome.MISMATCH);
        }
        if (binding.has("merkle")
                || exclusions.size() > MOST_EXCLUSIONS
                || !exclusions.stream().allMatch(exclusion -> understood(exclusion, boxes))) {
            return result("bmffHash", Outcome.UNSUPPORTED);
        }
        byte[] expected = expected();
        MessageDigest digest = Digests.of(algorithm);
        for (BmffLocator.Box box : boxes) {
            List<Range> left = left(box, exclusions);
            if (left == null) {
                continue;
            }
            if (withOffsets) {
                digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, box.start()));
            }
            if (!updateWithout(digest, box.start(), box.end(), left)) {
                return result("bmffHash", Outcome.MISMATCH);
            }
        }
        return result("bmffHash", Arrays.equals(digest.digest(), expected) ? Outcome.MATCH : Outcome.MISMATCH);
    }

    // Boxes within boxes and Merkle trees are for video.
    private static boolean understood(CborMap exclusion, List<BmffLocator.Box> boxes) {
        String path = exclusion.text("xpath");
        if (path == null || !path.startsWith("/") || exclusion.has("version") || exclusion.has("flags")) {
            return false;
        }
        int second = path.indexOf('/', 1);
        String root = second < 0 ? path.substring(1) : path.substring(1, second);
        return !root.contains("[")
                && (second < 0 || boxes.stream().noneMatch(box -> box.type().equals(root)));
    }

    /** What to leave out of a box; null when that is all of it. */
    private @Nullable List<Range> left(BmffLocator.Box box, List<CborMap> exclusions) {
        List<Range> left = new ArrayList<>();
        for (CborMap exclusion : exclusions) {
            if (!concerns(exclusion, box)) {
                continue;
            }
            List<CborMap> subset = exclusion.maps("subset");
            if (subset.isEmpty()) {
                return null;
            }
            for (CborMap part : subset) {
                Long offset = part.number("offset");
                Long length = part.number("length");
                if (offset == null || length == null || offset < 0 || length < 0 || left.size() == MOST_RANGES) {
                    throw new MalformedException("no subset");
                }
                long start = Math.min(box.start() + offset, box.end());
                left.add(new Range(start, length == 0 ? box.end() : Math.min(start + length, box.end())));
            }
        }
        return left;
    }

    private boolean concerns(CborMap exclusion, BmffLocator.Box box) {
        Long length = exclusion.number("length");
        return ("/" + box.type()).equals(exclusion.text("xpath"))
                && (length == null || length == box.end() - box.start())
                && exclusion.maps("data").stream().allMatch(data -> {
                    Long offset = data.number("offset");
                    byte[] value = data.bytes("value");
                    return offset != null
                            && value != null
                            && offset >= 0
                            && offset <= box.end() - box.start() - value.length
                            && asset.has(box.start() + offset, value);
                });
    }
}
