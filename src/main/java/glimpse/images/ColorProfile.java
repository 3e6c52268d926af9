package glimpse.images;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An embedded ICC profile of RGB colours other than sRGB. */
final class ColorProfile {
    /** Profiles of displays and cameras have a few kilobytes, those of printers up to two megabytes; larger ones are no profiles. */
    static final int MOST_BYTES = 2_000_000;

    private static final int STRIP_ROWS = 64;
    private static final int MOST_LETTERS = 8;

    private final ColorConvertOp toSrgb;

    private ColorProfile(ICC_Profile profile) {
        this.toSrgb = new ColorConvertOp(new ICC_ColorSpace(profile), ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
    }

    /** Empty when there is nothing to convert: no profile, a broken one, sRGB itself, or not of RGB. */
    static Optional<ColorProfile> of(byte @Nullable [] data) {
        if (data == null) {
            return Optional.empty();
        }
        try {
            ICC_Profile profile = ICC_Profile.getInstance(data);
            return profile.getColorSpaceType() == ColorSpace.TYPE_RGB && !isSrgb(profile)
                    ? Optional.of(new ColorProfile(profile))
                    : Optional.empty();
        } catch (IllegalArgumentException | CMMException broken) {
            return Optional.empty();
        }
    }

    private static boolean isSrgb(ICC_Profile profile) {
        byte[] description = profile.getData(ICC_Profile.icSigProfileDescriptionTag);
        try {
            return description != null && text(ByteBuffer.wrap(description)).startsWith("sRGB");
        } catch (IndexOutOfBoundsException broken) {
            return false;
        }
    }

    /** One line of ASCII up to version 2 (ICC.1:2001-04, 6.5.17), texts in several languages since (ICC.1:2022, 10.15). */
    private static String text(ByteBuffer tag) {
        boolean multilingual = tag.getInt(0) == 0x6d6c7563; // mluc
        int offset = multilingual ? tag.getInt(24) : 12;
        int length = multilingual ? tag.getInt(20) : tag.getInt(8);
        byte[] text = new byte[Math.max(0, Math.min(length, MOST_LETTERS))];
        tag.get(offset, text);
        return new String(text, multilingual ? UTF_16BE : US_ASCII);
    }

    /** Converts in place, a few rows at a time. A profile that turns out to be broken changes nothing more. */
    void convert(DecodedImage image) {
        int stride = image.width() * 3;
        byte[] strip = new byte[stride * Math.min(STRIP_ROWS, image.height())];
        WritableRaster converted = rasterOf(strip.clone(), image.width());
        try {
            for (int y = 0; y < image.height(); y += STRIP_ROWS) {
                int pixels = image.width() * Math.min(STRIP_ROWS, image.height() - y);
                copy(image.samples(), y * image.width() * image.channels(), image.channels(), strip, 0, 3, pixels);
                toSrgb.filter(rasterOf(strip, image.width()), converted);
                byte[] result = ((DataBufferByte) converted.getDataBuffer()).getData();
                copy(result, 0, 3, image.samples(), y * image.width() * image.channels(), image.channels(), pixels);
            }
        } catch (CMMException | IllegalArgumentException broken) {
            return;
        }
    }

    /** The colours without the alpha between them: with it, JDK 17 converts wrongly and JDK 25 not at all. */
    private static void copy(byte[] from, int at, int step, byte[] to, int toAt, int toStep, int pixels) {
        for (int i = 0, a = at, b = toAt; i < pixels; i++, a += step, b += toStep) {
            to[b] = from[a];
            to[b + 1] = from[a + 1];
            to[b + 2] = from[a + 2];
        }
    }

    private static WritableRaster rasterOf(byte[] rgb, int width) {
        int stride = width * 3;
        DataBufferByte data = new DataBufferByte(rgb, rgb.length);
        return Raster.createInterleavedRaster(data, width, rgb.length / stride, stride, 3, new int[] {0, 1, 2}, null);
    }
}
