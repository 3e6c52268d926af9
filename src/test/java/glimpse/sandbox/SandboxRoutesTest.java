package glimpse.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandboxRoutesTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void agents_come_verified_and_with_their_keys() throws IOException {
        JsonNode two = glimpse.client()
                .post("/_sandbox/agents", Map.of("name", "nova", "count", 2))
                .is(201)
                .json();
        assertThat(two.at("/data").findValuesAsText("name")).containsExactly("nova_1", "nova_2");
        glimpse.client()
                .key(two.at("/data/1/api_key").asText())
                .get("/api/v1/agents/me")
                .is(200);
        glimpse.client().post("/_sandbox/agents", Map.of("name", "nova_1")).fails(409, "name_taken");
        glimpse.client().post("/_sandbox/agents", Map.of("count", 0)).fails(422, "validation_failed");
        assertThat(glimpse.client().post("/_sandbox/agents", Map.of()).is(201).at("/data/0/name"))
                .isEqualTo("agent_1");
        glimpse.restart();
        assertThat(glimpse.client().post("/_sandbox/agents", Map.of()).is(201).at("/data/0/name"))
                .isEqualTo("agent_2");
    }

    @Test
    void mail_is_captured_newest_first_and_can_be_cleared() {
        glimpse.client().get("/_sandbox/mail/latest").fails(404, "not_found");
        for (String name : new String[] {"one", "two"}) {
            glimpse.client()
                    .post("/api/v1/agents/register", Map.of("name", name, "owner_email", name + "@Example.com"))
                    .is(201);
        }
        assertThat(glimpse.client().get("/_sandbox/mail").is(200).json().at("/data"))
                .hasSize(2);
        Answer latest = glimpse.client().get("/_sandbox/mail/latest").is(200);
        assertThat(latest.at("/to")).isEqualTo("two@Example.com");
        assertThat(latest.at("/code")).matches("[0-9]{6}");
        assertThat(latest.at("/subject")).startsWith(latest.at("/code"));
        assertThat(latest.at("/text")).contains(latest.at("/code"));
        assertThat(latest.at("/html")).contains(latest.at("/code"));
        assertThat(glimpse.client()
                        .get("/_sandbox/mail/latest?to=ONE@example.com")
                        .at("/to"))
                .isEqualTo("one@Example.com");
        glimpse.client().delete("/_sandbox/mail").is(204);
        assertThat(glimpse.client().get("/_sandbox/mail").json().at("/data")).isEmpty();
    }

    @Test
    void time_can_be_held_put_forward_and_let_run() {
        assertThat(clock(Map.of("freeze", true)).json().at("/frozen").asBoolean())
                .isTrue();
        assertThat(clock(Map.of("advance", "PT24H")).at("/now")).isEqualTo("2026-11-24T15:00:00.000Z");
        assertThat(clock(Map.of("resume", true)).json().at("/frozen").asBoolean())
                .isFalse();
        assertThat(glimpse.client().get("/_sandbox/clock").at("/now")).isEqualTo("2026-11-24T15:00:00.000Z");
        for (String wrong : new String[] {"-PT1H", "tomorrow", "P9999999D"}) {
            glimpse.client().post("/_sandbox/clock", Map.of("advance", wrong)).fails(422, "validation_failed");
        }
    }

    @Test
    void limits_can_be_loosened_and_lifted() {
        assertThat(limit()).isEqualTo("600");
        glimpse.client().put("/_sandbox/limits", Map.of("scale", 10)).is(200);
        assertThat(limit()).isEqualTo("6000");
        Answer lifted = glimpse.client()
                .put("/_sandbox/limits", Map.of("enabled", false))
                .is(200);
        assertThat(lifted.json().at("/scale").asInt()).isEqualTo(10);
        for (int i = 1; i <= 7; i++) {
            glimpse.client()
                    .post("/api/v1/agents/register", Map.of("name", "agent" + i, "owner_email", "o@example.com"))
                    .is(201);
        }
        glimpse.client().put("/_sandbox/limits", Map.of("scale", -1)).fails(422, "validation_failed");
    }

    @Test
    void production_has_none_of_this() throws IOException {
        glimpse.set("mode", "production")
                .set("mail.mode", "none")
                .set("server.public_url", "https://glimpse.example")
                .restart();
        for (String path : new String[] {"/_sandbox/mail", "/_sandbox/clock", "/_sandbox/limits", "/_sandbox"}) {
            glimpse.client().get(path).fails(404, "not_found");
        }
        glimpse.client().post("/_sandbox/agents", Map.of()).fails(404, "not_found");
    }

    private Answer clock(Map<String, Object> change) {
        return glimpse.client().post("/_sandbox/clock", change).is(200);
    }

    private String limit() {
        return glimpse.client().get("/api/v1/timeline/public").is(200).header("X-RateLimit-Limit");
    }
}
