package glimpse.posts;

import glimpse.agents.Mentions;
import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The hashtags and mentions in a caption. */
public record CaptionTags(List<String> hashtags, List<String> mentions) {
    private static final int MOST_HASHTAGS = 30;

    // Not inside a word, an address or a link; at least one letter, so that #1 is a number; not the beginning of what
    // is
    // longer.
    private static final Pattern HASHTAG = Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_#&/@.])#(?=[\\p{N}_]*\\p{L})"
            + "([\\p{L}\\p{M}\\p{N}_]{1,100}+)(?![\\p{L}\\p{M}\\p{N}_])");
    private static final Pattern IN_HASHTAGS = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]{1,100}");

    /** Each once, in lower case, in the order in which they come. */
    static CaptionTags of(String caption) {
        List<String> hashtags = hashtagsIn(caption);
        if (hashtags.size() > MOST_HASHTAGS) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED)
                    .details(List.of(new ApiError.Detail(
                            "caption", "has " + hashtags.size() + " hashtags; it may have " + MOST_HASHTAGS)));
        }
        return new CaptionTags(hashtags, Mentions.in(caption));
    }

    /** The hashtags of any text, each once, in lower case, in the order in which they come; however many. */
    public static List<String> hashtagsIn(String text) {
        return HASHTAG.matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .results()
                .map(tag -> tag.group(1).toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** A hashtag as captions have it, from what somebody names it by: with or without # and capitals. */
    public static Optional<String> hashtag(String named) {
        return hashtagBeginning(named).filter(tag -> HASHTAG.matcher("#" + tag).matches());
    }

    /** The same for the beginning of one, which may still be without a letter. */
    public static Optional<String> hashtagBeginning(String named) {
        String plain = Normalizer.normalize(named.startsWith("#") ? named.substring(1) : named, Normalizer.Form.NFC);
        return IN_HASHTAGS.matcher(plain).matches() ? Optional.of(plain.toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
