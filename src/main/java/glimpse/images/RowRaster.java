package glimpse.images;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * As large as the whole picture, but of memory for one row: the JDK's readers copy each row that they have decoded into
 * their destination, and this one passes it on. A photograph of 50 megapixels is scaled this way in a few megabytes.
 */
final class RowRaster extends WritableRaster {
    private final ColorModel colors;
    private final PixelRows rows;
    private final WritableRaster line;
    private final int passes;
    private int pass;
    private int next;

    private RowRaster(SampleModel model, ColorModel colors, int passes, PixelRows rows) {
        super(model, model.createCompatibleSampleModel(model.getWidth(), 1).createDataBuffer(), new Point());
        this.colors = colors;
        this.passes = passes;
        this.rows = rows;
        this.line = createWritableRaster(model.createCompatibleSampleModel(model.getWidth(), 1), new Point());
    }

    /** For rows of gray or RGB, 8 bits each, that come in several passes of which only the last counts. */
    static BufferedImage destination(int bands, Size size, int passes, RowSink sink) {
        int space = bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return destination(colors, colors.createCompatibleSampleModel(1, 1), size, passes, new PixelRows(3, sink));
    }

    /** For rows of the given type, which become RGB or RGBA. */
    static BufferedImage destination(ImageTypeSpecifier type, Size size, int channels, RowSink sink) {
        PixelRows rows = new PixelRows(channels, sink);
        return destination(type.getColorModel(), type.getSampleModel(), size, 1, rows);
    }

    private static BufferedImage destination(
            ColorModel colors, SampleModel model, Size size, int passes, PixelRows rows) {
        SampleModel whole = model.createCompatibleSampleModel(size.width(), size.height());
        return new BufferedImage(colors, new RowRaster(whole, colors, passes, rows), false, null);
    }

    @Override
    public void setRect(int x, int y, Raster source) {
        Interrupted.check();
        pass += y == 0 ? 1 : 0;
        if (x != 0 || source.getWidth() != width || (pass == passes && y != next)) {
            throw new IllegalStateException("Rows out of order");
        }
        if (pass == passes) {
            rows.accept(colors, source);
            next += source.getHeight();
        }
    }

    /** The PNG reader comes this way, pixel by pixel, but from left to right. */
    @Override
    public void setPixel(int x, int y, int[] pixel) {
        line.setPixel(x, 0, pixel);
        if (x == width - 1) {
            setRect(0, y, line);
        }
    }

    @Override
    public WritableRaster createWritableChild(
            int x, int y, int w, int h, int childX, int childY, int @Nullable [] bands) {
        if (bands == null && new Rectangle(x, y, w, h).equals(getBounds()) && childX == 0 && childY == 0) {
            return this;
        }
        throw new IllegalStateException("Only the whole picture can be decoded in rows");
    }
}
