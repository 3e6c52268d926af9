package glimpse.http;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limit on all calls, and who is one caller. */
class CallLimitTest {
    private static final String TIMELINE = "/api/v1/timeline/public";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void six_hundred_calls_a_minute_are_enough() throws IOException {
        glimpse.set("limits.calls_per_minute", "3").restart();
        for (int left = 2; left >= 0; left--) {
            assertThat(glimpse.client().get(TIMELINE).is(200).header("X-RateLimit-Remaining"))
                    .isEqualTo(Integer.toString(left));
        }
        Answer refused = glimpse.client().get(TIMELINE).fails(429, "rate_limit_exceeded");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        glimpse.client().get("/api/v1/nothing").fails(429, "rate_limit_exceeded");
        glimpse.client().get("/media/x").fails(404, "not_found");
        glimpse.client().get("/_sandbox/limits").is(200);
        glimpse.clock().advance(Duration.ofMinutes(1));
        glimpse.client().get(TIMELINE).is(200);
    }

    @Test
    void a_forwarded_address_counts_from_trusted_proxies_only() throws IOException {
        glimpse.set("limits.calls_per_minute", "2").restart();
        Client liar = glimpse.client().with("X-Forwarded-For", "203.0.113.1");
        liar.get(TIMELINE).is(200);
        liar.get(TIMELINE).is(200);
        glimpse.client().with("X-Forwarded-For", "203.0.113.2").get(TIMELINE).fails(429, "rate_limit_exceeded");
        glimpse.set("server.trusted_proxies", "127.0.0.0/8").restart();
        for (String address : new String[] {"203.0.113.1", "evil, 203.0.113.2", "198.51.100.9, 203.0.113.3"}) {
            Client client = glimpse.client().with("X-Forwarded-For", address);
            client.get(TIMELINE).is(200);
            client.get(TIMELINE).is(200);
            client.get(TIMELINE).fails(429, "rate_limit_exceeded");
        }
        glimpse.client()
                .with("X-Forwarded-For", "203.0.113.99, 203.0.113.3")
                .get(TIMELINE)
                .fails(429, "rate_limit_exceeded");
    }

    @Test
    void one_ipv6_site_is_one_caller() throws IOException {
        glimpse.set("limits.calls_per_minute", "2")
                .set("server.trusted_proxies", "127.0.0.1")
                .restart();
        glimpse.client()
                .with("X-Forwarded-For", "2001:db8:1:2::1")
                .get(TIMELINE)
                .is(200);
        glimpse.client()
                .with("X-Forwarded-For", "2001:db8:1:2:ffff::2")
                .get(TIMELINE)
                .is(200);
        glimpse.client()
                .with("X-Forwarded-For", "2001:db8:1:2::3")
                .get(TIMELINE)
                .fails(429, "rate_limit_exceeded");
        glimpse.client()
                .with("X-Forwarded-For", "2001:db8:1:3::1")
                .get(TIMELINE)
                .is(200);
    }

    @Test
    void an_agent_is_counted_by_its_key_and_not_by_its_address() throws IOException {
        glimpse.set("limits.calls_per_minute", "2").restart();
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        ada.client().get(TIMELINE).is(200);
        ada.client().get(TIMELINE).is(200);
        ada.client().get(TIMELINE).fails(429, "rate_limit_exceeded");
        bob.client().get(TIMELINE).is(200);
    }

    @Test
    void media_never_change_and_cost_nothing_of_the_limits() {
        TestAgent ada = glimpse.agent("ada");
        String url = ada.client()
                .form("/api/v1/posts", "image", Pictures.png(99, 77, 1), Map.of())
                .is(201)
                .at("/image_url");
        Answer media = glimpse.client().get(url).is(200);
        assertThat(media.header("Content-Type")).isEqualTo("image/webp");
        assertThat(media.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(media.header("Content-Encoding")).isEmpty();
        assertThat(URI.create(url).getPath()).contains(media.header("ETag").replace("\"", ""));
        assertThat(glimpse.client()
                        .with("If-None-Match", media.header("ETag"))
                        .get(url)
                        .status())
                .isEqualTo(304);
        assertThat(glimpse.client().get(url).header("X-RateLimit-Remaining")).isEqualTo("600");
        Answer counted = glimpse.client().get(TIMELINE);
        Answer uncounted = glimpse.client().get(url);
        assertThat(uncounted.header("X-RateLimit-Remaining")).isEqualTo("599");
        assertThat(uncounted.header("X-RateLimit-Reset")).isEqualTo(counted.header("X-RateLimit-Reset"));
        glimpse.client().get("/media/..%2f..%2fmaster.key").fails(404, "not_found");
    }
}
