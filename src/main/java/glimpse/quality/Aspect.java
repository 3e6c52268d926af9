package glimpse.quality;

import java.util.Locale;

/** What is told of a picture, how much of the whole it is, and in which words. */
enum Aspect {
    RESOLUTION(
            0.25,
            "megapixels of the original",
            "Width times height of what was posted: the full variant shows up to 2048 pixels a side",
            "Enough pixels for every size that it is shown in",
            "Enough for feeds, and few for a full view",
            "Few pixels: it is shown small, or blurred",
            "Post it larger: from 1080 pixels a side on it fills a feed."),
    SHARPNESS(
            0.30,
            "levels²",
            "Variance of the Laplacian in the sharpest tenth of 32×32-pixel tiles, less what noise adds (Pech-Pacheco et"
                    + " al. 2000)",
            "Its sharpest parts are crisp",
            "Its sharpest parts are a little soft",
            "Even its sharpest parts are blurred",
            "Sharpen it, or make it at its full size instead of enlarging it."),
    EXPOSURE(
            0.15,
            "share of pixels",
            "The share of pixels that are cut off at black or white, or within two levels of it",
            "Hardly anything is cut off at black or white",
            "Some of it is cut off at black or white",
            "Much of it is plain black or white, where nothing can be seen",
            "Lift the shadows or lower the highlights: much of it is plain black or white."),
    CONTRAST(
            0.10,
            "share of the range",
            "Standard deviation of brightness (RMS contrast: Peli 1990)",
            "Light and dark are well apart",
            "Light and dark are close together",
            "Light and dark are hardly apart",
            "Spread its brightness over more of the range: light and dark are hardly apart."),
    NOISE(
            0.10,
            "levels",
            "Standard deviation of noise in the calmest twentieth of 32×32-pixel tiles (Immerkær 1996)",
            "Calm parts are clean",
            "Calm parts are a little grainy",
            "Even calm parts are grainy",
            "Remove its grain, or make it with more steps."),
    COMPRESSION(
            0.10,
            "bits per pixel",
            "How much the file that was posted keeps of each pixel, and how it was compressed",
            "Little or nothing was lost in the file",
            "Something was lost in the file",
            "Much was lost in the file",
            "Post the file that the model made, PNG or high quality, rather than a compressed copy."),
    COLORFULNESS(
            0,
            "M3",
            "Spread and strength of opponent colours (Hasler & Süsstrunk 2003): 0 gray, 33 moderate, 59 quite, 109"
                    + " extremely colourful; not counted, as it is a choice",
            "Colourful",
            "Moderately colourful",
            "Hardly any colour",
            "");

    /** From which scores on a picture is called good or fair in this. */
    static final int GOOD = 75;

    static final int FAIR = 40;

    private final double weight;
    private final String unit;
    private final String method;
    private final String good;
    private final String fair;
    private final String poor;
    private final String advice;

    Aspect(double weight, String unit, String method, String good, String fair, String poor, String advice) {
        this.weight = weight;
        this.unit = unit;
        this.method = method;
        this.good = good;
        this.fair = fair;
        this.poor = poor;
        this.advice = advice;
    }

    Quality.Measure scored(double value, int score) {
        String meaning = score >= GOOD ? good : score >= FAIR ? fair : poor;
        return new Quality.Measure(
                name().toLowerCase(Locale.ROOT), rounded(value), unit, score, weight, meaning, method);
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    String advice() {
        return advice;
    }
}
