package glimpse.prompts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Takes out of a prompt what does not help it: padding, repetitions, contradictions. The subject stays as it is. */
final class Cleaning {
    private static final Pattern NEGATION =
            Pattern.compile("^\\s*(?:no|without(?: any)?)\\s+(.+)$", Pattern.CASE_INSENSITIVE);
    private static final Set<String> JOINING = Set.of("and", "or", "but");

    private static final Pattern OPENING = Pattern.compile(
            "^\\s*(?:please,? )?(?:(?:can|could|would) you (?:please )?)?(?:i (?:want|need|would like)(?: you to)? )?"
                    + "(?:(?:create|generate|draw|make|render|show|give|design|produce)(?: (?:me|us))? )?"
                    + "(?:an? |the )?(?:image|picture) (?:of|showing|depicting) (?=\\S)"
                    + "|^\\s*(?:please,? )?(?:(?:can|could|would) you (?:please )?)?"
                    + "(?:create|generate|draw|make|render|show|give|design|produce) (?:me|us) (?=\\S)"
                    + "|^\\s*please,? (?=\\S)",
            Pattern.CASE_INSENSITIVE);
    private static final int MOST_RESOLVED = 40; // contradictions; each is another look at the whole clause

    private final Lexicon lexicon;
    private final List<Change> changes;
    private List<Clause> clauses;

    Cleaning(String text, Lexicon lexicon, List<Change> changes) {
        this.lexicon = lexicon;
        this.changes = changes;
        this.clauses = Clause.all(text, lexicon);
    }

    String text() {
        return Clause.join(clauses).replaceAll("^[\\s,;]+|[\\s,;]+$", "");
    }

    /** Takes out what is said not to be shown, for a provider that has a parameter for it. */
    List<String> negations() {
        List<String> negatives = new ArrayList<>();
        keepThose(clause -> {
            var negation = NEGATION.matcher(clause.text());
            if (!negation.matches() || clauses.size() == 1) {
                return true;
            }
            negatives.add(negation.group(1).strip());
            return false;
        });
        return negatives;
    }

    /** What is said not to be shown, where it stays. */
    String negation() {
        return clauses.stream()
                .map(clause -> clause.text().strip())
                .filter(text -> NEGATION.matcher(text).matches())
                .collect(Collectors.joining(", "));
    }

    /** "Please draw me a picture of" is said to somebody, and nothing of it is to be seen. */
    void opening() {
        if (clauses.isEmpty()) {
            return;
        }
        Clause first = clauses.get(0);
        var opening = OPENING.matcher(first.text());
        if (opening.find()) {
            changes.add(Change.removed(
                    "padding", opening.group().strip(), "It speaks to somebody; a prompt describes the picture."));
            clauses.set(0, Clause.of(first.text().substring(opening.end()), first.after(), lexicon));
        }
    }

    void padding() {
        String why = "It asks for quality and says nothing of the picture; models draw no better for it.";
        keepThose(clause -> {
            boolean only = clause.has(Part.PADDING)
                    && !clause.hasOwnWords(lexicon)
                    && clause.found().stream().allMatch(each -> each.term().part() == Part.PADDING);
            if (only) {
                changes.add(Change.removed("padding", clause.text().strip(), why));
            }
            return !only;
        });
        clauses.replaceAll(clause -> {
            List<int[]> spans = new ArrayList<>();
            for (Lexicon.Found each : clause.found()) {
                if (isHard(each)) {
                    changes.add(Change.removed("padding", words(clause, each), why));
                    spans.add(span(clause, each));
                }
            }
            return spans.isEmpty() ? clause : clause.without(spans, lexicon);
        });
    }

    private static boolean isHard(Lexicon.Found found) {
        return found.term().part() == Part.PADDING && found.term().tags().contains("hard");
    }

    /** Its characters, and those of the preposition before it. */
    private int[] span(Clause clause, Lexicon.Found each) {
        int from = each.from();
        while (from > 0 && lexicon.isPreposition(clause.words().get(from - 1).plain())) {
            from--;
        }
        return new int[] {
            clause.words().get(from).start(), clause.words().get(each.to() - 1).end()
        };
    }

    void repetitions() {
        Set<String> seen = new HashSet<>();
        Set<String> terms = new HashSet<>();
        keepThose(clause -> {
            boolean repeated = !clause.plain().isEmpty() && !seen.add(clause.plain());
            if (!repeated && !clause.hasOwnWords(lexicon) && !clause.found().isEmpty()) {
                repeated = clause.found().stream().allMatch(each -> terms.contains(meaning(each.term())));
            }
            clause.found().forEach(each -> terms.add(meaning(each.term())));
            if (repeated) {
                changes.add(Change.removed("repetition", clause.text().strip(), "It was said before."));
            }
            return !repeated;
        });
    }

    // Ultra detailed is highly detailed; but dusk is not dawn.
    private static String meaning(Lexicon.Term term) {
        return term.part() == Part.DETAIL && !term.tags().isEmpty()
                ? term.tags().toString()
                : term.text();
    }

    /** Of two words that contradict each other the first stays, and the other goes, if no subject is made of it. */
    void contradictions() {
        boolean meant = clauses.stream()
                .flatMap(clause -> clause.words().stream())
                .anyMatch(word -> lexicon.isTransition(word.plain()));
        Map<String, String> said = new HashMap<>();
        List<Clause> kept = new ArrayList<>();
        int resolved = 0;
        for (Clause clause : clauses) {
            Optional<Clause> left = Optional.of(clause);
            for (int at = 0; left.isPresent() && at < left.get().found().size(); ) {
                Clause now = left.get();
                Lexicon.Found each = now.found().get(at);
                Optional<String> conflict =
                        meant || resolved == MOST_RESOLVED ? Optional.empty() : conflict(said, each.term());
                if (conflict.isPresent()) {
                    resolved++;
                    left = resolve(now, each, conflict.get(), first(said, each.term()));
                }
                if (conflict.isEmpty()) {
                    each.term().tags().forEach(tag -> said.putIfAbsent(tag, words(now, each)));
                    at++;
                } else if (left.isPresent() && left.get().equals(now)) {
                    at++; // part of the subject
                }
            }
            left.ifPresent(kept::add);
        }
        replace(kept);
    }

    private Optional<String> conflict(Map<String, String> said, Lexicon.Term term) {
        boolean agrees = !term.tags().isEmpty() && said.keySet().containsAll(term.tags());
        return agrees ? Optional.empty() : lexicon.conflict(said.keySet(), term.tags());
    }

    private String first(Map<String, String> said, Lexicon.Term term) {
        return said.entrySet().stream()
                .filter(entry ->
                        lexicon.conflict(Set.of(entry.getKey()), term.tags()).isPresent())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private Optional<Clause> resolve(Clause clause, Lexicon.Found each, String conflict, String first) {
        String words = words(clause, each);
        String why = conflict.substring(0, 1).toUpperCase(Locale.ROOT) + conflict.substring(1)
                + " contradict each other; \"" + first + "\" was said first.";
        Optional<int[]> span = removable(clause, each);
        if (clause.hasOwnWords(lexicon) && span.isEmpty()) {
            changes.add(Change.kept(
                    "contradiction", words, why + " It belongs to the subject, so it stays: say which one you mean."));
            return Optional.of(clause);
        }
        boolean headless = span.isEmpty() && each.to() == clause.words().size() && clause.startsWithArticle();
        boolean whole = !clause.hasOwnWords(lexicon) && (clause.found().size() == 1 || headless);
        changes.add(Change.removed("contradiction", whole ? clause.text().strip() : words, why));
        if (whole) {
            return Optional.empty();
        }
        Clause left = clause.without(List.of(span.orElseGet(() -> joined(clause, each))), lexicon);
        return left.words().isEmpty() ? Optional.empty() : Optional.of(left);
    }

    /** The characters of its words, and those of an "and" before them. */
    private static int[] joined(Clause clause, Lexicon.Found each) {
        int from = each.from();
        if (from > 0 && JOINING.contains(clause.words().get(from - 1).plain())) {
            from--;
        }
        return new int[] {
            clause.words().get(from).start(), clause.words().get(each.to() - 1).end()
        };
    }

    /** The characters of "at night", where the sentence stands without them; of "highly detailed" before a noun. */
    private Optional<int[]> removable(Clause clause, Lexicon.Found each) {
        List<Word> words = clause.words();
        int from = each.from();
        int to = each.to();
        boolean last = to == words.size();
        boolean lead = each.term().part() == Part.MEDIUM
                && !last
                && words.get(to).plain().equals("of")
                && to + 1 < words.size()
                && IntStream.range(0, to).noneMatch(word -> clause.isOwn(word, lexicon));
        if (lead) {
            return Optional.of(new int[] {0, words.get(to).end()});
        }
        boolean style = each.term().part() == Part.DETAIL && !last;
        while (!style
                && from > 0
                && !lexicon.isPreposition(words.get(from).plain())
                && !clause.isOwn(from - 1, lexicon)) {
            from--;
        }
        while (!style
                && to < words.size()
                && !clause.isOwn(to, lexicon)
                && !lexicon.isPreposition(words.get(to).plain())
                && !JOINING.contains(words.get(to).plain())) {
            to++;
        }
        boolean phrase = lexicon.isPreposition(words.get(from).plain())
                && (to == words.size() || lexicon.isPreposition(words.get(to).plain()))
                && (from == 0 || !JOINING.contains(words.get(from - 1).plain()));
        return style || phrase
                ? Optional.of(
                        new int[] {words.get(from).start(), words.get(to - 1).end()})
                : Optional.empty();
    }

    private static String words(Clause clause, Lexicon.Found each) {
        return clause.text()
                .substring(
                        clause.words().get(each.from()).start(),
                        clause.words().get(each.to() - 1).end());
    }

    private void keepThose(Predicate<Clause> wanted) {
        replace(clauses.stream().filter(wanted).toList());
    }

    private void replace(List<Clause> kept) {
        clauses = new ArrayList<>(kept);
    }
}
