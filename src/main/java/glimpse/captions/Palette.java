package glimpse.captions;

import org.jspecify.annotations.Nullable;

/**
 * The colors of a picture in words.
 *
 * @param color most of it: {@code deep blue}
 * @param brightness {@code dark} or {@code bright}; none where it is neither
 */
record Palette(String color, @Nullable String brightness) {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    private static final String[] HUES = {
        "red", "orange", "yellow", "green", "green", "green", "teal", "blue", "blue", "violet", "magenta", "pink"
    };

    /** Of a color as {@code #3a5f7d}, and of a blurhash, whose first color is the mean of the whole picture. */
    static Palette of(String dominantColor, String blurhash) {
        double mean = luma(average(blurhash));
        String brightness = mean > 0.68 ? "bright" : null;
        return new Palette(name(Integer.parseInt(dominantColor.substring(1), 16)), mean < 0.3 ? "dark" : brightness);
    }

    private static int average(String blurhash) {
        int value = 0;
        for (int at = 2; at < 6; at++) {
            value = value * 83 + DIGITS.indexOf(blurhash.charAt(at));
        }
        return value;
    }

    private static double luma(int rgb) {
        return 0.299 * channel(rgb, 16) + 0.587 * channel(rgb, 8) + 0.114 * channel(rgb, 0);
    }

    private static double channel(int rgb, int shift) {
        return ((rgb >> shift) & 255) / 255.0;
    }

    private static String name(int rgb) {
        double red = channel(rgb, 16);
        double green = channel(rgb, 8);
        double blue = channel(rgb, 0);
        double most = Math.max(red, Math.max(green, blue));
        double least = Math.min(red, Math.min(green, blue));
        double lightness = (most + least) / 2;
        double spread = most - least;
        if (lightness < 0.08) {
            return "black";
        }
        if (lightness > 0.94) {
            return "white";
        }
        if (spread < 0.1) {
            return lightness < 0.35 ? "dark gray" : tinted("gray", lightness, 1);
        }
        String hue = hue(red, green, blue, most, spread, lightness);
        if (lightness < 0.3) {
            return hue.equals("brown") ? "dark brown" : "deep " + hue;
        }
        return tinted(hue, lightness, spread);
    }

    private static String tinted(String hue, double lightness, double spread) {
        if (lightness > 0.72) {
            return "pale " + hue;
        }
        return spread < 0.28 ? "muted " + hue : hue;
    }

    private static String hue(double red, double green, double blue, double most, double spread, double lightness) {
        double sixth = (green - blue) / spread;
        if (most == green) {
            sixth = 2 + (blue - red) / spread;
        } else if (most == blue) {
            sixth = 4 + (red - green) / spread;
        }
        double degrees = (sixth * 60 + 360) % 360;
        if (degrees >= 15 && degrees < 50 && lightness < 0.45) {
            return "brown";
        }
        return HUES[(int) Math.round(degrees / 30) % 12];
    }
}
