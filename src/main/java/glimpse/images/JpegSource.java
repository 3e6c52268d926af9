package glimpse.images;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** JPEG through TwelveMonkeys, which knows CMYK and YCCK, over the JDK's decoder. */
final class JpegSource implements Source {
    private static final JPEGImageReaderSpi READERS = Objects.requireNonNull(
            IIORegistry.getDefaultInstance().getServiceProviderByClass(JPEGImageReaderSpi.class),
            "TwelveMonkeys is not registered: the jar lost its service files");

    private final JpegHeader header;

    JpegSource(byte[] data) {
        this.header = new JpegHeader(data);
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.JPEG;
    }

    @Override
    public Size size() {
        return header.size();
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public Orientation orientation() {
        return header.orientation();
    }

    @Override
    public byte @Nullable [] colorProfile() {
        return header.components() == 3 ? header.colorProfile() : null;
    }

    @Override
    public Footprint footprint() {
        // Decoded whole: the raw samples, the picture, and what the conversion between them takes.
        long whole = comesInRows() ? 0 : size().pixels() * (header.components() + 6);
        return new Footprint(header.kept().length() + whole, header.coefficientBytes());
    }

    @Override
    public void decode(RowSink rows) throws IOException {
        ImageReader reader = READERS.createReaderInstance(null);
        try (ImageInputStream input = header.kept().open()) {
            reader.setInput(input, true, true);
            if (comesInRows()) {
                ImageReadParam parameters = reader.getDefaultReadParam();
                parameters.setDestination(RowRaster.destination(header.components(), size(), header.scans(), rows));
                reader.read(0, parameters);
            } else {
                new PixelRows(channels(), rows).acceptAll(reader.read(0));
            }
        } finally {
            reader.dispose();
        }
    }

    /** TwelveMonkeys takes over from the JDK, with a raster of the whole picture, where that would mistake the colours. */
    private boolean comesInRows() {
        return header.components() < 4 && header.hasUsualColors();
    }
}
