package glimpse.prompts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes prompts better by rules: the same prompt always gets the same answer, and its subject stays as it is. */
final class Optimizer {
    private static final String NEGATIVE = "negative_prompt";
    private static final int LONGEST_NEGATIVE = 1_000;

    private final Lexicon lexicon;
    private final Styles styles;

    Optimizer(Lexicon lexicon, Styles styles) {
        this.lexicon = lexicon;
        this.styles = styles;
    }

    /**
     * A better prompt.
     *
     * @param negativePrompt for a provider that takes one
     * @param parameters fields of a request to generate the picture
     * @param parts what was recognised in the original
     */
    record Optimized(
            String originalPrompt,
            String optimizedPrompt,
            @Nullable String negativePrompt,
            List<Change> changes,
            Score score,
            Map<String, Object> parameters,
            Recognized parts) {}

    /** What a prompt consists of, in its own words. */
    record Recognized(String subject, String theme, Map<Part, List<String>> words) {}

    /** @param provider for which the prompt is to be; none in particular when missing */
    Optimized optimize(String prompt, @Nullable String style, @Nullable Provider provider) {
        List<Change> changes = new ArrayList<>();
        boolean readsWeights = provider != null && provider.name().equals("sdapi");
        PromptSyntax syntax = new PromptSyntax(prompt, readsWeights, changes);
        PromptParts before = PromptParts.of(syntax.text(), lexicon);
        List<String> negatives = new ArrayList<>(syntax.negatives());
        Optional<Style> known = style == null ? Optional.empty() : styles.find(style);
        String form = provider == null ? "sentences" : provider.promptForm();

        String text = syntax.text();
        if (text.isEmpty()) {
            text = prompt.strip();
            changes.clear();
            negatives.clear();
        }
        if (known.isPresent()) {
            text = known.get().applyTo(text);
        }
        String subject = before.subject();
        if (before.isEnglish() && !subject.isEmpty()) {
            text = cleaned(text, provider, negatives, changes);
            PromptParts parts = PromptParts.of(text, lexicon);
            subject = parts.subject();
            text = new Completion(parts, before.subject(), lexicon).applyTo(text, form, changes);
        }
        text = leftOut(text, form, provider, negatives, changes);
        if (known.isEmpty()) {
            text = styles.prefixed(style, text);
        }
        if (style != null && !style.isBlank() && !text.startsWith(prompt)) {
            changes.add(0, Change.added("style", style.strip(), "The style's words go before the prompt."));
        }
        changes.add(0, subject(subject, before.isEnglish()));

        Map<String, Object> parameters = parameters(syntax, before, known, provider, changes);
        PromptParts after = syntax.text().isEmpty() ? before : PromptParts.of(text, lexicon);
        return new Optimized(
                prompt,
                text,
                negativePrompt(negatives, after, provider),
                told(changes),
                Score.of(before, disturbing(changes, "removed"), after, disturbing(changes, "kept")),
                parameters,
                new Recognized(subject, before.theme(), before.found()));
    }

    private String cleaned(String text, @Nullable Provider provider, List<String> negatives, List<Change> changes) {
        List<Change> made = new ArrayList<>();
        Cleaning cleaning = new Cleaning(text, lexicon, made);
        if (takes(provider, NEGATIVE)) {
            for (String negation : cleaning.negations()) {
                negatives.add(negation);
                made.add(Change.moved(NEGATIVE, negation, "This provider has a parameter for what not to show."));
            }
        } else if (!cleaning.negation().isEmpty()) {
            made.add(Change.kept(
                    "negation",
                    cleaning.negation(),
                    "What is named tends to be drawn, even after \"no\": better say what is" + " there instead."));
        }
        cleaning.opening();
        cleaning.padding();
        cleaning.contradictions();
        cleaning.repetitions();
        if (cleaning.text().isEmpty()) {
            return text;
        }
        changes.addAll(made);
        return cleaning.text();
    }

    private static boolean takes(@Nullable Provider provider, String parameter) {
        return provider != null && provider.settable(parameter).isPresent();
    }

    private static Change subject(String subject, boolean english) {
        String why = "The subject is yours; it is never changed.";
        if (subject.isEmpty()) {
            why = "Nothing says what the picture is of: name that first.";
        } else if (!english) {
            why = "This language is not known here, so nothing was added.";
        }
        return Change.kept("subject", subject, why);
    }

    /** What the prompt's own syntax said not to show, for a provider without a parameter for it. */
    private static String leftOut(
            String text, String form, @Nullable Provider provider, List<String> negatives, List<Change> changes) {
        if (negatives.isEmpty() || takes(provider, NEGATIVE)) {
            return text;
        }
        String all = String.join(", ", negatives);
        if (form.equals("instructions")) {
            changes.add(
                    Change.moved("negative", all, "This provider has no negative prompt, but follows instructions."));
            return text + (text.matches("(?s).*[.!?]$") ? "" : ".") + " Leave out " + all + '.';
        }
        changes.add(Change.removed(
                "negative", all, "Nothing here reads a negative prompt; what is named would rather be drawn."));
        return text;
    }

    private @Nullable String negativePrompt(List<String> said, PromptParts after, @Nullable Provider provider) {
        if (!takes(provider, NEGATIVE)) {
            return null;
        }
        String positive = String.join(" ", after.ownWords());
        Set<String> all = new LinkedHashSet<>();
        said.forEach(text -> all.addAll(List.of(text.split("\\s*,\\s*", -1))));
        lexicon.negatives(after.tags()).stream()
                .filter(word -> !(word.equals("text") && positive.matches(".*(?:\"|“|text|sign|letter|word|logo).*")))
                .filter(word -> !(word.equals("blurry") && after.tags().contains("shallow")))
                .filter(word -> !positive.contains(word))
                .forEach(all::add);
        String joined = all.stream().filter(word -> !word.isBlank()).collect(Collectors.joining(", "));
        return joined.substring(
                0, joined.offsetByCodePoints(0, Math.min(LONGEST_NEGATIVE, joined.codePointCount(0, joined.length()))));
    }

    private Map<String, Object> parameters(
            PromptSyntax syntax,
            PromptParts before,
            Optional<Style> style,
            @Nullable Provider provider,
            List<Change> changes) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        String ratio = syntax.ratio();
        if (ratio == null) {
            Optional<String> said = lexicon.ratio(Word.of(syntax.text()));
            ratio = said.orElse(lexicon.usualRatio(before.theme()));
            changes.add(Change.added(
                    "aspect_ratio",
                    ratio,
                    said.isPresent() ? "The prompt's words ask for this shape." : "It suits what the picture is of."));
        }
        parameters.put("aspect_ratio", ratio);
        Long seed = syntax.seed();
        if (seed != null) {
            boolean taken = provider == null
                    || provider.settable("seed")
                            .filter(range -> range.max() != null && range.max().longValue() >= seed)
                            .isPresent();
            changes.add(
                    taken
                            ? Change.moved("seed", seed.toString(), "The seed is a parameter.")
                            : Change.removed("seed", seed.toString(), "This provider takes no such seed."));
            if (taken) {
                parameters.put("seed", seed);
            }
        }
        style.ifPresent(known -> parameters.put("style", known.name()));
        return parameters;
    }

    private static int disturbing(List<Change> changes, String kind) {
        Set<String> parts = Set.of("padding", "repetition", "contradiction", "syntax", "negation");
        long kept = changes.stream()
                .filter(change -> change.kind().equals("kept") && parts.contains(change.part()))
                .count();
        long all = changes.stream()
                .filter(change -> change.kind().equals(kind) && parts.contains(change.part()))
                .count();
        return (int) Math.min(5, kind.equals("kept") ? kept : kept + all);
    }

    /** Each kind of change once, with all the words it was made to. */
    private static List<Change> told(List<Change> changes) {
        List<Change> told = new ArrayList<>();
        for (Change change : changes) {
            int at = 0;
            while (at < told.size() && !told.get(at).isLike(change)) {
                at++;
            }
            if (at == told.size()) {
                told.add(change.shortened());
            } else {
                told.set(at, told.get(at).and(change));
            }
        }
        return told;
    }
}
