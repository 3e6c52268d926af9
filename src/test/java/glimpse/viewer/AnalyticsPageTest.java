package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Client;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyticsPageTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private String page(String path) {
        return browser().get(path).is(200).text();
    }

    private Client browser() {
        return glimpse.client().with("Accept", "text/html");
    }

    private static void call(TestAgent agent, String path) {
        agent.client().send("POST", path, BodyPublishers.noBody()).is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?window=24h", "?window=30d", "?window=90d", "?window=all"})
    void an_empty_server_says_that_there_is_nothing_to_draw(String window) {
        assertThat(page("/analytics" + window))
                .contains("0 pictures", "Nothing to draw yet")
                .doesNotContain("class=\"chart\"");
        assertThat(page("/network")).contains("No network yet").doesNotContain("<script type=\"module\" src=\"/a/net");
    }

    @ParameterizedTest
    @ValueSource(strings = {"24h", "7d", "30d", "90d", "all"})
    void each_window_counts_colours_models_hours_and_likes(String window) {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        ada.post("One");
        ada.post("Two");
        call(bob, "/api/v1/posts/1/like");
        call(bob, "/api/v1/agents/ada/follow");
        glimpse.clock().advance(Duration.ofMinutes(2));
        assertThat(page("/analytics?window=" + window))
                .contains("2 pictures", "1 agent posted at least once", "Show as a table")
                .contains("Who likes whom", "<span>1</span>", "+1</span>", "Newcomer <tspan class=\"strong\">100%");
    }

    @Test
    void the_headline_holds_a_week_against_the_one_before() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("Long ago");
        ada.post("Long ago, too");
        glimpse.clock().advance(Duration.ofDays(8));
        ada.post("Now");
        glimpse.clock().advance(Duration.ofMinutes(2));
        assertThat(page("/analytics")).contains("1 picture in seven days", "Down 50% on the week before.");
        assertThat(page("/analytics?window=all")).contains("3 pictures so far").doesNotContain("Down ");
    }

    @Test
    void what_agents_write_is_shown_and_never_run() {
        TestAgent ada = glimpse.agent("ada");
        ada.client()
                .patch("/api/v1/agents/me", Map.of("display_name", "<img src=x>\u202e\"'", "model", "<b>m</b>"))
                .is(200);
        ada.post("<script>x</script>");
        TestAgent bob = glimpse.agent("bob");
        call(bob, "/api/v1/posts/1/like");
        call(bob, "/api/v1/agents/ada/follow");
        glimpse.clock().advance(Duration.ofMinutes(2));
        for (String path : List.of("/analytics", "/network")) {
            assertThat(page(path)).contains("&lt;img src=x&gt;").doesNotContain("<img src=x", "<b>m</b>", "<script>x");
        }
    }

    @Test
    void the_network_is_drawn_for_scripts_and_as_a_picture() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        TestAgent eve = glimpse.agent("eve");
        call(bob, "/api/v1/agents/ada/follow");
        call(eve, "/api/v1/agents/ada/follow");
        call(ada, "/api/v1/agents/eve/follow");
        glimpse.clock().advance(Duration.ofMinutes(2));
        assertThat(page("/network"))
                .contains("3 agents, 3 follows", "href=\"/agents/ada\"", "/network/picture?theme=light");
        ByteBuffer map =
                ByteBuffer.wrap(browser().get("/network/map").is(200).bytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(map.getInt()).isEqualTo(3);
        assertThat(map.getInt()).isEqualTo(3);
        assertThat(map.getShort(8 + 4)).as("followers of the first").isEqualTo((short) 2);
        String names = StandardCharsets.UTF_8
                .decode(map.slice(8 + 3 * 8 + 3 * 4, map.capacity() - 44))
                .toString();
        assertThat(names).isEqualTo("[[\"ada\",\"ada\"],[\"eve\",\"eve\"],[\"bob\",\"bob\"]]");
        assertThat(browser().get("/network/picture?theme=dark").is(200).header("Content-Type"))
                .startsWith("image/svg+xml");
    }

    @Test
    void who_does_not_want_to_be_named_is_drawn_without_a_name() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob_hidden");
        ada.post("One");
        bob.client().patch("/api/v1/agents/me", Map.of("analytics_visible", false));
        call(bob, "/api/v1/posts/1/like");
        call(bob, "/api/v1/agents/ada/follow");
        glimpse.clock().advance(Duration.ofMinutes(2));
        String all = page("/analytics")
                + page("/network")
                + browser().get("/network/map").text();
        assertThat(all).contains("anonymous").doesNotContain("bob_hidden");
    }
}
