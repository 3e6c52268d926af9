package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** AVIF and its relatives: a store is a box of type uuid at the root (ISO/IEC 14496-12). */
final class BmffLocator extends ManifestLocator {
    static final byte[] STORE = HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481");
    private static final byte[] XMP = HexFormat.of().parseHex("be7acfcb97a942e89c71999491e3afac");
    private static final int MOST_BOXES = 1_000;
    private static final int UUID = 16;
    private static final String PURPOSE = "manifest\0";
    private static final int SEARCHED_FOR_XMP = 2 << 20; // bytes

    /** A box at the root of a file. */
    record Box(String type, long start, long body, long end) {}

    @Override
    boolean reads(Asset asset) {
        return asset.has(4, "ftyp");
    }

    /** All boxes at the root. */
    static List<Box> boxes(Asset asset) {
        List<Box> boxes = new ArrayList<>();
        long position = 0;
        while (position < asset.size()) {
            long size = asset.u32(position);
            String type = new String(asset.read(position + 4, 4), ISO_8859_1);
            long body = position + (size == 1 ? 16 : 8);
            long end = size == 0 ? asset.size() : position + (size == 1 ? asset.u64(position + 8) : size);
            if (end < body || end > asset.size() || boxes.size() == MOST_BOXES) {
                throw new MalformedException("a box is cut off");
            }
            boxes.add(new Box(type, position, body, end));
            position = end;
        }
        return boxes;
    }

    @Override
    void walk(Asset asset, Found found) {
        for (Box box : boxes(asset)) {
            if (box.type().equals("uuid") && asset.has(box.body(), STORE)) {
                long purpose = box.body() + UUID + 4; // behind version and flags
                if (asset.has(purpose, PURPOSE)) {
                    long store = purpose + PURPOSE.length() + 8; // behind the place of a Merkle tree
                    found.store(asset, store, box.end() - store, box.start(), box.end());
                }
            } else if (box.type().equals("uuid") && asset.has(box.body(), XMP)) {
                found.xmp(asset, box.body() + UUID, box.end() - box.body() - UUID);
            }
        }
        if (found.xmp() == null) {
            searchXmp(asset, found);
        }
    }

    // XMP is an item anywhere in the file, made to be found without its container being understood (XMP part 1, 7.3.2).
    private static void searchXmp(Asset asset, Found found) {
        long limit = Math.min(asset.size(), SEARCHED_FOR_XMP);
        for (long start = 0; start < limit; start++) {
            if (asset.u8(start) == '<' && asset.has(start, "<x:xmpmeta")) {
                found.xmp(asset, start, Math.min(asset.size() - start, Found.LONGEST_TEXT));
                return;
            }
        }
    }
}
