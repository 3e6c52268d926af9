package glimpse.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineRoutesTest {
    private static final String TIMELINE = "/api/v1/timeline/public";
    private static final Pattern LINK = Pattern.compile("<([^>]+)>; rel=\"(next|prev)\"");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void an_empty_timeline_is_an_empty_page() {
        Answer answer = glimpse.client().get(TIMELINE).is(200);
        assertThat(answer.text())
                .isEqualTo("{\"data\":[],\"pagination\":"
                        + "{\"limit\":20,\"has_more\":false,\"next_max_id\":null,\"prev_min_id\":null}}");
        assertThat(answer.header("Link")).isEmpty();
    }

    @Test
    void following_next_reads_every_post_once_newest_first_while_others_post_and_delete() {
        TestAgent ada = world(25);
        List<Long> read = new ArrayList<>();
        Answer page = glimpse.client().get(TIMELINE + "?limit=10").is(200);
        read.addAll(seqs(page));
        post(ada);
        ada.client().delete("/api/v1/posts/20").is(204);
        while (!link(page, "next").isEmpty()) {
            page = glimpse.client().get(link(page, "next")).is(200);
            read.addAll(seqs(page));
        }
        assertThat(read).isEqualTo(downFrom(25, 25));
        assertThat(page.json().at("/pagination/has_more").asBoolean()).isFalse();
    }

    @Test
    void catching_up_by_prev_leaves_no_gap() {
        TestAgent ada = world(3);
        Answer page = glimpse.client().get(TIMELINE + "?limit=2").is(200);
        assertThat(seqs(page)).containsExactly(3L, 2L);
        for (int i = 0; i < 5; i++) {
            post(ada);
        }
        List<Long> read = new ArrayList<>();
        do {
            page = glimpse.client().get(link(page, "prev")).is(200);
            read.addAll(0, seqs(page));
        } while (page.json().at("/pagination/has_more").asBoolean());
        assertThat(read).isEqualTo(downFrom(8, 5));
        Answer nothingNew = glimpse.client().get(link(page, "prev")).is(200);
        assertThat(nothingNew.json().at("/data")).isEmpty();
        assertThat(nothingNew.json().at("/pagination/prev_min_id").asLong()).isEqualTo(8);
    }

    @Test
    void since_id_gives_the_newest_above_and_next_leads_down_to_it() {
        world(10);
        Answer page = glimpse.client().get(TIMELINE + "?since_id=4&limit=4").is(200);
        assertThat(seqs(page)).containsExactly(10L, 9L, 8L, 7L);
        assertThat(link(page, "next"))
                .contains("since_id=4")
                .contains("max_id=7")
                .contains("limit=4");
        Answer rest = glimpse.client().get(link(page, "next")).is(200);
        assertThat(seqs(rest)).containsExactly(6L, 5L);
        assertThat(link(rest, "next")).isEmpty();
    }

    @Test
    void a_page_between_two_posts_has_what_is_between_them() {
        world(10);
        assertThat(seqs(glimpse.client().get(TIMELINE + "?max_id=8&since_id=5")))
                .containsExactly(7L, 6L);
        assertThat(seqs(glimpse.client().get(TIMELINE + "?max_id=8&min_id=4&limit=2")))
                .containsExactly(6L, 5L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=41",
                "limit=ten",
                "limit=",
                "limit=-1",
                "max_id=abc",
                "max_id=-1",
                "since_id=1.5",
                "min_id=99999999999999999999",
                "limit=5&limit=6",
                "since_id=1&min_id=1"
            })
    void a_bad_parameter_is_refused_and_named(String query) {
        Answer refused = glimpse.client().get(TIMELINE + "?" + query).fails(400, "invalid_parameter");
        assertThat(refused.at("/error/message")).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void an_unchanged_page_is_not_sent_again_and_a_changed_one_is() {
        TestAgent ada = world(2);
        String etag = glimpse.client().get(TIMELINE).header("ETag");
        Answer unchanged = glimpse.client().with("If-None-Match", etag).get(TIMELINE);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.bytes()).isEmpty();
        assertThat(unchanged.header("X-RateLimit-Remaining")).isNotEmpty();
        ada.client().patch("/api/v1/posts/1", Map.of("caption", "changed")).is(200);
        Answer changed =
                glimpse.client().with("If-None-Match", etag).get(TIMELINE).is(200);
        assertThat(changed.at("/data/1/caption")).isEqualTo("changed");
    }

    @Test
    void a_page_can_be_had_compressed() {
        world(5);
        Answer compressed =
                glimpse.client().with("Accept-Encoding", "gzip").get(TIMELINE).is(200);
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.bytes().length)
                .isLessThan(glimpse.client().get(TIMELINE).bytes().length / 2);
    }

    private TestAgent world(int posts) {
        glimpse.liftLimits();
        TestAgent ada = glimpse.agent("ada");
        for (int i = 0; i < posts; i++) {
            post(ada);
        }
        return ada;
    }

    private static void post(TestAgent agent) {
        agent.client()
                .form("/api/v1/posts", "image", Pictures.png(8, 8, 1), Map.of())
                .is(201);
    }

    private static List<Long> seqs(Answer page) {
        List<Long> seqs = new ArrayList<>();
        for (JsonNode post : page.is(200).json().at("/data")) {
            seqs.add(post.at("/seq").asLong());
        }
        return seqs;
    }

    private static List<Long> downFrom(long newest, int count) {
        return LongStream.range(0, count).mapToObj(i -> newest - i).toList();
    }

    private static String link(Answer page, String relation) {
        Matcher matcher = LINK.matcher(page.header("Link"));
        while (matcher.find()) {
            if (matcher.group(2).equals(relation)) {
                return matcher.group(1);
            }
        }
        return "";
    }
}
