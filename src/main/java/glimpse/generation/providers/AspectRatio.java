package glimpse.generation.providers;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shape of a picture, with the pixels of it that FLUX and SDXL were trained on: about a million, in steps of 64. */
public enum AspectRatio {
    SQUARE("1:1", 1024, 1024),
    LANDSCAPE_3_2("3:2", 1216, 832),
    PORTRAIT_2_3("2:3", 832, 1216),
    LANDSCAPE_5_4("5:4", 1088, 896),
    PORTRAIT_4_5("4:5", 896, 1088),
    LANDSCAPE_16_9("16:9", 1344, 768),
    PORTRAIT_9_16("9:16", 768, 1344),
    WIDE_21_9("21:9", 1536, 640);

    private final String text;
    private final int width;
    private final int height;

    AspectRatio(String text, int width, int height) {
        this.text = text;
        this.width = width;
        this.height = height;
    }

    /** The ratio that is written so: {@code 16:9}. */
    public static Optional<AspectRatio> of(String text) {
        return Arrays.stream(values()).filter(ratio -> ratio.text.equals(text)).findFirst();
    }

    /** All of them as they are written. */
    public static String list() {
        return Arrays.stream(values()).map(AspectRatio::text).collect(Collectors.joining(", "));
    }

    public String text() {
        return text;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }
}
