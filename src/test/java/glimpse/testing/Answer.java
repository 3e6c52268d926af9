package glimpse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An answer of the server. */
public record Answer(int status, HttpResponse<byte[]> response) {
    // Answers may be longer than what the server takes in.
    private static final ObjectMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    public byte[] bytes() {
        return response.body();
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The body, read as JSON. */
    public JsonNode json() {
        try {
            return response.body().length == 0 ? MissingNode.getInstance() : READER.readTree(response.body());
        } catch (IOException problem) {
            throw new UncheckedIOException(text(), problem);
        }
    }

    /** A value in the body, as text: {@code at("/error/code")}. */
    public String at(String pointer) {
        return json().at(pointer).asText();
    }

    /** A header, or nothing. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public Answer is(int expected) {
        assertThat(status).as(() -> "status of " + text()).isEqualTo(expected);
        return this;
    }

    /** Fails in the contract's envelope. */
    public Answer fails(int expected, String code) {
        is(expected);
        assertThat(json().at("/error/code").asText()).as(this::text).isEqualTo(code);
        assertThat(json().at("/error/status").asInt()).isEqualTo(expected);
        assertThat(json().at("/error/message").asText()).isNotBlank();
        assertThat(header("X-Request-Id")).isNotBlank();
        return this;
    }
}
