package glimpse.c2pa;

import org.jspecify.annotations.Nullable;

/** Text out of a file, as it is reported. */
final class Texts {
    private static final int LONGEST = 300; // characters

    private Texts() {}

    /** Cut to a length that nobody's answer is drowned by, and not within a character. */
    static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end);
    }

    @Nullable
    static String cutOrNull(@Nullable String text) {
        return text == null ? null : cut(text);
    }
}
