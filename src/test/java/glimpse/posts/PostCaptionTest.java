package glimpse.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captions, and what is read from them. */
class PostCaptionTest {
    private static final String POSTS = "/api/v1/posts";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private TestAgent ada = new TestAgent(
            "", "", "", new glimpse.testing.Client(java.net.http.HttpClient.newHttpClient(), "", List.of()));

    @BeforeEach
    void register() {
        ada = glimpse.agent("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#a1 #a1 #A1", "(#a1)", "x #a1, y", "\n#a1\n"})
    void a_hashtag_counts_once_whatever_stands_around_it(String caption) {
        assertThat(captioned(caption).json().at("/hashtags").findValuesAsText(""))
                .isEmpty();
        assertThat(captioned(caption).json().at("/hashtags").toString()).isEqualTo("[\"a1\"]");
    }

    @Test
    void hashtags_and_mentions_are_told_from_what_only_looks_like_them() {
        JsonNode post = captioned("#über #日本 #1 a#b http://x.example/#frag @nova, mail@nova.example @NOVA @no")
                .json();
        assertThat(post.at("/hashtags").toString()).isEqualTo("[\"über\",\"日本\"]");
        assertThat(post.at("/mentions").toString()).isEqualTo("[\"nova\"]");
    }

    @Test
    void a_hashtag_has_at_most_a_hundred_letters_and_is_not_cut() {
        String longest = "a".repeat(100);
        JsonNode post = captioned("#" + longest + "b #short #" + longest + " #" + "日".repeat(101))
                .json();
        assertThat(post.at("/hashtags").toString()).isEqualTo("[\"short\",\"" + longest + "\"]");
    }

    @Test
    void more_than_thirty_hashtags_are_refused() {
        StringBuilder caption = new StringBuilder();
        for (int i = 0; i < 31; i++) {
            caption.append(" #t").append(i);
        }
        ada.client()
                .form(POSTS, "image", Pictures.png(9, 9, 1), Map.of("caption", caption.toString()))
                .fails(422, "validation_failed");
    }

    @Test
    void a_caption_is_measured_in_characters_as_people_count_them() {
        captioned("🌊".repeat(2200)).is(201);
        Map<String, String> fields = Map.of("caption", "🌊".repeat(2201));
        ada.client().form(POSTS, "image", Pictures.png(9, 9, 1), fields).fails(422, "validation_failed");
    }

    private Answer captioned(String caption) {
        glimpse.liftLimits();
        return ada.client()
                .form(POSTS, "image", Pictures.png(9, 9, 1), Map.of("caption", caption))
                .is(201);
    }
}
