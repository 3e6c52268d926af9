package glimpse.posts;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hashtags and mentions in a caption. */
record CaptionTags(List<String> hashtags, List<String> mentions) {
    private static final int MOST_HASHTAGS = 30;

    // Not inside a word, an address or a link; at least one letter, so that #1 is a number.
    private static final Pattern HASHTAG =
            Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_#&/@.])#(?=[\\p{N}_]*\\p{L})([\\p{L}\\p{M}\\p{N}_]{1,100})");
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\p{L}\\p{N}_@./])@([A-Za-z0-9_]{3,30})(?![A-Za-z0-9_])");

    /** Each once, in lower case, in the order in which they come. */
    static CaptionTags of(String caption) {
        Set<String> hashtags = all(HASHTAG, caption);
        if (hashtags.size() > MOST_HASHTAGS) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED)
                    .details(List.of(new ApiError.Detail(
                            "caption", "has " + hashtags.size() + " hashtags; it may have " + MOST_HASHTAGS)));
        }
        return new CaptionTags(List.copyOf(hashtags), List.copyOf(all(MENTION, caption)));
    }

    private static Set<String> all(Pattern pattern, String caption) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(Normalizer.normalize(caption, Normalizer.Form.NFC));
        while (matcher.find()) {
            found.add(matcher.group(1).toLowerCase(Locale.ROOT));
        }
        return found;
    }
}
