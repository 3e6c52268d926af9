package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures without credentials, in every format. */
final class Samples {
    private Samples() {}

    static byte[] picture(Container container) {
        return switch (container) {
            case JPEG -> encoded("jpeg");
            case PNG -> encoded("png");
            case GIF -> encoded("gif");
            case WEBP -> lossyWebp();
            case AVIF -> resource("/images/avif/yuv420.avif");
        };
    }

    static byte[] lossyWebp() {
        return webp(CompressionType.Lossy, BufferedImage.TYPE_3BYTE_BGR);
    }

    static byte[] losslessWebp() {
        return webp(CompressionType.Lossless, BufferedImage.TYPE_3BYTE_BGR);
    }

    static byte[] transparentWebp() {
        return webp(CompressionType.Lossy, BufferedImage.TYPE_INT_ARGB);
    }

    /** With XMP, and the extended header that it needs. */
    static byte[] webpWithXmp(String xmp) {
        byte[] still = lossyWebp();
        ByteBuffer header =
                ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putInt(4);
        header.put((byte) 63).putShort((short) 0).put((byte) 63).putShort((short) 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(still, 0, 12);
        out.writeBytes(riffChunk("VP8X", header.array()));
        out.write(still, 12, still.length - 12);
        out.writeBytes(riffChunk("XMP ", xmp.getBytes(ISO_8859_1)));
        return riffSized(out.toByteArray());
    }

    static byte[] resource(String path) {
        try (InputStream in = Samples.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static BufferedImage drawing(int type) {
        BufferedImage image = new BufferedImage(64, 64, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, new Color(255, 128, 0, 100), 64, 64, Color.BLUE));
        graphics.fillRect(0, 0, 64, 64);
        graphics.dispose();
        return image;
    }

    private static byte[] encoded(String format) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        return write(writer, drawing(BufferedImage.TYPE_3BYTE_BGR), writer.getDefaultWriteParam());
    }

    private static byte[] webp(CompressionType type, int imageType) {
        WebPWriteParam parameters = new WebPWriteParam(Locale.ROOT);
        parameters.setCompressionType(type);
        return write(new WebPImageWriterSpi().createWriterInstance(null), drawing(imageType), parameters);
    }

    private static byte[] write(ImageWriter writer, BufferedImage image, ImageWriteParam parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] riffChunk(String type, byte[] body) {
        return ByteBuffer.allocate(8 + body.length + body.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(ISO_8859_1))
                .putInt(body.length)
                .put(body)
                .array();
    }

    static byte[] riffSized(byte[] webp) {
        ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(4, webp.length - 8);
        return webp;
    }
}
