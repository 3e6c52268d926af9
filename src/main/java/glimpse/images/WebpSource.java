package glimpse.images;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPReadParam;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** WebP through libwebp; of an animated one, the first frame. */
final class WebpSource implements Source {
    private static final WebPImageReaderSpi READERS = new WebPImageReaderSpi();

    // The options live in native memory that the library never frees: there are these two, and no others.
    private static final WebPReadParam UNSCALED = new WebPReadParam();
    private static final WebPReadParam SCALED = new WebPReadParam();

    /** Above this libwebp itself scales down: it gives an int for each pixel, and holds them twice for a moment. */
    private static final long MOST_PIXELS_UNSCALED = 6_000_000;

    /** Twice the longest side of any variant, so that nothing is lost. */
    private static final int LONGEST_SIDE_SCALED = 4096;

    private final WebpHeader header;
    private final boolean scaled;

    WebpSource(byte[] data) {
        this.header = new WebpHeader(data);
        this.scaled = isWhole() && header.canvas().pixels() > MOST_PIXELS_UNSCALED;
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.WEBP;
    }

    @Override
    public Size size() {
        return header.canvas();
    }

    @Override
    public Size decodedSize() {
        return scaled ? size().within(LONGEST_SIDE_SCALED) : size();
    }

    @Override
    public int channels() {
        return header.mayBeTransparent() || !isWhole() ? 4 : 3;
    }

    @Override
    public Orientation orientation() {
        return header.orientation();
    }

    @Override
    public byte @Nullable [] colorProfile() {
        return header.colorProfile();
    }

    @Override
    public Footprint footprint() {
        Size given = isWhole() ? decodedSize() : header.frame().size();
        long pixels = given.pixels() * Integer.BYTES;
        long internal = header.frame().size().pixels() * (header.isLossless() ? 4 : header.mayBeTransparent() ? 1 : 0);
        return new Footprint(header.bytes() + pixels, pixels + internal);
    }

    @Override
    public void decode(RowSink rows) throws IOException {
        BufferedImage picture = picture();
        if (isWhole()) {
            new PixelRows(channels(), rows).acceptAll(picture);
        } else {
            Canvas.around(size(), header.frame(), rows, sink -> new PixelRows(channels(), sink).acceptAll(picture));
        }
    }

    private boolean isWhole() {
        return header.frame().covers(header.canvas());
    }

    private BufferedImage picture() throws IOException {
        if (!scaled) {
            return read(UNSCALED);
        }
        synchronized (SCALED) {
            SCALED.setUseScaling(true);
            SCALED.setScaledWidth(decodedSize().width());
            SCALED.setScaledHeight(decodedSize().height());
            return read(SCALED);
        }
    }

    private BufferedImage read(WebPReadParam parameters) throws IOException {
        ImageReader reader = READERS.createReaderInstance(null);
        try (ImageInputStream input = new ByteArrayImageInputStream(header.still())) {
            reader.setInput(input, true, true);
            return reader.read(0, parameters);
        } finally {
            reader.dispose();
        }
    }
}
