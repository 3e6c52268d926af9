package glimpse.c2pa;

/** WebP: a store is a chunk named C2PA. */
final class WebpLocator extends ManifestLocator {
    static final String CHUNK = "C2PA";
    static final int HEADER = 8; // name and length
    static final int FIRST_CHUNK = 12;

    @Override
    boolean reads(Asset asset) {
        return asset.has(0, "RIFF") && asset.has(8, "WEBP");
    }

    @Override
    void walk(Asset asset, Found found) {
        long fileEnd = Math.min(asset.size(), HEADER + asset.u32LittleEndian(4));
        long position = FIRST_CHUNK;
        while (position <= fileEnd - HEADER) {
            long length = asset.u32LittleEndian(position + 4);
            long body = position + HEADER;
            long end = body + length;
            if (end > fileEnd) {
                return;
            }
            if (asset.has(position, CHUNK)) {
                found.store(asset, body, length, position, end);
            } else if (asset.has(position, "XMP ")) {
                found.xmp(asset, body, length);
            }
            position = end + length % 2;
        }
    }
}
