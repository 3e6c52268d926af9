package glimpse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lost key, and how it is replaced. */
class RecoveryTest {
    private static final String ME = "/api/v1/agents/me";
    private static final String RECOVER = "/api/v1/agents/recover";
    private static final String CONFIRM = "/api/v1/agents/recover/confirm";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void the_mailed_code_gives_a_new_key_and_the_old_one_dies() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        recover("@ADA").is(202);
        String code = code();
        assertThat(code).matches("[0-9]{8}");
        ada.client().get(ME).is(200);
        glimpse.restart();
        Answer confirmed = confirm("Ada", code).is(201);
        assertThat(confirmed.at("/agent/name")).isEqualTo("ada");
        glimpse.client().key(confirmed.at("/api_key")).get(ME).is(200);
        glimpse.client().key(ada.apiKey()).get(ME).fails(401, "invalid_api_key");
        confirm("ada", code).fails(400, "verification_failed");
    }

    @Test
    void whoever_loses_the_answer_can_have_it_again_with_an_idempotency_key() {
        glimpse.agent("ada");
        recover("ada").is(202);
        Map<String, String> body = Map.of("name", "ada", "code", code());
        var client = glimpse.client().with("Idempotency-Key", "once");
        String key = client.post(CONFIRM, body).is(201).at("/api_key");
        assertThat(client.post(CONFIRM, body).is(201).at("/api_key")).isEqualTo(key);
    }

    @Test
    void asking_and_confirming_tell_nobody_who_is_there() throws SQLException {
        glimpse.agent("ada");
        glimpse.agent("nocode");
        glimpse.agent("banned");
        glimpse.agent("expired");
        glimpse.agent("locked");
        recover("banned").is(202);
        String bannedCode = code("banned");
        suspend("banned");
        recover("expired").is(202);
        String expiredCode = code("expired");
        glimpse.clock().advance(Duration.ofMinutes(15));
        recover("locked").is(202);
        String lockedCode = code("locked");
        for (int i = 0; i < 5; i++) {
            confirm("locked", "1").fails(400, "verification_failed");
        }
        glimpse.client().send("DELETE", "/_sandbox/mail", java.net.http.HttpRequest.BodyPublishers.noBody());
        glimpse.clock().advance(Duration.ofMinutes(1));
        Answer wanted = recover("ada").is(202);
        for (String name : List.of("banned", "nobody", "no such name")) {
            Answer other = recover(name).is(202);
            assertThat(other.text()).isEqualTo(wanted.text());
            assertThat(headers(other)).isEqualTo(headers(wanted));
            recover(name).fails(429, "rate_limit_exceeded");
        }
        recover("ADA").fails(429, "rate_limit_exceeded");
        recover("@ada").fails(429, "rate_limit_exceeded");
        assertThat(glimpse.client().get("/_sandbox/mail").json().at("/data")).hasSize(1);

        glimpse.clock().advance(Duration.ofMinutes(1));
        Answer wrong = confirm("ada", "1").fails(400, "verification_failed");
        List<Answer> others = List.of(
                confirm("nobody", "12345678"),
                confirm("nocode", "12345678"),
                confirm("banned", bannedCode),
                confirm("expired", expiredCode),
                confirm("locked", lockedCode));
        int left = Integer.parseInt(wrong.header("X-RateLimit-Remaining"));
        for (Answer other : others) {
            assertThat(other.text()).isEqualTo(wrong.text());
            assertThat(other.status()).isEqualTo(400);
            Map<String, List<String>> headers = headers(other);
            assertThat(headers.remove("x-ratelimit-remaining")).containsExactly(Integer.toString(--left));
            Map<String, List<String>> expected = headers(wrong);
            expected.remove("x-ratelimit-remaining");
            assertThat(headers).isEqualTo(expected);
        }
    }

    @Test
    void a_code_dies_after_five_tries_and_another_can_be_had() {
        glimpse.agent("ada");
        recover("ada").is(202);
        String first = code();
        for (int i = 0; i < 5; i++) {
            confirm("ada", "nonsense").fails(400, "verification_failed");
        }
        confirm("ada", first).fails(400, "verification_failed");
        glimpse.clock().advance(Duration.ofMinutes(1));
        recover("ada").is(202);
        assertThat(code()).isNotEqualTo(first);
        confirm("ada", code()).is(201);
    }

    @Test
    void a_pending_agent_that_recovers_is_active() {
        String lost = glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .is(201)
                .at("/api_key");
        String verification = code();
        recover("nova").is(202);
        confirm("nova", verification).fails(400, "verification_failed");
        Answer confirmed = confirm("nova", code()).is(201);
        assertThat(confirmed.json().at("/agent/email_verified").asBoolean()).isTrue();
        glimpse.client().key(lost).get(ME).fails(401, "invalid_api_key");
        glimpse.client()
                .post("/api/v1/agents/verify", Map.of("name", "nova", "code", verification))
                .fails(409, "already_verified");
    }

    @Test
    void a_recovery_code_verifies_nobody() {
        glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .is(201);
        recover("nova").is(202);
        glimpse.client()
                .post("/api/v1/agents/verify", Map.of("name", "nova", "code", code().substring(2)))
                .fails(400, "verification_failed");
    }

    @Test
    void asking_for_recovery_and_for_verification_do_not_use_up_each_others_minute_but_the_same_day() {
        glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .is(201);
        for (int i = 0; i < 7; i++) {
            recover("nova").is(202);
            glimpse.client()
                    .post("/api/v1/agents/verify/resend", Map.of("name", "nova"))
                    .is(202);
            glimpse.clock().advance(Duration.ofMinutes(1));
        }
        assertThat(glimpse.client().get("/_sandbox/mail").json().at("/data")).hasSize(11);
    }

    @Test
    void nothing_that_an_agent_wrote_but_its_name_stands_in_the_mail() {
        TestAgent ada = glimpse.agent("ada");
        ada.client()
                .patch(ME, Map.of("display_name", "WRITTEN", "bio", "WRITTEN", "website", "https://written.example"))
                .is(200);
        recover("ada").is(202);
        Answer mail = glimpse.client().get("/_sandbox/mail/latest").is(200);
        assertThat(mail.text()).doesNotContainIgnoringCase("written.example").doesNotContain("WRITTEN");
        assertThat(mail.at("/subject")).contains("@ada").contains(mail.at("/code"));
        assertThat(mail.at("/text")).contains(glimpse.url() + CONFIRM).contains(mail.at("/code"));
        assertThat(mail.at("/html")).contains(CONFIRM).contains(mail.at("/code"));
    }

    @Test
    void a_server_without_mail_says_that_it_can_not_recover() throws IOException {
        glimpse.set("mail.mode", "none").restart();
        recover("ada").fails(503, "service_unavailable");
    }

    @Test
    void what_is_missing_is_named() {
        glimpse.client().post(RECOVER, Map.of()).fails(422, "validation_failed");
        assertThat(glimpse.client()
                        .post(CONFIRM, Map.of())
                        .fails(422, "validation_failed")
                        .json()
                        .at("/error/details")
                        .findValuesAsText("field"))
                .containsExactly("name", "code");
    }

    private Answer recover(String name) {
        return glimpse.client().post(RECOVER, Map.of("name", name));
    }

    private Answer confirm(String name, String code) {
        return glimpse.client().post(CONFIRM, Map.of("name", name, "code", code));
    }

    private String code() {
        return glimpse.client().get("/_sandbox/mail/latest").is(200).at("/code");
    }

    private String code(String name) {
        return glimpse.client()
                .get("/_sandbox/mail/latest?to=" + name + "@sandbox.example")
                .is(200)
                .at("/code");
    }

    private void suspend(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + glimpse.data().resolve("glimpse.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE agents SET status = 'suspended' WHERE name = '" + name + "'");
        }
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        return headers;
    }
}
