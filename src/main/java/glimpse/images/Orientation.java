package glimpse.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera was held: the eight values of EXIF's tag 0x0112 as what has to be done to stand the picture upright. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    TURN_RIGHT(true, false, true),
    TRANSVERSED(true, true, true),
    TURN_LEFT(true, true, false);

    private static final int ORIENTATION_TAG = 0x0112;
    private static final int ENTRY_BYTES = 12;
    private static final int MOST_ENTRIES = 1_000;

    private final boolean swapsAxes;
    private final boolean fromRight;
    private final boolean fromBottom;

    /** The flips are those of the source: where an upright row or column begins. */
    Orientation(boolean swapsAxes, boolean fromRight, boolean fromBottom) {
        this.swapsAxes = swapsAxes;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** From the TIFF structure inside an EXIF block; upright when there is none or it is broken. */
    static Orientation ofExif(byte[] tiff) {
        try {
            return read(ByteBuffer.wrap(tiff));
        } catch (IndexOutOfBoundsException broken) {
            return UPRIGHT;
        }
    }

    private static Orientation read(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Math.min(MOST_ENTRIES, tiff.getShort(directory) & 0xffff);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if ((tiff.getShort(entry) & 0xffff) == ORIENTATION_TAG) {
                int value = tiff.getShort(entry + 8) & 0xffff;
                return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    Size of(Size stored) {
        return swapsAxes ? stored.turned() : stored;
    }

    DecodedImage upright(DecodedImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        Size size = of(new Size(stored.width(), stored.height()));
        int channels = stored.channels();
        int right = fromRight ? -channels : channels;
        int below = (fromBottom ? -channels : channels) * stored.width();
        int start = (fromRight ? (stored.width() - 1) * channels : 0)
                + (fromBottom ? (stored.height() - 1) * stored.width() * channels : 0);
        int stepX = swapsAxes ? below : right;
        int stepY = swapsAxes ? right : below;
        byte[] turned = new byte[stored.samples().length];
        for (int y = 0, to = 0; y < size.height(); y++) {
            for (int x = 0, from = start + y * stepY; x < size.width(); x++, from += stepX, to += channels) {
                for (int c = 0; c < channels; c++) {
                    turned[to + c] = stored.samples()[from + c];
                }
            }
        }
        return new DecodedImage(size.width(), size.height(), channels, turned);
    }
}
