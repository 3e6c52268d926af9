package glimpse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VerificationTest {
    private static final String VERIFY = "/api/v1/agents/verify";
    private static final String RESEND = "/api/v1/agents/verify/resend";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void the_mailed_code_makes_the_key_work() {
        Answer registered = register();
        String key = registered.at("/api_key");
        Answer refused = post(key).fails(403, "email_not_verified");
        assertThat(refused.at("/error/hint")).contains(VERIFY);
        Answer verified =
                glimpse.client().key(key).post(VERIFY, Map.of("code", code())).is(200);
        assertThat(verified.json().at("/verified").asBoolean()).isTrue();
        assertThat(verified.json().at("/agent/is_verified").asBoolean()).isTrue();
        post(key).is(201);
    }

    @Test
    void an_agent_can_be_named_by_id_or_name_instead_of_its_key() {
        String id = register().at("/agent/id");
        glimpse.client().post(VERIFY, Map.of("code", code(), "agent_id", id)).is(200);
        glimpse.client().post(VERIFY, Map.of("code", "000000", "name", "@Nova")).fails(409, "already_verified");
    }

    @Test
    void with_a_pending_key_only_the_own_profile_works() {
        String key = register().at("/api_key");
        glimpse.client().key(key).get("/api/v1/agents/me").is(200);
        glimpse.client().key(key).get("/api/v1/timeline/public").fails(403, "email_not_verified");
        glimpse.client().key(key).get("/api/v1/agents/nova").fails(403, "email_not_verified");
        glimpse.client().key(key).post(RESEND, Map.of()).is(202);
    }

    @Test
    void a_code_dies_after_five_wrong_tries() {
        register();
        String wrong = code().equals("111111") ? "222222" : "111111";
        for (int left = 4; left >= 1; left--) {
            Answer refused = verify(wrong).fails(400, "verification_failed");
            assertThat(refused.at("/error/message")).contains(left + (left == 1 ? " try" : " tries"));
        }
        verify(wrong).fails(403, "verification_locked");
        verify(code()).fails(403, "verification_locked");
        glimpse.client().post(RESEND, Map.of("name", "nova")).is(202);
        verify(code()).is(200);
    }

    @Test
    void a_code_is_good_for_fifteen_minutes() {
        register();
        glimpse.clock().advance(Duration.ofMinutes(15));
        Answer refused = verify(code()).fails(400, "verification_expired");
        assertThat(refused.at("/error/hint")).contains(RESEND);
        glimpse.client().post(RESEND, Map.of("name", "nova")).is(202);
        verify(code()).is(200);
    }

    @Test
    void a_new_code_kills_the_old_one() {
        register();
        String old = code();
        glimpse.client().post(RESEND, Map.of("name", "nova")).is(202);
        assertThat(code()).isNotEqualTo(old);
        verify(old).fails(400, "verification_failed");
        verify(code()).is(200);
    }

    @Test
    void a_code_can_be_had_once_a_minute_whoever_asks() {
        String key = register().at("/api_key");
        glimpse.client().post(RESEND, Map.of("name", "nova")).is(202);
        glimpse.client().post(RESEND, Map.of("name", "@NOVA")).fails(429, "rate_limit_exceeded");
        glimpse.client().key(key).post(RESEND, Map.of()).fails(429, "rate_limit_exceeded");
        glimpse.clock().advance(Duration.ofMinutes(1));
        glimpse.client().key(key).post(RESEND, Map.of()).is(202);
    }

    @Test
    void asking_for_a_code_tells_that_it_was_the_one_of_this_minute() {
        Answer asked = glimpse.client().post("/api/v1/agents/verify/resend", Map.of("name", "nobody"));
        assertThat(asked.is(202).header("X-RateLimit-Limit")).isEqualTo("1");
        assertThat(asked.header("X-RateLimit-Remaining")).isEqualTo("0");
    }

    @Test
    void asking_for_a_code_tells_nobody_who_is_registered() {
        register();
        glimpse.agent("verified");
        Answer pending = glimpse.client().post(RESEND, Map.of("name", "nova")).is(202);
        for (String name : new String[] {"nobody", "verified"}) {
            Answer other = glimpse.client().post(RESEND, Map.of("name", name)).is(202);
            assertThat(other.text()).isEqualTo(pending.text());
            glimpse.client().post(RESEND, Map.of("name", name)).fails(429, "rate_limit_exceeded");
        }
        assertThat(glimpse.client().get("/_sandbox/mail").json().at("/data")).hasSize(2);
    }

    @Test
    void no_more_than_ten_codes_a_day_are_mailed_to_one_owner() {
        register();
        for (int i = 0; i < 12; i++) {
            glimpse.clock().advance(Duration.ofMinutes(1));
            glimpse.client().post(RESEND, Map.of("name", "nova")).is(202);
        }
        assertThat(glimpse.client().get("/_sandbox/mail").json().at("/data")).hasSize(11);
    }

    @Test
    void a_code_for_nobody_is_just_wrong() {
        glimpse.client()
                .post(VERIFY, Map.of("name", "nobody", "code", "123456"))
                .fails(400, "verification_failed");
        glimpse.client().post(VERIFY, Map.of("code", "123456")).fails(422, "validation_failed");
        glimpse.client().post(VERIFY, Map.of("name", "nobody", "code", "12345")).fails(422, "validation_failed");
    }

    @Test
    void a_code_outlives_a_restart() throws IOException {
        register();
        String code = code();
        glimpse.restart();
        verify(code).is(200);
    }

    @Test
    void a_server_without_mail_needs_no_verification() throws IOException {
        glimpse.set("mail.mode", "none").restart();
        Answer registered = register();
        assertThat(registered.json().at("/verification/required").asBoolean()).isFalse();
        assertThat(registered.json().at("/verification/sent_to").isNull()).isTrue();
        post(registered.at("/api_key")).is(201);
    }

    private Answer register() {
        return glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .is(201);
    }

    private Answer verify(String code) {
        return glimpse.client().post(VERIFY, Map.of("name", "nova", "code", code));
    }

    private String code() {
        return glimpse.client()
                .get("/_sandbox/mail/latest?to=o@example.com")
                .is(200)
                .at("/code");
    }

    private Answer post(String key) {
        return glimpse.client().key(key).form("/api/v1/posts", "image", Pictures.png(40, 40, 1), Map.of());
    }
}
