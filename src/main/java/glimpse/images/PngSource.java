package glimpse.images;

import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** PNG through the JDK; of an animated one, the picture that is shown where animation is not known. */
final class PngSource implements Source {
    /** The reader is quick where it can copy rows into a whole picture, and slow pixel by pixel: that is for large ones. */
    private static final long MOST_BYTES_WHOLE = 24_000_000;

    private final PngHeader header;

    PngSource(byte[] data) {
        this.header = new PngHeader(data);
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.PNG;
    }

    @Override
    public Size size() {
        return header.size();
    }

    @Override
    public int channels() {
        return header.mayBeTransparent() ? 4 : 3;
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
        return new Footprint(header.kept().length() + (comesInRows() ? 0 : wholeBytes()), 0);
    }

    @Override
    public void decode(RowSink rows) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream input = header.kept().open()) {
            reader.setInput(input, true, true);
            if (comesInRows()) {
                ImageReadParam parameters = reader.getDefaultReadParam();
                parameters.setDestination(
                        RowRaster.destination(reader.getImageTypes(0).next(), size(), channels(), rows));
                reader.read(0, parameters);
            } else {
                new PixelRows(channels(), rows).acceptAll(reader.read(0));
            }
        } finally {
            reader.dispose();
        }
    }

    /** The seven passes of an interlaced picture fill it in from all over. */
    private boolean comesInRows() {
        return !header.isInterlaced() && wholeBytes() > MOST_BYTES_WHOLE;
    }

    private long wholeBytes() {
        return size().pixels() * header.bytesPerPixel();
    }
}
