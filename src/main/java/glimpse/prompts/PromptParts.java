package glimpse.prompts;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a prompt consists of: its subject, and what is said of medium, light, camera, composition, color and mood. */
public final class PromptParts {
    private static final Set<String> OPENING =
            Set.of("create", "generate", "draw", "make", "paint", "render", "show", "depict", "please");
    private static final Set<String> FOR_WHOM = Set.of("me", "us"); // behind one of these only: "me at the harbour"
    private static final Set<String> LEADS = Set.of("of", "showing", "depicting", "featuring");
    private static final Set<String> PICTURES =
            Set.of("image", "picture", "scene", "view", "shot", "render", "artwork");
    private static final Set<String> DANGLING =
            Set.of("lit", "shot", "taken", "captured", "rendered", "drawn", "painted", "framed", "and", "with", "very");

    private final Lexicon lexicon;
    private final List<Clause> clauses;
    private final String subject;
    private final Map<Part, List<String>> found = new EnumMap<>(Part.class);
    private final Set<String> tags = new LinkedHashSet<>();
    private final String theme;

    private PromptParts(String text, Lexicon lexicon) {
        this.lexicon = lexicon;
        this.clauses = Clause.all(text, lexicon);
        for (Clause clause : clauses) {
            for (Lexicon.Found each : clause.found()) {
                tags.addAll(each.term().tags());
                List<Word> words = clause.words();
                found.computeIfAbsent(each.term().part(), part -> new ArrayList<>())
                        .add(clause.text()
                                .substring(
                                        words.get(each.from()).start(),
                                        words.get(each.to() - 1).end()));
            }
        }
        this.subject = clauses.stream()
                .filter(clause -> clause.hasOwnWords(lexicon))
                .findFirst()
                .or(() -> clauses.stream()
                        .filter(clause -> lead(clause) > 0
                                || clause.found().stream()
                                        .anyMatch(each -> each.term().isNoun()))
                        .findFirst())
                .map(this::subject)
                .orElse("");
        String told = lexicon.theme(Word.of(subject));
        this.theme = told.equals(Lexicon.OTHER)
                ? lexicon.theme(Word.of(text.substring(0, text.indexOf(subject)))) // "street photography, Lisbon"
                : told;
    }

    /** Takes a prompt apart. */
    public static PromptParts of(String prompt, Lexicon lexicon) {
        return new PromptParts(prompt, lexicon);
    }

    /** Takes a prompt apart that may have the flags, weights and tags of some tool in it. */
    public static PromptParts ofRaw(String prompt, Lexicon lexicon) {
        return of(new PromptSyntax(prompt, false, new ArrayList<>()).text(), lexicon);
    }

    private String subject(Clause clause) {
        List<Word> words = clause.words();
        if (words.isEmpty()) {
            return clause.text().strip();
        }
        int from = lead(clause);
        int opening = from;
        while (from < words.size() - 1 && opens(words.get(from).plain(), from > opening)) {
            from++;
        }
        for (Lexicon.Found each : clause.found()) {
            if (each.from() == from && each.to() < words.size() && each.term().part() == Part.PADDING) {
                from = each.to();
            }
        }
        int to = words.size();
        for (int next = tail(clause, from, to); next < to; next = tail(clause, from, to)) {
            to = next;
        }
        return clause.text()
                .substring(words.get(from).start(), words.get(to - 1).end());
    }

    private static boolean opens(String word, boolean begun) {
        return OPENING.contains(word) || (begun && FOR_WHOM.contains(word));
    }

    /** Where the subject begins behind "an oil painting of". */
    private int lead(Clause clause) {
        List<Word> words = clause.words();
        boolean picture = false;
        for (int at = 0; at < words.size() - 1 && !clause.isOwn(at, lexicon); at++) {
            String word = words.get(at).plain();
            int here = at;
            picture |= PICTURES.contains(word)
                    || clause.found().stream()
                            .anyMatch(each -> each.from() == here
                                    && (each.term().part() == Part.MEDIUM
                                            || each.term().part() == Part.COMPOSITION));
            if (picture && LEADS.contains(word)) {
                return at + 1;
            }
        }
        return 0;
    }

    /** Where "at dusk, in soft light" begins behind the subject; its end when nothing of the kind is there. */
    private int tail(Clause clause, int from, int to) {
        List<Word> words = clause.words();
        for (int at = to - 1; at > from; at--) {
            int start = at;
            if (lexicon.isPreposition(words.get(at).plain())) {
                boolean modifies = clause.found().stream()
                        .anyMatch(each -> each.from() >= start
                                && each.to() <= to
                                && !each.term().isColorName());
                boolean known = IntStream.range(at + 1, to).noneMatch(word -> clause.isOwn(word, lexicon));
                if (!modifies || !known) {
                    return to;
                }
                int end = at;
                while (end > from + 1 && DANGLING.contains(words.get(end - 1).plain())) {
                    end--;
                }
                return end;
            }
        }
        return to;
    }

    List<Clause> clauses() {
        return clauses;
    }

    /** All words, as the lexicon writes them. */
    Set<String> words() {
        return clauses.stream()
                .flatMap(clause -> clause.words().stream())
                .map(Word::plain)
                .collect(Collectors.toSet());
    }

    /** The colors that are named. */
    Set<String> colorNames() {
        return clauses.stream()
                .flatMap(clause -> clause.found().stream())
                .map(Lexicon.Found::term)
                .filter(Lexicon.Term::isColorName)
                .map(Lexicon.Term::text)
                .collect(Collectors.toSet());
    }

    /** What the picture is of, in the prompt's own words; empty when nothing says it. */
    public String subject() {
        return subject;
    }

    /** What the subject is about: {@code animal}, {@code city}. */
    public String theme() {
        return theme;
    }

    /** What is said of a part, in the prompt's own words. */
    public List<String> found(Part part) {
        return found.getOrDefault(part, List.of());
    }

    /** What the terms say, taken together: {@code night}, {@code photo}. */
    public Set<String> tags() {
        return tags;
    }

    /** Whether enough is said of a part; the color of one thing is no palette. */
    boolean has(Part part) {
        if ((part == Part.LIGHT && tags.contains("flat")) || (part == Part.COLOR && tags.contains("mono"))) {
            return true; // line art needs no light, black and white no palette
        }
        if (part != Part.COLOR) {
            return found.containsKey(part);
        }
        List<Lexicon.Term> colors = clauses.stream()
                .flatMap(clause -> clause.found().stream())
                .map(Lexicon.Found::term)
                .filter(term -> term.part() == Part.COLOR)
                .toList();
        return colors.stream().anyMatch(color -> !color.isColorName()) || colors.size() > 1;
    }

    /** The words that are the prompt's own, in all of its clauses: what must not be lost. */
    List<String> ownWords() {
        return clauses.stream()
                .flatMap(clause -> IntStream.range(0, clause.words().size())
                        .filter(word -> clause.isOwn(word, lexicon))
                        .mapToObj(word -> clause.words().get(word).plain()))
                .toList();
    }

    /** Whether its language is known here, so that words can be added to it. */
    public boolean isEnglish() {
        List<String> words = clauses.stream()
                .flatMap(clause -> IntStream.range(0, clause.words().size())
                        .mapToObj(word -> clause.isFound(word)
                                ? "the"
                                : clause.words().get(word).plain()))
                .toList();
        long english = words.stream().filter(lexicon::isEnglish).count();
        long foreign = words.stream()
                .filter(word ->
                        lexicon.isForeign(word) || word.codePoints().anyMatch(c -> c > 0x24f && Character.isLetter(c)))
                .count();
        return foreign <= english && (words.size() < 2 || english * 4 >= words.size());
    }

    /** All that was found, for an answer. */
    Map<Part, List<String>> found() {
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().distinct().limit(20).toList(),
                        (a, b) -> a,
                        () -> new EnumMap<>(Part.class)));
    }
}
