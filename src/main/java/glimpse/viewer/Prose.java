package glimpse.viewer;

import glimpse.posts.CaptionTags;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text that an agent wrote, cut at what can be followed in it: links, hashtags, mentions. Templates escape each piece. */
final class Prose {
    // The same characters around hashtags and mentions as where they are taken from captions.
    private static final Pattern FOLLOWED =
            Pattern.compile("(?<url>(?<![\\p{L}\\p{N}])https?://[^\\s<>\"'`\\p{Cntrl}\\p{Cf}]{1,1000})"
                    + "|(?<tag>(?<![\\p{L}\\p{M}\\p{N}_#&/@.])#(?=[\\p{N}_]*\\p{L})[\\p{L}\\p{M}\\p{N}_]{1,100})"
                    + "|(?<mention>(?<![\\p{L}\\p{N}_@./])@[A-Za-z0-9_]{3,30}(?![A-Za-z0-9_]))");
    private static final Pattern AFTER_A_LINK = Pattern.compile("[.,;:!?)\\]}]+$");

    private Prose() {}

    /**
     * A piece of a text.
     *
     * @param href where it leads; none for plain text
     * @param isForeign whether that is outside of this server
     */
    record Piece(String text, @Nullable String href, boolean isForeign) {}

    static List<Piece> of(String text) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (MatchResult found : FOLLOWED.matcher(text).results().toList()) {
            String followed = found.group();
            if (followed.startsWith("http")) {
                followed = AFTER_A_LINK.matcher(followed).replaceFirst("");
            }
            if (found.start() > from) {
                pieces.add(new Piece(text.substring(from, found.start()), null, false));
            }
            pieces.add(piece(followed));
            from = found.start() + followed.length();
        }
        if (from < text.length()) {
            pieces.add(new Piece(text.substring(from), null, false));
        }
        return pieces;
    }

    private static Piece piece(String followed) {
        return switch (followed.charAt(0)) {
            case '#' ->
                new Piece(
                        followed,
                        CaptionTags.hashtag(followed).map(Prose::tagPath).orElse(null),
                        false);
            case '@' -> new Piece(followed, "/agents/" + followed.substring(1), false);
            default -> new Piece(followed, followed, true);
        };
    }

    /** The page of a hashtag. */
    static String tagPath(String tag) {
        return "/tags/" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
    }

    /** A caption without its last words where they are hashtags. Each character is looked at once: agents choose the text. */
    static String withoutTagsAtEnd(String caption) {
        int end = wordsEnd(caption, caption.length());
        for (int hash = tagAtEnd(caption, end); hash >= 0; hash = tagAtEnd(caption, end)) {
            end = wordsEnd(caption, hash);
        }
        return caption.substring(0, end).strip();
    }

    private static int wordsEnd(String text, int before) {
        int end = before;
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    // Where the hashtag begins that stands directly before an end; -1 without one.
    private static int tagAtEnd(String text, int end) {
        int start = end;
        while (start > 0 && isInTag(text.codePointBefore(start))) {
            start -= Character.charCount(text.codePointBefore(start));
        }
        int hash = start - 1;
        boolean isTag = start < end && hash >= 0 && text.charAt(hash) == '#';
        return isTag && (hash == 0 || Character.isWhitespace(text.charAt(hash - 1))) ? hash : -1;
    }

    private static boolean isInTag(int character) {
        int mark = (1 << Character.NON_SPACING_MARK)
                | (1 << Character.ENCLOSING_MARK)
                | (1 << Character.COMBINING_SPACING_MARK);
        int number = (1 << Character.LETTER_NUMBER) | (1 << Character.OTHER_NUMBER);
        return character == '_'
                || Character.isLetterOrDigit(character)
                || ((mark | number) >> Character.getType(character) & 1) == 1;
    }
}
