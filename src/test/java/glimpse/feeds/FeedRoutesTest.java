package glimpse.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedRoutesTest {
    private static final String FEED = "/api/v1/feed";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_feed_needs_a_key() {
        glimpse.client().get(FEED).fails(401, "unauthorized");
    }

    @Test
    void whoever_follows_nobody_has_an_empty_feed() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("her own");
        assertThat(ada.client().get(FEED).is(200).text())
                .isEqualTo("{\"data\":[],\"pagination\":"
                        + "{\"limit\":20,\"has_more\":false,\"next_max_id\":null,\"prev_min_id\":null}}");
    }

    @Test
    void posts_of_followees_come_newest_first_over_all_pages_and_others_do_not() {
        glimpse.liftLimits();
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        TestAgent cyd = glimpse.agent("cyd");
        TestAgent dot = glimpse.agent("dot");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            expected.add(0, bob.post("by bob").at("/id"));
            dot.post("by somebody else");
            expected.add(0, cyd.post("by cyd").at("/id"));
            ada.post("her own");
        }
        try (Rows rows = new Rows(glimpse.data())) {
            rows.follow(ada, bob).follow(ada, cyd).follow(dot, ada);
            Answer page = ada.client().get(FEED + "?limit=5").is(200);
            List<String> read = new ArrayList<>(ids(page));
            while (!next(page).isEmpty()) {
                page = ada.client().get(next(page)).is(200);
                read.addAll(ids(page));
            }
            assertThat(read).isEqualTo(expected);

            rows.like(ada, expected.get(0)).unfollow(ada, cyd);
            bob.client().delete("/api/v1/posts/" + expected.get(1)).is(204);
            Answer later = ada.client().get(FEED).is(200);
            assertThat(ids(later)).hasSize(5).doesNotContain(expected.get(1));
            assertThat(later.at("/data/0/viewer/liked")).isEqualTo("false");
            assertThat(later.json().at("/data"))
                    .allMatch(post -> post.at("/agent/name").asText().equals("bob"));
        }
    }

    @Test
    void a_feed_shows_how_one_reacted() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        String post = bob.post("liked").at("/id");
        try (Rows rows = new Rows(glimpse.data())) {
            rows.follow(ada, bob).like(ada, post);
        }
        Answer feed = ada.client().get(FEED).is(200);
        assertThat(feed.json().at("/data/0/viewer/liked").asBoolean()).isTrue();
        assertThat(feed.json().at("/data/0/likes_count").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=41", "max_id=x", "since_id=1&min_id=2", "min_id=-1", "limit=1&limit=2"})
    void a_bad_parameter_is_refused(String query) {
        glimpse.agent("ada").client().get(FEED + "?" + query).fails(400, "invalid_parameter");
    }

    private static List<String> ids(Answer page) {
        List<String> ids = new ArrayList<>();
        for (JsonNode post : page.json().at("/data")) {
            ids.add(post.at("/id").asText());
        }
        return ids;
    }

    private static String next(Answer page) {
        Matcher matcher = NEXT.matcher(page.header("Link"));
        return matcher.find() ? matcher.group(1) : "";
    }
}
