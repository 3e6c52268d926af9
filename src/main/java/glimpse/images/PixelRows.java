package glimpse.images;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Turns the rows of any raster that a reader gives into RGB or RGBA of 8 bits. */
final class PixelRows {
    private final int channels;
    private final RowSink sink;
    private int[] pixels = {};
    private byte[] bytes = {};
    private byte[] row = {};

    PixelRows(int channels, RowSink sink) {
        this.channels = channels;
        this.sink = sink;
    }

    void acceptAll(BufferedImage image) {
        accept(image.getColorModel(), image.getRaster());
    }

    void accept(ColorModel colors, Raster raster) {
        int width = raster.getWidth();
        for (int y = raster.getMinY(); y < raster.getMinY() + raster.getHeight(); y++) {
            Interrupted.check();
            convert(colors, raster, y, width);
            sink.accept(row, 0);
        }
    }

    private void convert(ColorModel colors, Raster raster, int y, int width) {
        int bands = raster.getNumBands();
        if (row.length != width * channels) {
            row = new byte[width * channels];
            bytes = new byte[width * bands];
        }
        if (colors instanceof IndexColorModel palette) {
            fromPalette(palette, raster, y, width);
        } else if (raster.getTransferType() == DataBuffer.TYPE_INT) {
            fromPacked(colors.hasAlpha(), raster, y, width);
        } else if (raster.getTransferType() == DataBuffer.TYPE_BYTE && bands == channels) {
            raster.getDataElements(raster.getMinX(), y, width, 1, row);
        } else if (raster.getTransferType() == DataBuffer.TYPE_BYTE) {
            raster.getDataElements(raster.getMinX(), y, width, 1, bytes);
            fromBytes(bands, width);
        } else {
            fromSamples(raster, y, width);
        }
    }

    private void fromPalette(IndexColorModel palette, Raster raster, int y, int width) {
        pixels = raster.getSamples(raster.getMinX(), y, width, 1, 0, pixels.length >= width ? pixels : new int[width]);
        for (int x = 0, to = 0; x < width; x++, to += channels) {
            int argb = pixels[x] < palette.getMapSize() ? palette.getRGB(pixels[x]) : 0xff000000;
            put(to, argb >> 16, argb >> 8, argb, argb >>> 24);
        }
    }

    /** What libwebp gives: 0xaarrggbb. */
    private void fromPacked(boolean alpha, Raster raster, int y, int width) {
        pixels = (int[])
                raster.getDataElements(raster.getMinX(), y, width, 1, pixels.length >= width ? pixels : new int[width]);
        for (int x = 0, to = 0; x < width; x++, to += channels) {
            int argb = pixels[x];
            put(to, argb >> 16, argb >> 8, argb, alpha ? argb >>> 24 : 255);
        }
    }

    private void fromBytes(int bands, int width) {
        boolean gray = bands < 3;
        for (int x = 0, from = 0, to = 0; x < width; x++, from += bands, to += channels) {
            int alpha = bands % 2 == 0 ? bytes[from + bands - 1] : 255;
            put(to, bytes[from], bytes[gray ? from : from + 1], bytes[gray ? from : from + 2], alpha);
        }
    }

    /** Samples of 16 bits, of which the upper 8 are kept. */
    private void fromSamples(Raster raster, int y, int width) {
        int bands = raster.getNumBands();
        int shift = raster.getSampleModel().getSampleSize(0) - 8;
        pixels = raster.getPixels(
                raster.getMinX(), y, width, 1, pixels.length >= width * bands ? pixels : new int[width * bands]);
        boolean gray = bands < 3;
        for (int x = 0, from = 0, to = 0; x < width; x++, from += bands, to += channels) {
            int alpha = bands % 2 == 0 ? pixels[from + bands - 1] >> shift : 255;
            put(
                    to,
                    pixels[from] >> shift,
                    pixels[gray ? from : from + 1] >> shift,
                    pixels[gray ? from : from + 2] >> shift,
                    alpha);
        }
    }

    private void put(int to, int red, int green, int blue, int alpha) {
        row[to] = (byte) red;
        row[to + 1] = (byte) green;
        row[to + 2] = (byte) blue;
        if (channels == 4) {
            row[to + 3] = (byte) alpha;
        }
    }
}
