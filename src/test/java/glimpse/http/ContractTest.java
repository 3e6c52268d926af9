package glimpse.http;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer has, whatever was asked. */
class ContractTest {
    private static final String TIMELINE = "/api/v1/timeline/public";
    private static final String REGISTER = "/api/v1/agents/register";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/timeline/public, 200",
        "HEAD, /api/v1/timeline/public, 200",
        "OPTIONS, /api/v1/timeline/public, 204",
        "GET, /api/v1/nothing, 404",
        "GET, /, 200",
        "GET, //, 404",
        "DELETE, /api/v1/timeline/public, 405",
        "GET, /api/v1/agents/me, 401",
        "POST, /api/v1/posts, 401",
        "GET, /media/nothing, 404",
        "GET, /health, 200",
        "GET, /llms.txt, 200",
        "GET, /_sandbox/clock, 200",
        "PROPFIND, /api/v1/timeline/public, 405"
    })
    void every_answer_bears_its_id_its_limits_and_what_keeps_browsers_safe(String method, String path, int status) {
        Answer answer =
                glimpse.client().send(method, path, BodyPublishers.noBody()).is(status);
        assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{8}-[0-9a-f]+");
        assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("600");
        assertThat(answer.header("X-RateLimit-Remaining")).matches("599|600");
        assertThat(Long.parseLong(answer.header("X-RateLimit-Reset"))).isBetween(1_795_446_000L, 1_795_446_060L);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(answer.header("Server")).isEmpty();
        if (status >= 400 && !method.equals("HEAD")) {
            assertThat(answer.json().at("/error/status").asInt()).isEqualTo(status);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void a_path_that_is_not_there_and_a_method_that_is_not_taken_are_told_apart() {
        glimpse.client().get("/api/v1/nothing").fails(404, "not_found");
        Answer refused = glimpse.client().delete(TIMELINE).fails(405, "method_not_allowed");
        assertThat(refused.header("Allow")).contains("GET");
    }

    @Test
    void head_is_get_without_a_body() {
        Answer get = glimpse.client().get(TIMELINE).is(200);
        Answer head =
                glimpse.client().send("HEAD", TIMELINE, BodyPublishers.noBody()).is(200);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        glimpse.client()
                .send("HEAD", "/api/v1/posts/1", BodyPublishers.noBody())
                .is(404);
    }

    @Test
    void a_browser_anywhere_may_call_the_api() {
        Answer preflight = glimpse.client()
                .with("Origin", "https://elsewhere.example")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization, idempotency-key")
                .send("OPTIONS", "/api/v1/posts", BodyPublishers.noBody())
                .is(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.header("Access-Control-Allow-Headers"))
                .contains("Authorization")
                .contains("Idempotency-Key");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
        Answer read =
                glimpse.client().with("Origin", "https://elsewhere.example").get(TIMELINE);
        assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(read.header("Access-Control-Expose-Headers")).contains("X-RateLimit-Remaining");
    }

    @Test
    void a_page_of_another_site_may_not_touch_the_sandbox() {
        for (String origin : new String[] {"https://evil.example", "null"}) {
            Answer refused = glimpse.client()
                    .with("Origin", origin)
                    .get("/_sandbox/mail")
                    .fails(403, "forbidden");
            assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
        }
        glimpse.client().with("Origin", glimpse.url()).get("/_sandbox/mail").is(200);
    }

    @Test
    void a_strange_name_for_this_machine_gets_no_answer() throws IOException {
        String answer = raw("GET /_sandbox/mail HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 421 ").contains("\"misdirected_request\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/posts/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"
            })
    void what_is_no_http_is_answered_in_the_envelope(String request) throws IOException {
        assertThat(raw(request))
                .contains("{\"error\":{\"code\":")
                .contains("X-Request-Id: ")
                .contains("X-RateLimit-Remaining: ")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Connection: close") // else a client sends its next request into a closed connection
                .doesNotContain("Exception");
    }

    @Test
    void a_header_that_is_too_large_is_answered_in_the_envelope() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(40_000) + "\r\n\r\n";
        assertThat(raw(request)).startsWith("HTTP/1.1 431 ").contains("{\"error\":{\"code\":");
    }

    @Test
    void broken_json_is_told_with_line_and_column() {
        Answer refused =
                glimpse.client().post(REGISTER, "{\"name\": \"nova\",\n  oops}").fails(400, "invalid_json");
        assertThat(refused.at("/error/message")).contains("line 2, column");
        glimpse.client().post(REGISTER, "").fails(400, "invalid_json");
        glimpse.client().post(REGISTER, "[]").fails(400, "invalid_json");
        glimpse.client().post(REGISTER, "{} {}").fails(400, "invalid_json");
        glimpse.client().post(REGISTER, "{\"name\":\"a\",\"name\":\"b\"}").fails(400, "invalid_json");
        glimpse.client().post(REGISTER, "{\"a\":".repeat(2_000)).fails(400, "invalid_json");
    }

    @Test
    void a_wrong_content_type_is_refused_with_what_is_right() {
        Answer refused = glimpse.client()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", REGISTER, BodyPublishers.ofString("name=nova"))
                .fails(415, "unsupported_media_type");
        assertThat(refused.at("/error/hint")).contains("application/json");
        glimpse.client().send("POST", REGISTER, BodyPublishers.ofString("{}")).fails(415, "unsupported_media_type");
    }

    @Test
    void a_charset_that_nobody_knows_does_no_harm() {
        Answer answer = glimpse.client()
                .with("Content-Type", "application/json; charset=bogus")
                .send(
                        "POST",
                        REGISTER,
                        BodyPublishers.ofString("{\"name\":\"nova\",\"owner_email\":\"o@example.com\"}"));
        answer.is(201);
        glimpse.client()
                .with("Content-Type", "application/jsonx")
                .send("POST", REGISTER, BodyPublishers.ofString("{}"))
                .fails(415, "unsupported_media_type");
    }

    @Test
    void a_compressed_body_is_refused_by_its_name() {
        Answer refused = glimpse.client().with("Content-Encoding", "gzip").post(REGISTER, "x");
        assertThat(refused.fails(415, "unsupported_media_type").at("/error/message"))
                .contains("Content-Encoding");
    }

    @Test
    void no_header_makes_one_method_another() {
        glimpse.agent("ada")
                .client()
                .with("X-HTTP-Method-Override", "DELETE")
                .post("/api/v1/posts/1", Map.of())
                .fails(400, "invalid_parameter");
    }

    @Test
    void options_tells_the_methods_of_the_path_itself() {
        for (String path : new String[] {REGISTER, "/api/v1/agents/verify"}) {
            Answer options = glimpse.client()
                    .send("OPTIONS", path, BodyPublishers.noBody())
                    .is(204);
            assertThat(options.header("Allow")).isEqualTo("OPTIONS, POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=%D9%A5", "limit=5&x=%E0%A4%A"})
    void a_query_that_can_not_be_read_is_refused(String query) throws IOException {
        String answer =
                raw("GET " + TIMELINE + "?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("invalid_parameter");
    }

    @Test
    void a_call_for_which_nothing_has_to_be_said_needs_no_body() {
        glimpse.client()
                .send("POST", "/_sandbox/agents", BodyPublishers.noBody())
                .is(201);
    }

    @Test
    void a_body_that_is_too_large_is_refused_and_the_answer_arrives() {
        String large = "{\"bio\":\"" + "x".repeat(3_000_000) + "\"}";
        for (int i = 0; i < 5; i++) {
            glimpse.client().post(REGISTER, large).fails(413, "payload_too_large");
        }
    }

    @Test
    void whoever_is_refused_while_sending_a_large_body_learns_why() {
        String large = "{\"image_b64\":\"" + "A".repeat(9_000_000) + "\"}";
        for (int i = 0; i < 3; i++) {
            glimpse.client().post("/api/v1/posts", large).fails(401, "unauthorized");
        }
    }

    @Test
    void a_body_of_broken_chunks_is_the_callers_mistake() throws IOException {
        String answer = raw("POST " + REGISTER + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"invalid_parameter\"");
    }

    @Test
    void a_broken_form_is_refused() {
        TestAgent ada = glimpse.agent("ada");
        ada.client()
                .with("Content-Type", "multipart/form-data; boundary=x")
                .send("POST", "/api/v1/posts", BodyPublishers.ofString("--x\r\nno form at all"))
                .fails(400, "invalid_parameter");
        ada.client()
                .with("Content-Type", "multipart/form-data")
                .send("POST", "/api/v1/posts", BodyPublishers.ofString("--x\r\n"))
                .fails(400, "invalid_parameter");
    }

    @Test
    void a_proxy_that_adds_a_line_of_its_own_is_not_overruled_by_the_callers() throws IOException {
        glimpse.set("limits.calls_per_minute", "1")
                .set("server.trusted_proxies", "127.0.0.0/8")
                .restart();
        String request = "GET " + TIMELINE + " HTTP/1.1\r\nHost: localhost\r\n"
                + "X-Forwarded-For: %s\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n";
        assertThat(raw(request.formatted("198.51.100.1"))).startsWith("HTTP/1.1 200");
        assertThat(raw(request.formatted("198.51.100.2"))).startsWith("HTTP/1.1 429");
    }

    @Test
    void a_public_url_on_this_machine_is_no_obstacle_to_a_sandbox() throws IOException {
        glimpse.set("server.public_url", "http://LocalHost:8080").restart();
        glimpse.client().get("/health").is(200);
        assertThat(raw("GET /health HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_text_in_another_encoding_is_the_callers_mistake() {
        byte[] utf32 = {0, 0, -2, -1, 0, 0, 0, '{', 0, 0, 0, '"', -1, -1, -1, -1};
        glimpse.client()
                .with("Content-Type", "application/json")
                .send("POST", REGISTER, BodyPublishers.ofByteArray(utf32))
                .fails(400, "invalid_json");
    }

    @Test
    void the_public_url_stands_in_every_link() throws IOException {
        glimpse.set("server.public_url", "https://glimpse.example").restart();
        TestAgent ada = glimpse.agent("ada");
        Answer post = ada.client().form("/api/v1/posts", "image", Pictures.png(9, 9, 1), Map.of());
        assertThat(post.is(201).at("/image_url")).startsWith("https://glimpse.example/media/");
        assertThat(post.header("Location")).startsWith("https://glimpse.example/api/v1/posts/");
        assertThat(post.header("Strict-Transport-Security")).isNotEmpty();
        assertThat(glimpse.client().get(TIMELINE).header("Link")).contains("<https://glimpse.example" + TIMELINE);
    }

    private String raw(String request) throws IOException {
        URI url = URI.create(glimpse.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            while (!answer.toString().contains("\r\n\r\n") || !answer.toString().endsWith("}")) {
                int n = in.read(buffer);
                if (n < 0) {
                    break;
                }
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
            return answer.toString();
        }
    }
}
