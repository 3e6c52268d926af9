package glimpse.images;

import static glimpse.images.AvifContainer.unreadable;
import static glimpse.images.AvifContainer.unsupported;

import glimpse.images.Av1Frame.Layout;
import glimpse.images.BoxReader.Box;
import glimpse.images.HeifMeta.Reference;
import java.util.List;

/** Pixels coded as one AV1 picture, or as a grid of equal ones whose right and lower rims may be cut off. */
record AvifLayer(int width, int height, int columns, List<Integer> tiles, Tile tile) {
    private static final int MAX_SIDE = 65_536; // AV1's own limit
    private static final int MAX_TILES = 1_024;

    /** What the container says of each tile. */
    record Tile(Size size, int bitDepth, Layout layout) {
        static Tile of(HeifMeta meta, int item) {
            if (!meta.type(item).equals("av01")) {
                throw unsupported("a HEIF file with a picture of type " + AvifContainer.printable(meta.type(item)));
            }
            // Older versions of cavif leave it out of the transparency, which is as large as the picture.
            BoxReader size = meta.property(item, "ispe")
                    .orElseGet(() -> required(meta, meta.primary(), "ispe"))
                    .fullBody();
            BoxReader configuration = required(meta, item, "av1C").body();
            configuration.skip(2);
            int flags = configuration.u8();
            return new Tile(checked(size.unsigned(4), size.unsigned(4)), bitDepth(flags), layout(flags));
        }

        int width() {
            return size.width();
        }

        int height() {
            return size.height();
        }

        private static int bitDepth(int flags) {
            if ((flags & 0x40) == 0) {
                return 8;
            }
            return (flags & 0x20) == 0 ? 10 : 12;
        }

        private static Layout layout(int flags) {
            if ((flags & 0x10) != 0) {
                return Layout.I400;
            }
            if ((flags & 0x08) == 0) {
                return Layout.I444;
            }
            return (flags & 0x04) == 0 ? Layout.I422 : Layout.I420;
        }

        private static Box required(HeifMeta meta, int item, String type) {
            return meta.property(item, type).orElseThrow(() -> unreadable("a property is missing"));
        }
    }

    static AvifLayer of(HeifMeta meta, int item) {
        if (meta.type(item).equals("grid")) {
            return grid(meta, item);
        }
        Tile tile = Tile.of(meta, item);
        return new AvifLayer(tile.width(), tile.height(), 1, List.of(item), tile);
    }

    /** ISO/IEC 23008-12, 6.6.2.3. */
    private static AvifLayer grid(HeifMeta meta, int item) {
        BoxReader in = new BoxReader(meta.content(item));
        in.skip(1);
        int fieldBytes = (in.u8() & 1) == 0 ? 2 : 4;
        int rows = in.u8() + 1;
        int columns = in.u8() + 1;
        Size size = checked(in.unsigned(fieldBytes), in.unsigned(fieldBytes));
        List<Integer> tiles = tiles(meta, item);
        if (tiles.size() != rows * columns || tiles.size() > MAX_TILES) {
            throw unreadable("its grid has the wrong number of tiles");
        }
        Tile tile = Tile.of(meta, tiles.get(0));
        if (!tiles.stream().allMatch(each -> Tile.of(meta, each).equals(tile))) {
            throw unreadable("the tiles of its grid differ");
        }
        if (!spans(size.width(), columns, tile.width()) || !spans(size.height(), rows, tile.height())) {
            throw unreadable("the tiles of its grid don't fit");
        }
        return new AvifLayer(size.width(), size.height(), columns, tiles, tile);
    }

    private static Size checked(long width, long height) {
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw unreadable("its size is out of bounds");
        }
        return new Size((int) width, (int) height);
    }

    /** Whether the tiles cover the side, each of them needed and none much larger than what is shown. */
    private static boolean spans(int side, int count, int tileSide) {
        return (long) count * tileSide >= side && (count - 1L) * tileSide < side && tileSide < side + 64;
    }

    private static List<Integer> tiles(HeifMeta meta, int grid) {
        return meta.references("dimg").stream()
                .filter(reference -> reference.from() == grid)
                .findFirst()
                .map(Reference::to)
                .orElse(List.of());
    }
}
