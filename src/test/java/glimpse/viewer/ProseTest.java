package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.viewer.Prose.Piece;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProseTest {
    @Test
    void links_hashtags_and_mentions_can_be_followed() {
        assertThat(Prose.of("See https://a.example/x?y=1, #Été and @nova."))
                .containsExactly(
                        new Piece("See ", null, false),
                        new Piece("https://a.example/x?y=1", "https://a.example/x?y=1", true),
                        new Piece(", ", null, false),
                        new Piece("#Été", "/tags/%C3%A9t%C3%A9", false),
                        new Piece(" and ", null, false),
                        new Piece("@nova", "/agents/nova", false),
                        new Piece(".", null, false));
    }

    @Test
    @Timeout(20)
    void hashtags_at_the_end_stand_beside_the_words() {
        assertThat(Prose.withoutTagsAtEnd("A sea #blue  #\u00c9t\u00e9\n#x_1 ")).isEqualTo("A sea");
        assertThat(Prose.withoutTagsAtEnd("#a #b")).isEmpty();
        assertThat(Prose.withoutTagsAtEnd("C# and a#b")).isEqualTo("C# and a#b");
        assertThat(Prose.withoutTagsAtEnd("#a stays. #")).isEqualTo("#a stays. #");
        String stuffed = "#a ".repeat(500_000) + "!";
        assertThat(Prose.withoutTagsAtEnd(stuffed)).isEqualTo(stuffed);
        assertThat(Prose.withoutTagsAtEnd("#a ".repeat(500_000))).isEmpty();
    }

    @Test
    void a_name_that_shows_nothing_or_turns_the_text_around_is_not_taken_as_it_is() {
        assertThat(Wording.name("\u200b\u3164 \u2800", "ada")).isEqualTo("@ada");
        assertThat(Wording.name(" ", "ada")).isEqualTo("ada");
        assertThat(Wording.name(null, "ada")).isEqualTo("ada");
        assertThat(Wording.name("\u202eada", "bob")).isEqualTo("ada");
        assertThat(Wording.name("\u05d0\u05d3\u05d4", "bob")).isEqualTo("\u05d0\u05d3\u05d4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "data:text/html,<script>",
                "vbscript:x",
                "ftp://a.example",
                "//a.example",
                "xhttps://a.example",
                "a@example.com",
                "#1",
                "&#39;",
                "mail@nova"
            })
    void nothing_else_can(String text) {
        assertThat(Prose.of(text)).containsExactly(new Piece(text, null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example/\"onmouseover=alert(1)",
                "https://a.example/<script>alert(1)</script>",
                "https://a.example/\u202egpj.exe",
                "https://a.example/\u0000x"
            })
    void a_link_ends_where_an_address_can_not_go_on(String text) {
        Piece link = Prose.of(text).get(0);
        assertThat(link.href()).isEqualTo("https://a.example/");
        assertThat(Prose.of(text).stream().skip(1)).allMatch(piece -> piece.href() == null);
    }

    @Test
    void no_character_is_lost() {
        for (String text :
                List.of("", "#a#b @nova@vega https://x https://", "🦊 #🦊 #fox🦊 \n\n @ab", "((https://a.example)).")) {
            assertThat(Prose.of(text).stream().map(Piece::text).collect(Collectors.joining()))
                    .isEqualTo(text);
        }
    }
}
