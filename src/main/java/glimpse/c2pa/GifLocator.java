package glimpse.c2pa;

import java.io.ByteArrayOutputStream;

/** GIF: a store is an application extension, cut into sub-blocks. */
final class GifLocator extends ManifestLocator {
    private static final int SCREEN = 13; // signature and logical screen
    private static final String STORE = "\u000bC2PA_GIF\u0001\0\0";
    private static final String XMP = "\u000bXMP DataXMP";

    @Override
    boolean reads(Asset asset) {
        return asset.has(0, "GIF8");
    }

    @Override
    void walk(Asset asset, Found found) {
        long position = SCREEN + colours(asset.u8(10));
        while (true) {
            int introducer = asset.u8(position);
            if (introducer == 0x21) {
                position = extension(asset, found, position);
            } else if (introducer == 0x2C) {
                long data = position + 10 + colours(asset.u8(position + 9)) + 1; // the size of LZW's first codes
                position = skip(asset, data);
            } else {
                return; // the end, or no GIF
            }
        }
    }

    /** How long a table of colours is by the flags before it. */
    static long colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    private static long extension(Asset asset, Found found, long start) {
        long blocks = start + 2;
        long end = skip(asset, blocks);
        boolean application = asset.u8(start + 1) == 0xFF;
        if (application && asset.has(blocks, STORE)) {
            store(asset, found, start, blocks + STORE.length(), end);
        } else if (application && asset.has(blocks, XMP)) {
            // It is not cut into blocks: what follows it leads whoever takes it for such to the end.
            found.xmp(asset, blocks + XMP.length(), end - blocks - XMP.length());
        }
        return end;
    }

    private static void store(Asset asset, Found found, long start, long blocks, long end) {
        if (end - blocks > Found.LONGEST_STORE) {
            found.store(null, start, end - start);
            return;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (long position = blocks; asset.u8(position) != 0; position += 1 + asset.u8(position)) {
            joined.writeBytes(asset.read(position + 1, asset.u8(position)));
        }
        found.store(joined.toByteArray(), start, end - start);
    }

    /** Where the sub-blocks that begin here have ended. */
    static long skip(Asset asset, long position) {
        long at = position;
        while (asset.u8(at) != 0) {
            at += 1 + asset.u8(at);
        }
        return at + 1;
    }
}
