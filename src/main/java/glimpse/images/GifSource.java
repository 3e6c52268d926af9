package glimpse.images;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The first frame of a GIF, through the JDK, which never looks at the others. */
final class GifSource implements Source {
    private static final int HEADER_BYTES = 13;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;

    private final byte[] data;
    private final Size canvas;
    private final Canvas.Frame frame;

    GifSource(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        this.data = data;
        Canvas.Frame first = firstFrame(in);
        Size screen = new Size(in.getShort(6) & 0xffff, in.getShort(8) & 0xffff);
        // A frame that sticks out of its screen is shown alone.
        this.canvas = first.fits(screen) ? screen : first.size();
        this.frame = first.fits(screen) ? first : new Canvas.Frame(0, 0, first.size());
    }

    private static Canvas.Frame firstFrame(ByteBuffer in) {
        int flags = in.get(10);
        in.position(HEADER_BYTES + (flags < 0 ? 3 << ((flags & 7) + 1) : 0));
        int block = in.get();
        while (block == EXTENSION) {
            in.get();
            skipSubBlocks(in);
            block = in.get();
        }
        if (block != IMAGE) {
            throw new ApiError(ErrorCode.IMAGE_UNREADABLE, "The GIF file holds no picture");
        }
        return new Canvas.Frame(
                in.getShort() & 0xffff,
                in.getShort() & 0xffff,
                new Size(in.getShort() & 0xffff, in.getShort() & 0xffff));
    }

    private static void skipSubBlocks(ByteBuffer in) {
        for (int length = in.get() & 0xff; length > 0; length = in.get() & 0xff) {
            in.position(in.position() + length);
        }
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.GIF;
    }

    @Override
    public Size size() {
        return canvas;
    }

    @Override
    public int channels() {
        return 4;
    }

    @Override
    public Footprint footprint() {
        return new Footprint(frame.size().pixels(), 0);
    }

    @Override
    public void decode(RowSink rows) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream input = new ByteArrayImageInputStream(data)) {
            reader.setInput(input, true, true);
            BufferedImage picture = reader.read(0);
            if (frame.covers(canvas)) {
                new PixelRows(channels(), rows).acceptAll(picture);
            } else {
                Canvas.around(canvas, frame, rows, sink -> new PixelRows(channels(), sink).acceptAll(picture));
            }
        } finally {
            reader.dispose();
        }
    }
}
