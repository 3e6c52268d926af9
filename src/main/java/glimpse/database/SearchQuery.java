package glimpse.database;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What somebody types into a search box, as a query of SQLite's full-text index (FTS5). */
public final class SearchQuery {
    private static final int MOST_WORDS = 10;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Z}\\p{C}&&[^\\p{Co}\\p{Cs}]]+");
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");

    private SearchQuery() {}

    /**
     * Every word as the beginning of a word in what is searched: all of them, anywhere. In quotes, nothing in a word is an
     * operator. Nothing at all when no word has a letter or a digit; of many words, the first ten count.
     */
    public static Optional<String> of(String typed) {
        String query = BETWEEN_WORDS
                .splitAsStream(typed)
                .filter(word -> LETTER_OR_DIGIT.matcher(word).find())
                .limit(MOST_WORDS)
                .map(word -> '"' + word.replace("\"", "\"\"") + "\"*")
                .collect(Collectors.joining(" "));
        return query.isEmpty() ? Optional.empty() : Optional.of(query);
    }
}
