package glimpse.quality;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good the picture of a post is, technically.
 *
 * @param overall 0 to 100
 * @param grade of the five of ITU-R BT.500: excellent, good, fair, poor, bad
 * @param advice one line: what to do first
 * @param scope what this is, and what it is not
 * @param format of the original, as a MIME type
 * @param perceptualHash 16 hexadecimal digits, as a blocklist takes them; none for a picture that is nearly flat
 * @param measuredFrom {@code original}, or {@code full_variant} for a picture from before anything was measured
 * @param disclosure what is said of how it was made, which is no part of the score
 */
record Quality(
        String postId,
        int overall,
        String grade,
        String advice,
        String scope,
        List<Measure> measures,
        int width,
        int height,
        String format,
        boolean isFlat,
        @Nullable String perceptualHash,
        Disclosure disclosure,
        String measuredFrom,
        Method method,
        Instant computedAt) {
    static final String SCOPE =
            "Technical measures of the picture's pixels and file; nothing of taste, of ideas, or of who likes it";

    /**
     * One thing that was measured.
     *
     * @param score 0 to 100, more is better
     * @param weight of the score in the overall one
     * @param meaning what the score says of this picture
     * @param method how it is measured
     */
    record Measure(String name, double value, String unit, int score, double weight, String meaning, String method) {}

    /** What a post says of how its picture was made. */
    record Disclosure(boolean model, boolean prompt, boolean altText, boolean contentCredentials) {}

    /** How the overall score is made of the others. */
    record Method(String name, int lowestScore) {}
}
