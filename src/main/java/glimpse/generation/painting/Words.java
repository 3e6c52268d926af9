package glimpse.generation.painting;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and emoji of a prompt, in small letters, and a number that no other prompt has. */
final class Words {
    private static final Pattern WORD = Pattern.compile("\\p{L}+|\\p{So}");
    private static final int READ = 4_000; // characters: as long as any provider's prompts

    private final Set<String> words = new LinkedHashSet<>();
    private final long hash;

    Words(String prompt) {
        this.hash = hash(prompt);
        Matcher matcher = WORD.matcher(
                prompt.substring(0, Math.min(READ, prompt.length())).toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            String word = matcher.group();
            words.add(word);
            if (word.length() > 3 && word.endsWith("s")) {
                words.add(word.substring(0, word.length() - 1));
            }
        }
    }

    long hash() {
        return hash;
    }

    /** Whether the prompt has one of these, which a space parts. */
    boolean name(String any) {
        return Arrays.stream(any.split(" ", -1)).anyMatch(words::contains);
    }

    Set<String> all() {
        return words;
    }

    /** FNV-1a (Fowler, Noll and Vo), over UTF-16, its bits then spread. */
    private static long hash(String prompt) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < prompt.length(); i++) {
            hash = (hash ^ prompt.charAt(i)) * 0x100000001b3L;
        }
        return Dice.mix(hash);
    }
}
