package glimpse.prompts;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words that prompts are made of, and what they are for. */
public final class Lexicon {
    private static final Pattern LENS = Pattern.compile("\\d{1,4}mm|f/\\d+(?:\\.\\d+)?|1/\\d{1,4}s?|iso\\d{2,5}");
    private static final Pattern ENGLISH_ENDING = Pattern.compile(".{3,}(?:ing|ed|ly|ous|ful|less|ness|ship)");
    /** The theme of what nothing is known of. */
    static final String OTHER = "other";

    private static final String ANY = "any";
    private static final int LONGEST_RATIO = 4; // words that ask for a shape

    /**
     * Words with a meaning of their own.
     *
     * @param tags what it says, so that two that say the same or the opposite are known: {@code night}, {@code photo}
     */
    public record Term(String text, Part part, Set<String> tags) {
        /** Whether it can be what a picture is of: a sunset, the night sky. */
        boolean isNoun() {
            return tags.contains("noun");
        }

        /** Whether it only names a color, as of a red fox. */
        boolean isColorName() {
            return tags.contains("name");
        }
    }

    /** A term in a list of words: from one index to before another. */
    record Found(Term term, int from, int to) {}

    /** What a picture can be about, and what suits that. */
    record Theme(List<String> words, String aspectRatio, Map<Part, List<String>> options) {}

    /** The file. A term is {@code starry sky #night}; an adjective and a head of a pattern are a term together. */
    record Data(
            Map<Part, List<String>> terms,
            Map<Part, Heads> patterns,
            List<List<String>> conflicts,
            List<String> glue,
            List<String> prepositions,
            List<String> transitions,
            List<String> english,
            List<String> foreign,
            Map<String, List<String>> aspectRatios,
            Map<String, List<String>> negatives,
            Map<String, Setting> settings,
            Map<String, Theme> themes) {}

    /**
     * Where or when it is: what its words rule out, and what suits better than what suits the theme.
     *
     * @param unsuited words of options
     */
    record Setting(List<String> words, List<String> unsuited, Map<Part, List<String>> options) {}

    /** Adjectives, and the nouns they go with. */
    record Heads(List<String> adjectives, List<String> heads) {}

    private final Data data;
    private final Map<String, Term> terms = new HashMap<>();
    private final Map<String, String> themeOf = new HashMap<>();
    private final Map<String, String> ratioOf = new HashMap<>();
    private final Set<String> glue;
    private final Set<String> prepositions;
    private final Set<String> transitions;
    private final Set<String> english;
    private final Set<String> foreign;
    private final Map<String, Integer> mostWords = new HashMap<>(); // of a term, by its first

    public Lexicon(Styles styles) {
        data = Resource.read("lexicon.json", new TypeReference<>() {});
        data.terms().forEach((part, texts) -> texts.forEach(text -> add(part, text)));
        data.patterns().forEach(this::addPattern);
        data.themes().forEach((name, theme) -> {
            theme.words().forEach(word -> themeOf.putIfAbsent(Word.plain(word), name));
            theme.options().forEach((part, texts) -> texts.forEach(text -> addOption(part, text)));
        });
        data.settings()
                .values()
                .forEach(setting ->
                        setting.options().forEach((part, texts) -> texts.forEach(text -> addOption(part, text))));
        for (Style style : styles.all()) {
            String[] pieces = style.promptPrefix().split(", ", -1);
            addUnlessKnown(Part.MEDIUM, pieces[0]);
            Arrays.stream(pieces).forEach(text -> addUnlessKnown(Part.DETAIL, text));
        }
        data.aspectRatios().forEach((ratio, texts) -> texts.forEach(text -> ratioOf.put(key(text), ratio)));
        glue = plain(data.glue());
        prepositions = Set.copyOf(data.prepositions());
        transitions = plain(data.transitions());
        english = plain(data.english());
        foreign = Set.copyOf(data.foreign());
    }

    private static Set<String> plain(Collection<String> words) {
        return words.stream().map(Word::plain).collect(Collectors.toUnmodifiableSet());
    }

    private void addPattern(Part part, Heads pattern) {
        for (String adjective : pattern.adjectives()) {
            String[] tagged = adjective.split(" #", 2);
            String tags = tagged.length == 1 ? "" : " #" + tagged[1];
            pattern.heads().forEach(head -> addUnlessKnown(part, tagged[0] + ' ' + head + tags));
        }
    }

    /** What is added to prompts is known again in them. */
    private void addOption(Part part, String text) {
        Set<String> tags = find(Word.of(text)).stream()
                .flatMap(found -> found.term().tags().stream())
                .filter(tag -> !tag.equals("name") && !tag.equals("noun"))
                .collect(Collectors.toUnmodifiableSet());
        String named = part == Part.COLOR ? text + " palette" : text;
        put(new Term(named.replaceFirst("^(?:a|an|the) ", ""), part, tags));
    }

    private void addUnlessKnown(Part part, String text) {
        if (!terms.containsKey(key(text.split(" #", 2)[0]))) {
            add(part, text);
        }
    }

    private void add(Part part, String tagged) {
        String[] pieces = tagged.split(" #", -1);
        put(new Term(pieces[0], part, Set.copyOf(Arrays.asList(pieces).subList(1, pieces.length))));
    }

    private void put(Term term) {
        String key = key(term.text());
        String[] words = key.split(" ", -1);
        mostWords.merge(words[0], words.length, Math::max);
        terms.put(key, term);
    }

    private static String key(String text) {
        return Word.of(text).stream().map(Word::plain).collect(Collectors.joining(" "));
    }

    /** The terms in a text, the longest where several begin at the same word. */
    List<Found> find(List<Word> words) {
        List<Found> all = new ArrayList<>();
        for (int at = 0; at < words.size(); ) {
            Found found = at(words, at);
            if (found != null) {
                all.add(found);
            }
            at = found == null ? at + 1 : found.to();
        }
        return all;
    }

    private @Nullable Found at(List<Word> words, int from) {
        for (int to = Math.min(
                        words.size(),
                        from + mostWords.getOrDefault(words.get(from).plain(), 0));
                to > from;
                to--) {
            Term term = terms.get(joined(words.subList(from, to)));
            if (term != null) {
                return new Found(term, from, to);
            }
        }
        String word = words.get(from).plain();
        return LENS.matcher(word).matches() ? new Found(new Term(word, Part.CAMERA, Set.of()), from, from + 1) : null;
    }

    private static String joined(List<Word> words) {
        return words.stream().map(Word::plain).collect(Collectors.joining(" "));
    }

    /** Whether a word holds others together, and names nothing. */
    boolean isGlue(String plain) {
        return glue.contains(plain)
                || prepositions.contains(plain)
                || plain.chars().allMatch(Character::isDigit);
    }

    boolean isPreposition(String plain) {
        return prepositions.contains(plain);
    }

    /** Whether a word says that opposites are meant to meet. */
    boolean isTransition(String plain) {
        return transitions.contains(plain);
    }

    boolean isEnglish(String plain) {
        return isGlue(plain)
                || english.contains(plain)
                || themeOf.containsKey(plain)
                || ENGLISH_ENDING.matcher(plain).matches();
    }

    boolean isForeign(String plain) {
        return foreign.contains(plain);
    }

    /** In words, what two terms contradict each other in. */
    Optional<String> conflict(Collection<String> said, Collection<String> more) {
        return data.conflicts().stream()
                .filter(pair -> (said.contains(pair.get(0)) && more.contains(pair.get(1)))
                        || (said.contains(pair.get(1)) && more.contains(pair.get(0))))
                .map(pair -> pair.get(2))
                .findFirst();
    }

    /** What a subject is about: what it names first, unless it names more of something else. */
    public String theme(List<Word> subject) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> named = subject.stream()
                .map(word -> themeOf.get(word.plain()))
                .filter(Objects::nonNull)
                .toList();
        named.forEach(theme -> counts.merge(theme, 2, Integer::sum));
        if (named.isEmpty()) {
            return OTHER;
        }
        counts.merge(named.get(0), 3, Integer::sum);
        return named.stream()
                .max((a, b) -> counts.getOrDefault(a, 0) - counts.getOrDefault(b, 0))
                .orElseThrow();
    }

    /** Whether a word names something that pictures are of. */
    public boolean isThing(String plain) {
        return themeOf.containsKey(plain);
    }

    /** What suits a theme. */
    List<String> options(String theme, Part part) {
        return Objects.requireNonNull(data.themes().get(theme)).options().getOrDefault(part, List.of());
    }

    /** Those that some words speak of. */
    List<Setting> settings(Set<String> plain) {
        return data.settings().values().stream()
                .filter(setting -> setting.words().stream().anyMatch(plain::contains))
                .toList();
    }

    /** The names of colors in a text. */
    Set<String> colorNames(String text) {
        return find(Word.of(text.replace("-", " "))).stream()
                .filter(found -> found.term().isColorName())
                .map(found -> found.term().text())
                .collect(Collectors.toSet());
    }

    String usualRatio(String theme) {
        return Objects.requireNonNull(data.themes().get(theme)).aspectRatio();
    }

    /** The shape that words ask for, if any does. */
    Optional<String> ratio(List<Word> words) {
        for (int length = LONGEST_RATIO; length > 0; length--) {
            for (int from = 0; from + length <= words.size(); from++) {
                String ratio = ratioOf.get(joined(words.subList(from, from + length)));
                if (ratio != null) {
                    return Optional.of(ratio);
                }
            }
        }
        return Optional.empty();
    }

    /** What pictures of a kind had better not show. */
    List<String> negatives(Set<String> tags) {
        return tags.stream()
                .filter(data.negatives()::containsKey)
                .findFirst()
                .map(data.negatives()::get)
                .orElse(data.negatives().getOrDefault(ANY, List.of()));
    }
}
