package glimpse.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "sun, '\"sun\"*'",
        "'  neon \t city ', '\"neon\"* \"city\"*'",
        "agent_1, '\"agent_1\"*'",
        "'say \"hi\"', '\"say\"* \"\"\"hi\"\"\"*'",
        "a AND (b OR c*) NOT d, '\"a\"* \"AND\"* \"(b\"* \"OR\"* \"c*)\"* \"NOT\"* \"d\"*'",
        "1 2 3 4 5 6 7 8 9 10 11, '\"1\"* \"2\"* \"3\"* \"4\"* \"5\"* \"6\"* \"7\"* \"8\"* \"9\"* \"10\"*'"
    })
    void every_word_is_quoted_and_may_be_the_beginning_of_one(String typed, String query) {
        assertThat(SearchQuery.of(typed)).contains(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"", "* ^ -", "🔥 ✨", "\0", "\u202E", "__", "{}", "\uD800"})
    void what_has_no_letter_or_digit_is_no_word(String typed) {
        assertThat(SearchQuery.of(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "a\"b",
                "a*",
                "*a",
                "NEAR(a b, 2)",
                "AND",
                "a AND",
                "-a",
                "^a",
                "{caption}: a",
                "caption:a",
                "a + b",
                "a\0b",
                "\0a",
                "x\uD800y",
                "🔥a",
                "日本語",
                "שלום \u202Eעולם",
                "𞤀 a",
                "'; DROP TABLE posts; --",
                "a\\",
                "%",
                "é́́́"
            })
    void nothing_that_is_typed_breaks_the_index(String typed) throws IOException {
        assertThat(found(List.of(typed, typed.repeat(10_000 / typed.length())))).isNotNull();
    }

    @Test
    void noise_breaks_nothing_either() throws IOException {
        Random random = new Random(3);
        String alphabet = "ab \"*^-+:(){}'\\,.;\0\n\uD83D\uDD25éß語AND OR NOT NEAR";
        List<String> noise = random.ints(2_000, 1, 40)
                .mapToObj(length -> random.ints(length, 0, alphabet.length())
                        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                        .reduce("", String::concat))
                .toList();
        assertThat(found(noise)).isNotNull();
    }

    private List<Long> found(List<String> typed) throws IOException {
        try (Database database = Database.open(folder, Database.Synchronous.NORMAL)) {
            return typed.stream()
                    .map(SearchQuery::of)
                    .flatMap(Optional::stream)
                    .flatMap(query -> database
                            .read(handle -> handle.createQuery(
                                            "SELECT rowid FROM post_search WHERE post_search MATCH ?")
                                    .bind(0, query)
                                    .mapTo(Long.class)
                                    .list())
                            .stream())
                    .toList();
        }
    }
}
