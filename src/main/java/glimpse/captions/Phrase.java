package glimpse.captions;

import glimpse.prompts.Lexicon;
import glimpse.prompts.Word;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes of a subject what can stand in an English sentence. */
final class Phrase {
    private static final Set<String> DETERMINERS = Set.of(
            "a",
            "an",
            "the",
            "this",
            "that",
            "these",
            "those",
            "my",
            "our",
            "your",
            "his",
            "her",
            "its",
            "their",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "some",
            "many",
            "several",
            "few",
            "no",
            "every",
            "each",
            "all",
            "both",
            "half",
            "someone",
            "something",
            "i",
            "we",
            "it",
            "he",
            "she",
            "they",
            "just");
    private static final Set<String> UNCOUNTABLE = Set.of(
            "ramen",
            "rain",
            "snow",
            "fog",
            "mist",
            "wind",
            "lightning",
            "space",
            "mars",
            "jupiter",
            "saturn",
            "coffee",
            "tea",
            "wine",
            "beer",
            "bread",
            "honey",
            "fish",
            "moss",
            "grass",
            "hair",
            "magic",
            "typography",
            "architecture",
            "lettering",
            "pasta",
            "sushi",
            "chocolate",
            "rice",
            "bamboo",
            "people",
            "children",
            "wolves",
            "mice",
            "geese",
            "women",
            "men",
            "winter",
            "summer",
            "spring",
            "autumn",
            "food",
            "fruit",
            "earth",
            "snowfall",
            "spaghetti");
    private static final Set<String> COUNTABLE = Set.of(
            "cup", "bowl", "glass", "plate", "pair", "group", "bunch", "pile", "row", "herd", "flock", "piece", "stack",
            "vase", "basket", "bouquet", "jar", "bottle", "slice", "pot", "crowd", "swarm", "ball");
    private static final Set<String> SPEAKING = Set.of("i", "we", "you", "he", "she", "it", "they", "this", "there");
    private static final Set<String> NO_NOUNS = Set.of("of", "in", "on", "at", "with", "and");
    private static final Set<String> JOINING = Set.of(
            "a", "an", "the", "of", "in", "on", "at", "with", "and", "or", "to", "for", "by", "his", "her", "is",
            "under", "over", "from", "into", "as", "that", "its");
    // As people are counted where pictures are found by tags: "1girl, solo".
    private static final Pattern COUNTED = Pattern.compile("(?i)([1-6])(girl|boy)s?\\b");
    private static final List<String> COUNTS = List.of("a ", "two ", "three ", "four ", "five ", "six ");
    private static final int MOST_WORDS = 14;
    private static final int LONGEST = 110; // characters

    private Phrase() {}

    /** A phrase that can stand in a sentence: {@code a red fox in the snow}; empty when nothing is known. */
    static String of(String subject, Lexicon lexicon) {
        String shortened = shortened(subject.replaceAll("\\s+", " ").replaceAll("^[^\\p{L}\\p{N}\"“]+", ""))
                .replaceAll("[\\s,;:.!?–—-]+$", "");
        shortened = COUNTED.matcher(shortened).replaceAll(found -> {
            int count = Integer.parseInt(found.group(1));
            return COUNTS.get(count - 1) + found.group(2).toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s");
        });
        List<Word> words = Word.of(shortened);
        if (words.isEmpty()) {
            return "";
        }
        String first = shortened.substring(words.get(0).start(), words.get(0).end());
        String lower = first.toLowerCase(Locale.ROOT);
        if (DETERMINERS.contains(lower)) {
            return lower.equals("i")
                    ? shortened
                    : lower + shortened.substring(words.get(0).end());
        }
        return takesArticle(shortened, words, lexicon) ? article(decapitalized(shortened, first)) : shortened;
    }

    // "astronaut riding a horse" and "old fisherman" do; "foxes", "Tokyo at night" and "rain on a window" do not.
    private static boolean takesArticle(String text, List<Word> words, Lexicon lexicon) {
        for (int at = 0; at < Math.min(4, words.size()); at++) {
            Word word = words.get(at);
            String written = text.substring(word.start(), word.end()).toLowerCase(Locale.ROOT);
            boolean last =
                    at + 1 == words.size() || !lexicon.isThing(words.get(at + 1).plain());
            if (lexicon.isThing(word.plain()) && last) {
                return written.equals(word.plain()) && !UNCOUNTABLE.contains(written);
            }
            if (COUNTABLE.contains(written)) {
                return true;
            }
            if (written.endsWith("ing") || NO_NOUNS.contains(written)) {
                return false;
            }
        }
        return false;
    }

    private static String decapitalized(String text, String first) {
        boolean name = first.length() > 1 && Character.isUpperCase(first.charAt(1));
        return name ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String article(String noun) {
        boolean vowel = noun.matches("(?i)(?:[aeio]|u(?!n[ai]|s[eu]|ti|k|fo)|hour|honest|8|11\\b|18\\b).*")
                && !noun.matches("(?i)(?:one|once|eu|ewe).*");
        return (vowel ? "an " : "a ") + noun;
    }

    private static String shortened(String text) {
        List<Word> words = Word.of(text);
        int most = Math.min(MOST_WORDS, words.size());
        while (most > 1 && words.get(most - 1).end() > LONGEST) {
            most--;
        }
        boolean cut = most < words.size();
        while (cut && most > 1 && JOINING.contains(words.get(most - 1).plain())) {
            most--;
        }
        if (words.isEmpty() || !cut) {
            return text.length() > 2 * LONGEST ? "" : text;
        }
        int end = words.get(most - 1).end();
        return end > LONGEST ? "" : text.substring(0, end);
    }

    /** Whether it is a sentence of its own, which nothing can be put before. */
    static boolean isSentence(String text) {
        List<Word> words = Word.of(text);
        return !words.isEmpty() && SPEAKING.contains(words.get(0).plain().replaceAll("'.*", ""));
    }

    static String capitalized(String text) {
        int first = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
    }
}
