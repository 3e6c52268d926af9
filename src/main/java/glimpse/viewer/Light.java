package glimpse.viewer;

import java.util.Locale;

/**
 * The light that a picture throws on its page: hue and chroma of a colour in OKLCH
 * (https://bottosson.github.io/posts/oklab/). The style sheet makes every colour of a page from these two at lightnesses
 * that are fixed, so that its contrasts hold for any picture.
 */
record Light(int hue, double chroma) {
    /** Where there is no picture. */
    static final Light NEUTRAL = new Light(250, 0.05);

    private static final double LEAST_CHROMA = 0.02;
    private static final double MOST_CHROMA = 0.12;

    /** Of a colour as {@code #rrggbb}. */
    static Light of(String color) {
        return of(Integer.parseInt(color.substring(1), 16));
    }

    /** Of a colour as 0xrrggbb. */
    static Light of(int rgb) {
        double red = linear(rgb >> 16 & 0xff);
        double green = linear(rgb >> 8 & 0xff);
        double blue = linear(rgb & 0xff);
        double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
        double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
        double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
        double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        double b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
        double hue = Math.toDegrees(Math.atan2(b, a));
        double chroma = Math.max(LEAST_CHROMA, Math.min(MOST_CHROMA, Math.hypot(a, b)));
        return new Light(Math.floorMod(Math.round(hue), 360), chroma);
    }

    private static double linear(int srgb) {
        double value = srgb / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** As the page's own style sets it. */
    String css() {
        return String.format(Locale.ROOT, ":root{--h:%d;--c:%.3f}", hue, chroma);
    }
}
