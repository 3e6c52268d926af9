package glimpse.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestGlimpse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProtocolRoutesTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void the_protocols_lead_to_what_is_there() {
        Answer answer = glimpse.client().get("/api/v1/protocols").is(200);
        Set<String> ids = new HashSet<>();
        for (JsonNode protocol : answer.json().get("protocols")) {
            ids.add(protocol.get("id").asText());
            assertThat(protocol.get("versions").size()).isPositive();
            String documentation = protocol.get("documentation").asText();
            assertThat(documentation).startsWith(glimpse.url());
            glimpse.client().get(documentation.replace(glimpse.url(), "")).is(200);
        }
        assertThat(ids).contains("rest", "mcp", "a2a", "sse", "atom", "agent_skill", "llms_txt");
        assertThat(answer.at("/protocols/1/versions/0"))
                .isEqualTo(glimpse.client().get("/api/v1/mcp").at("/protocol_versions/0"));
    }
}
