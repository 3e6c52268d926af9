package glimpse.prompts;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a text, and where it stands. Text in quotation marks is one word, since it is meant to the letter.
 *
 * @param plain how the lexicon writes it: lower case, singular, American
 */
public record Word(String plain, int start, int end) {
    // Hyphens part words, so that "black-and-white" is what "black and white" is.
    // Possessive: a group that may give back what it took needs stack for each time it repeats.
    private static final Pattern FORM =
            Pattern.compile("\"[^\"\\n]{1,300}\"|“[^”\\n]{1,300}”|[\\p{L}\\p{M}\\p{N}]+(?:['’./:][\\p{L}\\p{N}]+)*+");
    private static final Pattern MARKS = Pattern.compile("(\\p{M}{8})\\p{M}+");
    private static final int LONGEST = 200; // characters of a word that the lexicon could know
    private static final Map<String, String> AMERICAN =
            Map.of("colour", "color", "grey", "gray", "centre", "center", "theatre", "theater", "harbour", "harbor");

    /** All words of a text, in order. */
    public static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = FORM.matcher(text);
        while (matcher.find()) {
            words.add(new Word(plain(matcher.group()), matcher.start(), matcher.end()));
        }
        return words;
    }

    /** The text without more marks on a letter than any script has: to find where words end takes time for each. */
    public static String legible(String text) {
        return MARKS.matcher(text).replaceAll("$1");
    }

    static String plain(String word) {
        if (word.length() > LONGEST) {
            return word;
        }
        String plain = Normalizer.normalize(word, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'');
        if (plain.endsWith("'s")) {
            plain = plain.substring(0, plain.length() - 2);
        }
        for (Map.Entry<String, String> british : AMERICAN.entrySet()) {
            if (plain.contains(british.getKey())) {
                plain = plain.replace(british.getKey(), british.getValue());
            }
        }
        return singular(plain);
    }

    // As good as it has to be: the lexicon's own words go through it, too.
    private static String singular(String word) {
        if (word.length() < 4 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")) {
            return word;
        }
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + 'y';
        }
        boolean twoLetters = word.matches(".*(?:x|ch|sh|ss|zz)es");
        return word.substring(0, word.length() - (twoLetters ? 2 : 1));
    }
}
