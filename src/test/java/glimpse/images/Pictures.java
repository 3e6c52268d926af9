package glimpse.images;

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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws small pictures and writes them in every format, well-formed or not. */
final class Pictures {
    private Pictures() {}

    /** Red, green, blue and yellow quarters, clockwise from the upper left: no two ways of turning it look the same. */
    static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        fill(graphics, Color.RED, 0, 0, width / 2, height / 2);
        fill(graphics, Color.GREEN, width / 2, 0, width - width / 2, height / 2);
        fill(graphics, Color.BLUE, width / 2, height / 2, width - width / 2, height - height / 2);
        fill(graphics, Color.YELLOW, 0, height / 2, width / 2, height - height / 2);
        graphics.dispose();
        return image;
    }

    static BufferedImage quarters(int width, int height) {
        return quarters(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    static BufferedImage gradient(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    static BufferedImage plain(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        fill(graphics, color, 0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private static void fill(Graphics2D graphics, Color color, int x, int y, int width, int height) {
        graphics.setColor(color);
        graphics.fillRect(x, y, width, height);
    }

    static byte[] png(BufferedImage image) {
        return write(ImageIO.getImageWritersByFormatName("png").next(), image, false);
    }

    static byte[] interlacedPng(BufferedImage image) {
        return write(ImageIO.getImageWritersByFormatName("png").next(), image, true);
    }

    static byte[] jpeg(BufferedImage image) {
        return write(ImageIO.getImageWritersByFormatName("jpeg").next(), image, false);
    }

    static byte[] progressiveJpeg(BufferedImage image) {
        return write(ImageIO.getImageWritersByFormatName("jpeg").next(), image, true);
    }

    static byte[] gif(BufferedImage image) {
        return write(ImageIO.getImageWritersByFormatName("gif").next(), image, false);
    }

    static byte[] webp(BufferedImage image) {
        return webp(image, CompressionType.Lossy);
    }

    static byte[] losslessWebp(BufferedImage image) {
        return webp(image, CompressionType.Lossless);
    }

    private static byte[] webp(BufferedImage image, CompressionType type) {
        WebPWriteParam parameters = new WebPWriteParam(Locale.ROOT);
        parameters.setCompressionType(type);
        return write(new WebPImageWriterSpi().createWriterInstance(null), image, parameters);
    }

    private static byte[] write(ImageWriter writer, BufferedImage image, boolean progressive) {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (progressive) {
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        return write(writer, image, parameters);
    }

    private static byte[] write(ImageWriter writer, BufferedImage image, ImageWriteParam parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A TIFF structure that holds nothing but an orientation. */
    static byte[] exif(int orientation, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
        tiff.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949))
                .putShort((short) 42)
                .putInt(8);
        tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
        return tiff.array();
    }

    /** With a segment more, right behind the start of the file. */
    static byte[] withSegment(byte[] jpeg, int marker, String prefix, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 4 + prefix.length() + body.length);
        out.put(jpeg, 0, 2);
        putSegment(out, marker, prefix, body);
        return out.put(jpeg, 2, jpeg.length - 2).array();
    }

    static void putSegment(ByteBuffer out, int marker, String prefix, byte[] body) {
        out.put((byte) 0xff).put((byte) marker).putShort((short) (2 + prefix.length() + body.length));
        out.put(prefix.getBytes(ISO_8859_1)).put(body);
    }

    /** With an ICC profile, in as many segments as it takes. */
    static byte[] withProfile(byte[] jpeg, byte[] profile) {
        int most = 65_000;
        int count = (profile.length + most - 1) / most;
        byte[] result = jpeg;
        for (int i = count; i > 0; i--) {
            int length = Math.min(most, profile.length - (i - 1) * most);
            byte[] part = ByteBuffer.allocate(2 + length)
                    .put((byte) i)
                    .put((byte) count)
                    .put(profile, (i - 1) * most, length)
                    .array();
            result = withSegment(result, 0xe2, "ICC_PROFILE\0", part);
        }
        return result;
    }

    /** With a chunk more, right behind the header. */
    static byte[] withChunk(byte[] png, String type, byte[] body) {
        byte[] chunk = pngChunk(type, body);
        return ByteBuffer.allocate(png.length + chunk.length)
                .put(png, 0, 33)
                .put(chunk)
                .put(png, 33, png.length - 33)
                .array();
    }

    static byte[] pngChunk(String type, byte[] body) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + body.length);
        chunk.putInt(body.length).put(type.getBytes(ISO_8859_1)).put(body);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + body.length);
        return chunk.putInt((int) crc.getValue()).array();
    }

    static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    /** A PNG file of any claimed size, with any compressed pixels. */
    static byte[] rawPng(int width, int height, int bitDepth, int colorType, byte[] deflated) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bitDepth)
                .put((byte) colorType)
                .array();
        return join(
                "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1),
                pngChunk("IHDR", header),
                pngChunk("IDAT", deflated),
                pngChunk("IEND", new byte[0]));
    }

    static byte[] riff(byte[]... chunks) {
        byte[] body = join(chunks);
        return ByteBuffer.allocate(12 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(ISO_8859_1))
                .putInt(4 + body.length)
                .put("WEBP".getBytes(ISO_8859_1))
                .put(body)
                .array();
    }

    static byte[] riffChunk(String type, byte[] body) {
        return ByteBuffer.allocate(8 + body.length + body.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(ISO_8859_1))
                .putInt(body.length)
                .put(body)
                .array();
    }

    /** The extended header: flags, and the canvas. */
    static byte[] vp8x(int flags, int width, int height) {
        ByteBuffer body = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putInt(flags);
        return riffChunk("VP8X", uint24(uint24(body, width - 1), height - 1).array());
    }

    /** One frame of an animation, out of a still picture. */
    static byte[] anmf(int x, int y, int width, int height, byte[] still) {
        ByteBuffer body = ByteBuffer.allocate(16 + still.length - 12).order(ByteOrder.LITTLE_ENDIAN);
        uint24(uint24(body, x / 2), y / 2);
        uint24(uint24(body, width - 1), height - 1);
        uint24(body, 100).put((byte) 0).put(still, 12, still.length - 12);
        return riffChunk("ANMF", body.array());
    }

    private static ByteBuffer uint24(ByteBuffer out, int value) {
        return out.putShort((short) value).put((byte) (value >> 16));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
