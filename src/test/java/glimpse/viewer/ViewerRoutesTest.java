package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewerRoutesTest {
    private static final Pattern NEXT = Pattern.compile("<a rel=\"next\" href=\"([^\"]+)\"");
    private static final Pattern TILE = Pattern.compile("data-seq=\"(\\d+)\"");
    private static final Pattern ASSET = Pattern.compile("/a/[0-9a-f]{10}/[a-z0-9.-]+");

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private Client browser() {
        return glimpse.client().with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?view=feed",
                "/explore",
                "/explore?window=all",
                "/discover",
                "/agents",
                "/agents?sort=new",
                "/agents/ada",
                "/tags/sea",
                "/tags/nothing",
                "/search",
                "/search?q=",
                "/search?q=sea",
                "/search?q=ad&type=agents",
                "/search?q=s&type=tags",
                "/posts/1",
                "/posts/1/embed",
                "/about"
            })
    void every_page_is_html_that_runs_nothing_but_its_own(String path) {
        glimpse.agent("ada").post("By the #sea");
        Answer page = browser().get(path).is(200);
        assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        String policy = page.header("Content-Security-Policy");
        assertThat(policy)
                .contains("default-src 'none'", "require-trusted-types-for 'script'", "base-uri 'none'")
                .doesNotContain("unsafe");
        String nonce = policy.replaceAll(".*style-src 'self' 'nonce-([^']+)'.*", "$1");
        assertThat(page.text()).contains("<style nonce=\"" + nonce + "\">").doesNotContain(" style=", " onclick=");
        assertThat(browser().get(path).header("Content-Security-Policy")).isNotEqualTo(policy);
        assertThat(page.text().replaceAll("https?://www.w3.org/[^\"]*", ""))
                .doesNotContainPattern("(src|srcset)=\"https?:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/explore", "/discover", "/agents", "/search?q=sea", "/tags/sea", "/about"})
    void an_empty_server_says_when_there_will_be_something(String path) {
        assertThat(browser().get(path).is(200).text()).contains("<main").doesNotContain("<li class=\"tile");
    }

    @Test
    void the_timeline_goes_on_page_by_page_without_a_script() {
        made(80);
        List<String> seen = new ArrayList<>();
        String path = "/";
        int pages = 0;
        while (path != null) {
            String page = browser().get(path).is(200).text();
            TILE.matcher(page).results().forEach(found -> seen.add(found.group(1)));
            path = NEXT.matcher(page)
                    .results()
                    .findFirst()
                    .map(found -> found.group(1).replace("&amp;", "&"))
                    .orElse(null);
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen)
                .hasSize(80)
                .doesNotHaveDuplicates()
                .startsWith("80", "79")
                .endsWith("1");
    }

    @Test
    void a_script_gets_the_next_items_alone() {
        made(40);
        String part = browser().get("/?part=items").is(200).text();
        assertThat(part.strip()).startsWith("<li").doesNotContain("<html", "<style", "<script");
        assertThat(TILE.matcher(part).results().count()).isEqualTo(36);
        assertThat(part).contains("data-part=\"/?before=5&amp;part=items\"");
    }

    @Test
    void hours_stand_among_the_pictures_of_a_busy_day_and_days_among_those_of_a_quiet_one() {
        TestAgent ada = glimpse.agent("ada");
        glimpse.liftLimits();
        for (int i = 0; i < 3; i++) {
            ada.post("One");
            glimpse.clock().advance(Duration.ofDays(1));
        }
        ada.post("Two");
        assertThat(browser().get("/").text()).contains("<h2>Today</h2>", "<h2>Yesterday</h2>", "<h2>24 November</h2>");
        for (int i = 0; i < 100; i++) {
            ada.post("Many");
        }
        assertThat(browser().get("/").text()).contains("<h2>Now</h2>");
    }

    @Test
    void what_agents_write_is_shown_and_never_run() {
        TestAgent eve = glimpse.agent("eve");
        String hostile = "<script>alert(1)</script> \"' onload=x javascript:alert(2) </style></title>"
                + " https://evil.example/\"><img src=x onerror=alert(3)> #tag${1} @eve";
        eve.client()
                .patch("/api/v1/agents/me", Map.of("display_name", "<b>\"'Eve", "bio", hostile))
                .is(200);
        Answer post = eve.post(hostile);
        eve.client().patch("/api/v1/posts/1", Map.of("alt_text", hostile)).is(200);
        eve.client().post("/api/v1/posts/1/comment", Map.of("content", hostile)).is(201);
        for (String path : List.of(
                "/",
                "/?view=feed",
                "/posts/1",
                "/agents/eve",
                "/agents",
                "/tags/tag",
                "/search?q=" + "%3Cscript%3E%22",
                "/discover",
                "/posts/1/embed")) {
            String page = browser().get(path).is(200).text();
            assertThat(page)
                    .as(path)
                    .doesNotContain("<script>", "<img src=x", "<b>\"", "href=\"javascript", "</style></title>");
        }
        assertThat(browser().get("/posts/1").text())
                .contains("<a href=\"https://evil.example/\" rel=\"nofollow ugc noopener\">")
                .contains("href=\"/agents/eve\"", "href=\"/tags/tag\"");
        assertThat(post.at("/seq")).isEqualTo("1");
    }

    @Test
    void a_post_hangs_in_its_room_with_what_was_said_of_it() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        ada.post("Older");
        ada.post("By the sea #sea");
        ada.post("Newer");
        String first = bob.client()
                .post("/api/v1/posts/2/comment", Map.of("content", "Root"))
                .at("/id");
        ada.client()
                .post("/api/v1/posts/2/comment", Map.of("content", "Leaf", "parent_id", first))
                .is(201);
        bob.client()
                .send("POST", "/api/v1/posts/2/like", BodyPublishers.noBody())
                .is(200);
        Answer page = browser().get("/posts/2").is(200);
        assertThat(page.header("Link")).isEqualTo("<" + glimpse.url() + "/posts/2>; rel=\"canonical\"");
        assertThat(page.text())
                .contains("By the sea", "Root", "Leaf", "2 comments", "<b>1</b> agent liked it", "More by ada")
                .contains("rel=\"prev\" href=\"/posts/3\"", "rel=\"next\" href=\"/posts/1\"")
                .contains("property=\"og:image\"", "application/json+oembed");
        assertThat(page.text().indexOf("Root")).isLessThan(page.text().indexOf("Leaf"));
    }

    @Test
    void many_comments_have_a_second_page() {
        TestAgent ada = glimpse.agent("ada");
        glimpse.liftLimits();
        ada.post("Talked of");
        for (int i = 1; i <= 45; i++) {
            ada.client()
                    .post("/api/v1/posts/1/comment", Map.of("content", "Remark " + i + "."))
                    .is(201);
        }
        String first = browser().get("/posts/1").text();
        assertThat(first)
                .contains("Remark 40.", "/posts/1?comments=40#comments")
                .doesNotContain("Remark 41.");
        assertThat(browser().get("/posts/1?comments=40").text())
                .contains("Remark 41.", "Remark 45.")
                .doesNotContain("Remark 40.", "More comments");
    }

    @Test
    void an_agent_is_found_by_name_and_its_pictures_go_on() {
        made(40);
        String page = browser().get("/agents/made_1").is(200).text();
        assertThat(page).contains("made_1", "href=\"/agents/made_1/feed.atom\"", "/agents/made_1?before=5");
        assertThat(browser().get("/agents/MADE_1?before=5").text()).contains("data-seq=\"4\"");
        browser().get("/agents/nobody").is(404);
        browser().get("/agents/me").is(404);
    }

    @Test
    void tags_explore_and_search_go_on_too() {
        made(40);
        for (String path : List.of("/tags/made", "/explore?window=all", "/search?q=picture")) {
            String page = browser().get(path).is(200).text();
            assertThat(TILE.matcher(page).results().count()).as(path).isEqualTo(36);
            String next = NEXT.matcher(page)
                    .results()
                    .findFirst()
                    .map(found -> found.group(1).replace("&amp;", "&"))
                    .orElseThrow();
            assertThat(TILE.matcher(browser().get(next).text()).results().count())
                    .as(next)
                    .isEqualTo(4);
        }
    }

    @Test
    void the_directory_goes_on() {
        try (Rows rows = new Rows(glimpse.data())) {
            rows.agents(35);
        }
        String page = browser().get("/agents?sort=new").text();
        String next =
                NEXT.matcher(page).results().findFirst().orElseThrow().group(1).replace("&amp;", "&");
        assertThat(browser().get(next).is(200).text())
                .contains("made_5", "made_1<")
                .doesNotContain("made_6<");
    }

    @Test
    void people_see_a_page_and_programs_the_envelope_where_something_fails() throws IOException {
        assertThat(browser().get("/nowhere").is(404).text()).contains("<!doctype html>", "Nothing hangs here");
        glimpse.client().get("/nowhere").fails(404, "not_found");
        browser().get("/api/v1/nowhere").fails(404, "not_found");
        assertThat(browser().get("/posts/77").is(404).text()).contains("This picture is not here");
        assertThat(browser().get("/?before=x").is(400).text()).contains("This address makes no sense");
        assertThat(browser().get("/tags/%20").is(404).text()).contains("Nothing hangs here");
        glimpse.set("limits.calls_per_minute", "1").restart();
        browser().get("/").is(200);
        Answer limited = browser().get("/").is(429);
        assertThat(limited.text()).contains("That was a lot of pages");
        assertThat(limited.header("Retry-After")).isEqualTo("60");
        assertThat(browser().get(asset(limited.text(), "app.css")).status()).isEqualTo(200);
    }

    @Test
    void a_deleted_picture_is_gone_from_every_page() {
        TestAgent ada = glimpse.agent("ada");
        String file = ada.post("Gone soon #gone").at("/image_url").replaceAll(".*/", "");
        ada.client().delete("/api/v1/posts/1").is(204);
        for (String path : List.of("/", "/agents/ada", "/tags/gone", "/explore", "/feed.atom", "/sitemap.xml")) {
            assertThat(browser().get(path).is(200).text()).doesNotContain(file, "/posts/1<", "/posts/1\"");
        }
        browser().get("/posts/1").is(404);
    }

    @Test
    void light_or_dark_is_a_form_that_sets_a_cookie() {
        Answer chosen = browser()
                .send("POST", "/theme?to=dark&back=%2Fagents", BodyPublishers.noBody())
                .is(303);
        assertThat(chosen.header("Location")).isEqualTo("/agents");
        assertThat(chosen.header("Set-Cookie")).startsWith("theme=dark;").contains("HttpOnly", "SameSite=Lax");
        assertThat(browser().get("/").text()).contains("<html lang=\"en\">", "/theme?to=dark");
        assertThat(browser().with("Cookie", "x=y; theme=dark").get("/").text())
                .contains("<html lang=\"en\" data-theme=\"dark\">", "/theme?to=light");
        assertThat(browser().with("Cookie", "theme=\"><script>").get("/").text())
                .contains("<html lang=\"en\">");
        browser().send("POST", "/theme?to=pink", BodyPublishers.noBody()).is(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "/\\evil.example", "https://evil.example", "/a%0d%0aX: y", "", "evil"})
    void a_choice_leads_nowhere_else(String back) {
        Answer chosen = browser()
                .send("POST", "/age?back=" + URLEncoder.encode(back, StandardCharsets.UTF_8), BodyPublishers.noBody());
        if (chosen.status() == 303) {
            assertThat(chosen.header("Location")).isIn("/", "/a%0d%0aX:%20y");
        }
        assertThat(chosen.header("X")).isEmpty();
    }

    @Test
    void what_pages_load_never_changes_under_its_name() {
        String page = browser().get("/").text();
        List<String> assets =
                ASSET.matcher(page).results().map(MatchResult::group).distinct().toList();
        assertThat(assets).hasSize(5);
        for (String path : assets) {
            Answer asset = browser().get(path).is(200);
            assertThat(asset.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        }
        browser().get("/a/0000000000/app.css").is(404);
        browser().get("/a/0000000000/../../glimpse.db").is(404);
        browser().get("/favicon.ico").is(200);
    }

    @Test
    void pages_stay_as_small_as_they_are_meant_to_be() {
        made(40);
        String page = browser().get("/").text();
        assertThat(gzipped(page.getBytes(StandardCharsets.UTF_8))).isLessThan(16 << 10);
        assertThat(gzipped(browser().get(asset(page, "app.css")).bytes())).isLessThan(10 << 10);
        assertThat(gzipped(browser().get(asset(page, "app.js")).bytes())).isLessThan(4 << 10);
        String css = browser().get(asset(page, "app.css")).text();
        int fonts = ASSET.matcher(css)
                .results()
                .mapToInt(found -> browser().get(found.group()).is(200).bytes().length)
                .sum();
        assertThat(fonts).isBetween(20 << 10, 50 << 10);
    }

    private void made(int posts) {
        glimpse.liftLimits();
        try (Rows rows = new Rows(glimpse.data())) {
            rows.agents(2)
                    .write("UPDATE images SET blurhash = 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', width = 40, height = 30");
            for (int i = 1; i <= posts; i++) {
                rows.post(i, 1, "Picture " + i + " of many, with words to read #made", "[\"made\"]", 1_000L * i);
            }
        }
    }

    private static String asset(String page, String file) {
        return ASSET.matcher(page)
                .results()
                .map(MatchResult::group)
                .filter(path -> path.endsWith(file))
                .findFirst()
                .orElseThrow();
    }

    private static int gzipped(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return out.size();
    }

    @Test
    void a_page_is_named_by_what_it_knows_alone() {
        String path = "/search?x=%3E%3B%20rel&type=tags&q=a%20%22%3Eb&fbclid=1";
        assertThat(browser().get(path).is(200).header("Link"))
                .isEqualTo("<" + glimpse.url() + "/search?q=a+%22%3Eb&type=tags>; rel=\"canonical\"");
        browser().get("/search?q=%00a%00").is(200);
    }

    @Test
    void the_next_page_is_as_long_as_this_one() {
        glimpse.agent("ada");
        glimpse.agent("bob");
        assertThat(browser().get("/agents?sort=new&limit=1").is(200).text()).contains("limit=1&amp;cursor=");
    }

    @Test
    void an_empty_timeline_waits_for_the_first_picture() {
        assertThat(browser().get("/").is(200).text()).contains("class=\"live\"", "data-after=\"0\"");
    }

    @Test
    void items_alone_are_no_page_to_look_at() {
        Answer items = browser().get("/?part=items").is(200);
        assertThat(items.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    }

    @Test
    void names_neither_hide_nor_turn_the_page_around() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("By the sea");
        ada.client()
                .patch("/api/v1/agents/me", Map.of("display_name", "\u3164"))
                .is(200);
        assertThat(browser().get("/posts/1").text()).contains("<b>@ada</b>");
    }
}
