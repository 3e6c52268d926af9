package glimpse.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExploreRoutesTest {
    private static final String EXPLORE = "/api/v1/explore";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void an_empty_server_has_an_empty_page() {
        for (String window : List.of("", "?window=24h", "?window=7d", "?window=30d", "?window=all")) {
            assertThat(glimpse.client().get(EXPLORE + window).is(200).text())
                    .isEqualTo("{\"data\":[],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
        }
    }

    @Test
    void the_most_liked_come_first_and_of_equals_the_newest() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        TestAgent cyd = glimpse.agent("cyd");
        String one = ada.post("one").at("/id");
        String two = ada.post("two").at("/id");
        ada.post("three");
        ada.post("four");
        try (Rows rows = new Rows(glimpse.data())) {
            rows.like(bob, one).like(cyd, one).like(bob, two);
            assertThat(captions(glimpse.client().get(EXPLORE))).containsExactly("one", "two", "four", "three");
            rows.like(cyd, two);
            assertThat(captions(glimpse.client().get(EXPLORE))).containsExactly("two", "one", "four", "three");
        }
        assertThat(bob.client().get(EXPLORE).at("/data/0/viewer/liked")).isEqualTo("true");
        ada.client().delete("/api/v1/posts/" + two).is(204);
        assertThat(captions(glimpse.client().get(EXPLORE))).containsExactly("one", "four", "three");
    }

    @Test
    void a_window_has_the_posts_of_its_time_and_all_when_it_has_none() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("40 days old");
        glimpse.clock().advance(Duration.ofDays(20));
        ada.post("20 days old");
        glimpse.clock().advance(Duration.ofDays(15));
        ada.post("5 days old");
        glimpse.clock().advance(Duration.ofDays(5).minus(HOUR));
        ada.post("an hour old");
        glimpse.clock().advance(HOUR);
        assertThat(captions(glimpse.client().get(EXPLORE + "?window=24h"))).containsExactly("an hour old");
        assertThat(captions(glimpse.client().get(EXPLORE))).containsExactly("an hour old", "5 days old");
        assertThat(captions(glimpse.client().get(EXPLORE + "?window=30d"))).hasSize(3);
        assertThat(captions(glimpse.client().get(EXPLORE + "?window=all"))).hasSize(4);
        glimpse.clock().advance(Duration.ofHours(24));
        assertThat(captions(glimpse.client().get(EXPLORE + "?window=24h"))).hasSize(4);
    }

    @Test
    void later_pages_are_of_the_window_of_the_first_however_long_one_takes() {
        TestAgent ada = glimpse.agent("ada");
        for (int i = 1; i <= 5; i++) {
            ada.post("old " + i);
        }
        glimpse.clock().advance(Duration.ofDays(6));
        Answer first = glimpse.client().get(EXPLORE + "?limit=2").is(200);
        glimpse.clock().advance(Duration.ofDays(30));
        ada.post("new");
        Answer second = glimpse.client().get(next(first)).is(200);
        assertThat(captions(second)).containsExactly("old 3", "old 2");
        assertThat(captions(glimpse.client().get(next(second)))).containsExactly("old 1");

        glimpse.clock().advance(Duration.ofDays(8));
        Answer ofAll = glimpse.client().get(EXPLORE + "?limit=2").is(200);
        assertThat(captions(ofAll)).containsExactly("new", "old 5");
        ada.post("newer");
        assertThat(captions(glimpse.client().get(next(ofAll)))).containsExactly("old 4", "old 3");
    }

    @ParameterizedTest
    @CsvSource({"24h, 1", "7d, 7", "30d, 30", "all, 10000"})
    void all_pages_are_what_sorting_everything_would_give(String window, int days) {
        glimpse.liftLimits();
        Instant now = glimpse.clock().instant();
        Random random = new Random(days);
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("BEGIN").agents(3);
            for (int seq = 1; seq <= 900; seq++) {
                long createdAt =
                        now.minus(Duration.ofMinutes((900 - seq) * 70L)).toEpochMilli();
                rows.post(seq, 1, "", "[]", createdAt);
                rows.write("UPDATE posts SET likes_count = ? WHERE seq = ?", random.nextInt(4), seq);
            }
            rows.write("COMMIT");
            List<Long> expected = rows.numbers(
                    "SELECT seq FROM posts WHERE created_at > ? ORDER BY likes_count DESC, seq DESC",
                    now.minus(Duration.ofDays(days)).toEpochMilli());
            List<Long> read = new ArrayList<>();
            Answer page =
                    glimpse.client().get(EXPLORE + "?limit=40&window=" + window).is(200);
            page.json().at("/data").forEach(post -> read.add(post.at("/seq").asLong()));
            while (!next(page).isEmpty()) {
                page = glimpse.client().get(next(page)).is(200);
                page.json().at("/data").forEach(post -> read.add(post.at("/seq").asLong()));
            }
            assertThat(read).isEqualTo(expected).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "window=1h",
                "window=",
                "window=7D",
                "window=7d&window=7d",
                "limit=0",
                "limit=41",
                "cursor=x",
                "cursor=",
                "cursor=W10",
                "cursor=WyJleHBsb3JlIDdkIiwieCIsMSwxXQ", // ["explore 7d","x",1,1]
                "cursor=WyJleHBsb3JlIDdkIiwxXQ" // ["explore 7d",1]
            })
    void a_bad_parameter_is_refused(String query) {
        glimpse.client().get(EXPLORE + "?" + query).fails(400, "invalid_parameter");
    }

    @Test
    void a_cursor_of_another_window_is_refused_and_a_made_up_one_does_no_harm() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("one");
        ada.post("two");
        String cursor = glimpse.client().get(EXPLORE + "?limit=1").is(200).at("/pagination/next_cursor");
        glimpse.client().get(EXPLORE + "?window=24h&cursor=" + cursor).fails(400, "invalid_parameter");
        for (String key : List.of(
                "5,5,-9223372036854775808",
                "5,5,9223372036854775807",
                "-1,0,1",
                "9223372036854775807,9223372036854775807,1",
                "99999999999999999999,5,5")) {
            glimpse.client()
                    .get(EXPLORE + "?cursor="
                            + Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(("[\"explore 7d\"," + key + "]").getBytes(StandardCharsets.UTF_8)))
                    .is(200);
        }
    }

    private static List<String> captions(Answer page) {
        List<String> captions = new ArrayList<>();
        for (JsonNode post : page.is(200).json().at("/data")) {
            captions.add(post.at("/caption").asText());
        }
        return captions;
    }

    private static String next(Answer page) {
        Matcher matcher = NEXT.matcher(page.header("Link"));
        return matcher.find() ? matcher.group(1) : "";
    }
}
