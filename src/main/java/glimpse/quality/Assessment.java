package glimpse.quality;

import glimpse.images.Compression;
import glimpse.images.Measures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores of what was measured, and what follows from them. */
public final class Assessment {
    /** No single fault brings the whole to nothing. */
    static final int LOWEST_SCORE = 5;

    static final String METHOD = "Weighted geometric mean of the scores: one bad fault is not made up for by the rest";

    private static final double PIXELS_PER_MEGAPIXEL = 1e6;
    private static final Scale MEGAPIXELS = new Scale(0.0225, 2.0, true); // the thumbnail's; 1920×1080
    private static final Scale SHARPNESS = new Scale(10, 1_000, true);
    private static final Scale CLIPPED = new Scale(0.5, 0.02, false);
    private static final Scale CONTRAST = new Scale(0.02, 0.16, false);
    private static final Scale NOISE = new Scale(12, 1, true);
    private static final Scale COLORFULNESS = new Scale(0, 59, false);
    private static final Scale JPEG_QUALITY = new Scale(10, 90, false);
    private static final Scale WEBP_BITS = new Scale(0.05, 1.0, true);
    private static final Scale AVIF_BITS = new Scale(0.025, 0.5, true); // as good in half of the bits
    private static final int GIF_SCORE = 50; // whole, but of 256 colours

    private final Map<Aspect, Quality.Measure> measures = new EnumMap<>(Aspect.class);

    public Assessment(Measures pixels, @Nullable Compression file, String format, int width, int height) {
        double size = (double) width * height;
        double clipped = pixels.shadows() + pixels.highlights();
        put(Aspect.RESOLUTION, size / PIXELS_PER_MEGAPIXEL, MEGAPIXELS);
        put(Aspect.SHARPNESS, pixels.sharpness(), SHARPNESS);
        put(Aspect.EXPOSURE, clipped, CLIPPED);
        put(Aspect.CONTRAST, pixels.contrast(), CONTRAST);
        put(Aspect.NOISE, pixels.noise(), NOISE);
        put(Aspect.COLORFULNESS, pixels.colorfulness(), COLORFULNESS);
        if (file != null) {
            double bits = file.bytes() * 8 / size;
            measures.put(Aspect.COMPRESSION, Aspect.COMPRESSION.scored(bits, compression(file, format, bits)));
        }
    }

    private void put(Aspect aspect, double value, Scale scale) {
        measures.put(aspect, aspect.scored(value, scale.score(value)));
    }

    private static int compression(Compression file, String format, double bits) {
        if (file.lossless()) {
            return 100;
        }
        if (file.jpegQuality() != null) {
            return JPEG_QUALITY.score(file.jpegQuality());
        }
        return switch (format) {
            case "image/gif" -> GIF_SCORE;
            case "image/avif" -> AVIF_BITS.score(bits);
            default -> WEBP_BITS.score(bits);
        };
    }

    List<Quality.Measure> measures() {
        return new ArrayList<>(measures.values());
    }

    /** From 0 to 100. */
    public int overall() {
        double weights = 0;
        double logarithms = 0;
        for (Quality.Measure measure : measures.values()) {
            weights += measure.weight();
            logarithms += measure.weight() * Math.log(Math.max(LOWEST_SCORE, measure.score()));
        }
        return (int) Math.round(Math.exp(logarithms / weights));
    }

    /** The categories of ITU-R BT.500, 20 points each. */
    String grade() {
        int overall = overall();
        return overall >= 80
                ? "excellent"
                : overall >= 60 ? "good" : overall >= 40 ? "fair" : overall >= 20 ? "poor" : "bad";
    }

    /** What would raise the overall score most. */
    String advice() {
        return measures.keySet().stream()
                .filter(aspect -> loss(aspect) > 0 && score(aspect) < Aspect.GOOD)
                .max(Comparator.comparingDouble(this::loss))
                .map(Aspect::advice)
                .orElse("Nothing technical needs to be better.");
    }

    private int score(Aspect aspect) {
        Quality.@Nullable Measure measure = measures.get(aspect);
        return measure == null ? 100 : measure.score();
    }

    private double loss(Aspect aspect) {
        Quality.@Nullable Measure measure = measures.get(aspect);
        return measure == null ? 0 : measure.weight() * Math.log(100.0 / Math.max(LOWEST_SCORE, measure.score()));
    }
}
