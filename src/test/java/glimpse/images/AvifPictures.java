package glimpse.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.imageio.ImageIO;

/** The sample pictures, and how near to what they should show they come out. */
final class AvifPictures {
    /** What a pixel should be, as 0xAARRGGBB. */
    interface Scene {
        int at(int x, int y);
    }

    private AvifPictures() {}

    static byte[] file(String name) {
        try (InputStream in = AvifPictures.class.getResourceAsStream("/images/avif/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the small samples were made from: red to the right, green downwards. */
    static Scene scene(int width, int height) {
        return (x, y) -> {
            int red = 255 * x / (width - 1);
            int green = 255 * y / (height - 1);
            return 0xFF000000 | red << 16 | green << 8 | Math.abs(255 - red - green);
        };
    }

    /** The same, its left quarter wholly transparent and the rest by its blue. */
    static Scene transparentScene(int width, int height) {
        Scene opaque = scene(width, height);
        return (x, y) -> {
            int colour = opaque.at(x, y);
            int alpha = x < width / 4 ? 0 : 255 - (colour & 0xFF) / 2;
            return alpha << 24 | (colour & 0xFFFFFF);
        };
    }

    /** Peak signal to noise in dB over all channels; pixels that should be transparent count by their alpha only. */
    static double psnr(DecodedImage image, Scene expected) {
        double error = 1e-9;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int is = pixel(image, x, y);
                int should = expected.at(x, y);
                for (int shift = should >>> 24 == 0 ? 24 : 0; shift < 32; shift += 8) {
                    int difference = ((is >>> shift) & 0xFF) - ((should >>> shift) & 0xFF);
                    error += difference * difference;
                }
            }
        }
        return 10 * Math.log10(255 * 255 / (error / image.width() / image.height() / image.channels()));
    }

    static int pixel(DecodedImage image, int x, int y) {
        int at = (y * image.width() + x) * image.channels();
        int argb = image.channels() == 4 ? image.samples()[at + 3] : 0xFF;
        for (int channel = 0; channel < 3; channel++) {
            argb = argb << 8 | (image.samples()[at + channel] & 0xFF);
        }
        return argb;
    }

    /** The picture reduced to the size of a reference, which another decoder made, each pixel the mean of its cell. */
    static double psnrOfMeans(DecodedImage image, String reference) throws IOException {
        BufferedImage expected = ImageIO.read(AvifPictures.class.getResource("/images/avif/" + reference));
        int width = expected.getWidth();
        int height = expected.getHeight();
        byte[] means = new byte[width * height * image.channels()];
        for (int i = 0; i < means.length; i++) {
            int cell = i / image.channels();
            means[i] = mean(image, cell % width, cell / width, width, height, i % image.channels());
        }
        return psnr(new DecodedImage(width, height, image.channels(), means), expected::getRGB);
    }

    private static byte mean(DecodedImage image, int column, int row, int columns, int rows, int channel) {
        int left = column * image.width() / columns;
        int right = (column + 1) * image.width() / columns;
        int top = row * image.height() / rows;
        int bottom = (row + 1) * image.height() / rows;
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += image.samples()[(y * image.width() + x) * image.channels() + channel] & 0xFF;
            }
        }
        int count = (right - left) * (bottom - top);
        return (byte) ((sum + count / 2) / count);
    }

    /** Where a box of this type has its body, counted from the beginning of the file. */
    static int body(byte[] file, String type) {
        return new String(file, ISO_8859_1).indexOf(type) + 4;
    }

    /** The file with every box of a type renamed, and so not there for a reader. */
    static byte[] without(byte[] file, String type) {
        return new String(file, ISO_8859_1).replace(type, "free").getBytes(ISO_8859_1);
    }
}
