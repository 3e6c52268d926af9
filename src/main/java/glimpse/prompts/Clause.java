package glimpse.prompts;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A piece of a prompt between commas or full stops.
 *
 * @param after what parts it from the next: {@code ", "}
 * @param known the words that are part of something found
 */
record Clause(String text, String after, List<Word> words, List<Lexicon.Found> found, BitSet known) {
    private static final String ENDS = ".!?";
    private static final String PARTS = ";\n|，、。";
    private static final int MOST_ADJECTIVES = 20; // words before a noun
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");

    static Clause of(String text, String after, Lexicon lexicon) {
        List<Word> words = Word.of(text);
        List<Lexicon.Found> found = lexicon.find(words);
        BitSet known = new BitSet();
        found.forEach(each -> known.set(each.from(), each.to()));
        return new Clause(text, after, words, found, known);
    }

    /** All clauses of a text; put together again they are the text. */
    static List<Clause> all(String text, Lexicon lexicon) {
        List<Clause> clauses = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            quoted = isQuoted(quoted, text, at);
            if (!quoted && parts(text, at)) {
                int end = at;
                while (at + 1 < text.length() && (Character.isWhitespace(text.charAt(at + 1)) || parts(text, at + 1))) {
                    at++;
                }
                add(clauses, text.substring(start, end), text.substring(end, at + 1), lexicon);
                start = at + 1;
            }
        }
        add(clauses, text.substring(start), "", lexicon);
        return clauses;
    }

    /** Whether what follows is in quotation marks; one that is never closed opens nothing. */
    private static boolean isQuoted(boolean quoted, String text, int at) {
        char c = text.charAt(at);
        if (c == '"') {
            return !quoted && text.indexOf('"', at + 1) > 0;
        }
        return c == '“' ? text.indexOf('”', at + 1) > 0 : quoted && c != '”';
    }

    private static boolean parts(String text, int at) {
        char c = text.charAt(at);
        boolean ends = at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1));
        if (c == ',') {
            return ends || !Character.isDigit(text.charAt(at + 1));
        }
        return ENDS.indexOf(c) >= 0 ? ends : PARTS.indexOf(c) >= 0;
    }

    // "A minimalist, highly detailed cat" is one clause: its first adjectives belong to the cat.
    private static void add(List<Clause> clauses, String text, String after, Lexicon lexicon) {
        int last = clauses.size() - 1;
        if (last >= 0 && clauses.get(last).isBegun(lexicon)) {
            Clause begun = clauses.remove(last);
            clauses.add(of(begun.text + begun.after + text, after, lexicon));
        } else if (!text.isBlank() || !after.isBlank()) {
            clauses.add(of(text, after, lexicon));
        }
    }

    private boolean isBegun(Lexicon lexicon) {
        if (words.size() < 2
                || words.size() > MOST_ADJECTIVES
                || !ARTICLES.contains(words.get(0).plain())
                || !after.startsWith(",")) {
            return false;
        }
        boolean adjectives = found.stream().allMatch(each -> switch (each.term().part()) {
            case MOOD, DETAIL, COLOR, PADDING -> each.to() - each.from() < 3;
            default -> false;
        });
        boolean headless = Set.of("color", "tone", "palette", "hue", "mood", "atmosphere", "feeling").stream()
                .noneMatch(words.get(words.size() - 1).plain()::equals);
        return adjectives && headless && !hasOwnWords(lexicon) && !found.isEmpty();
    }

    boolean isFound(int word) {
        return known.get(word);
    }

    boolean isOwn(int word, Lexicon lexicon) {
        return !isFound(word) && !lexicon.isGlue(words.get(word).plain());
    }

    /** Whether it says something that the lexicon does not know: a subject. */
    boolean hasOwnWords(Lexicon lexicon) {
        return words.isEmpty()
                ? text.codePoints().anyMatch(c -> Character.getType(c) == Character.OTHER_SYMBOL) // an emoji
                : IntStream.range(0, words.size()).anyMatch(word -> isOwn(word, lexicon));
    }

    boolean startsWithArticle() {
        return !words.isEmpty() && ARTICLES.contains(words.get(0).plain());
    }

    boolean has(Part part) {
        return found.stream().anyMatch(each -> each.term().part() == part);
    }

    /**
     * Without some of its characters; what they leave behind is tidied.
     *
     * @param spans first and behind the last character of each, in order
     */
    Clause without(List<int[]> spans, Lexicon lexicon) {
        String left = text;
        for (int last = spans.size() - 1; last >= 0; last--) {
            String before = left.substring(0, spans.get(last)[0]).stripTrailing();
            String rest = left.substring(spans.get(last)[1]).stripLeading();
            if (before.endsWith(",")) {
                before = before.substring(0, before.length() - 1);
            }
            left = before.isEmpty() || rest.isEmpty() ? before + rest : before + ' ' + rest;
        }
        return of(article(left), after, lexicon);
    }

    // "an 8k fox" without 8k is "a fox".
    private static String article(String text) {
        return text.replaceAll("\\b([Aa])n (?=[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z])(?!hour|honest|heir|\\p{Lu}{2})", "$1 ")
                .replaceAll("\\b([Aa]) (?=[aeioAEIO])(?!one|Europe|eu)", "$1n ");
    }

    String plain() {
        return words.stream().map(Word::plain).collect(Collectors.joining(" "));
    }

    static String join(List<Clause> clauses) {
        return clauses.stream().map(clause -> clause.text + clause.after).collect(Collectors.joining());
    }
}
