package glimpse.images;

import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Lossy WebP through libwebp, at one quality and one method. May be used by many threads at once. */
final class WebpEncoder {
    private static final WebPImageWriterSpi WRITERS = new WebPImageWriterSpi();

    private final int quality;
    private final int method;
    private @Nullable WebPWriteParam parameters;

    /**
     * @param quality 0 to 100
     * @param method 0 (fast) to 6 (small)
     */
    WebpEncoder(int quality, int method) {
        this.quality = quality;
        this.method = method;
    }

    // Its native half is never freed by the library, and only read while encoding: one for all pictures, made with the
    // first, since it loads libwebp.
    private synchronized WebPWriteParam parameters() {
        if (parameters == null) {
            parameters = new WebPWriteParam(Locale.ROOT);
            parameters.setCompressionQuality(quality / 100f);
            parameters.setMethod(method);
        }
        return parameters;
    }

    byte[] encode(DecodedImage image) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        ImageWriter writer = WRITERS.createWriterInstance(null);
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(encoded)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(new Uncopied(image), null, null), parameters());
        } finally {
            writer.dispose();
        }
        return encoded.toByteArray();
    }

    /** The writer asks for a copy of all pixels, only to read them. */
    private static final class Uncopied extends BufferedImage {
        Uncopied(DecodedImage image) {
            super(colorsOf(image), rasterOf(image), false, null);
        }

        @Override
        public Raster getData() {
            return getRaster();
        }

        private static ColorModel colorsOf(DecodedImage image) {
            boolean alpha = image.channels() == 4;
            return new ComponentColorModel(
                    ColorSpace.getInstance(ColorSpace.CS_sRGB),
                    alpha,
                    false,
                    alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                    DataBuffer.TYPE_BYTE);
        }

        private static WritableRaster rasterOf(DecodedImage image) {
            int channels = image.channels();
            return Raster.createInterleavedRaster(
                    new DataBufferByte(image.samples(), image.samples().length),
                    image.width(),
                    image.height(),
                    image.width() * channels,
                    channels,
                    channels == 4 ? new int[] {0, 1, 2, 3} : new int[] {0, 1, 2},
                    null);
        }
    }
}
