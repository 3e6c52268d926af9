package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Set;

/** PNG: a store is a chunk named caBX. */
final class PngLocator extends ManifestLocator {
    private static final int CHUNK = 12; // length, type, checksum
    private static final int LONGEST_KEY = 79; // PNG, section 11.3.3.1
    private static final Set<String> TEXT = Set.of("tEXt", "zTXt", "iTXt");
    private static final String XMP = "XML:com.adobe.xmp\0";

    @Override
    boolean reads(Asset asset) {
        return asset.has(0, "\u0089PNG\r\n\u001a\n");
    }

    @Override
    void walk(Asset asset, Found found) {
        long position = 8;
        while (position < asset.size()) {
            long length = asset.u32(position);
            String type = new String(asset.read(position + 4, 4), ISO_8859_1);
            long body = position + 8;
            long end = position + CHUNK + length;
            if (end > asset.size() || type.equals("IEND")) {
                return;
            }
            if (type.equals("caBX")) {
                found.store(asset, body, length, position, end);
            } else if (type.equals("iTXt") && asset.has(body, XMP)) {
                xmp(asset, found, body + XMP.length(), body + length);
            } else if (TEXT.contains(type)) {
                String start = new String(asset.read(body, Math.min(length, LONGEST_KEY + 1)), ISO_8859_1);
                int keyEnd = start.indexOf('\0');
                if (keyEnd > 0) {
                    found.textKey(start.substring(0, keyEnd));
                }
            }
            position = end;
        }
    }

    // Compression flag and method, language and translated key stand before the text: flags of 0, and two ends.
    private static void xmp(Asset asset, Found found, long start, long end) {
        if (end - start < 4 || asset.u8(start) != 0) {
            return; // compressed, which XMP part 3 forbids
        }
        long position = start + 2;
        for (int ends = 0; ends < 2 && position < end; position++) {
            ends += asset.u8(position) == 0 ? 1 : 0;
        }
        found.xmp(asset, position, end - position);
    }
}
