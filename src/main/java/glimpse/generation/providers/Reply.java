package glimpse.generation.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import glimpse.http.Base64Field;
import glimpse.http.LogText;
import glimpse.http.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider answered; its body is a file that goes with the exchange. */
final class Reply {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final HttpHeaders headers;
    private final Upload body;
    private @Nullable CutJson cut;
    private @Nullable JsonNode json;

    Reply(int status, HttpHeaders headers, Upload body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The body as it came. */
    Upload body() {
        return body;
    }

    /** Whether the body is JSON, whatever type it is said to be. */
    boolean isJson() {
        return !json().isMissingNode();
    }

    /** The body as JSON, long texts cut; missing when it is none, or too much of it. */
    JsonNode json() {
        if (json == null) {
            json = parse();
        }
        return json;
    }

    private JsonNode parse() {
        try {
            cut = CutJson.of(body.file());
            JsonNode parsed = JSON.readTree(cut.json());
            return parsed == null ? MissingNode.getInstance() : parsed;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** A text in the JSON; empty when there is none. */
    String text(String pointer) {
        return json().at(pointer).asText("");
    }

    /** Whether a text of the JSON holds bytes, and is no URL of them. */
    boolean isInline(String value) {
        return offset(value) != null || value.startsWith("data:");
    }

    /** Decodes the base64, or data URI, that a value of the JSON holds. */
    void decode(String value, Upload target) throws IOException {
        try (InputStream text = open(value);
                InputStream bytes = Base64Field.decoder(text)) {
            Files.copy(bytes, target.file(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private InputStream open(String value) throws IOException {
        @Nullable Long offset = offset(value);
        if (offset == null) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.ISO_8859_1));
        }
        InputStream in = Files.newInputStream(body.file());
        try {
            in.skipNBytes(offset);
        } catch (IOException problem) {
            in.close();
            throw problem;
        }
        return in;
    }

    private @Nullable Long offset(String value) {
        json();
        return cut == null ? null : cut.offset(value);
    }

    /** How long to wait, as the headers tell it. */
    @Nullable
    Duration retryAfter() {
        @Nullable Duration precise = milliseconds(header("retry-after-ms"));
        return precise == null ? seconds(header("Retry-After")) : precise;
    }

    private static @Nullable Duration milliseconds(String text) {
        return text.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(text)) : null;
    }

    /** A wait in seconds, as a text: {@code 5}, {@code 57.2} or {@code 57.2s}; the rare form with a date is not read. */
    static @Nullable Duration seconds(String text) {
        return text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?s?")
                ? Duration.ofMillis((long) Math.ceil(Double.parseDouble(text.replace("s", "")) * 1000))
                : null;
    }

    /** What the log names of it: a number that the provider's support can find. */
    String requestId() {
        String id = header("x-request-id");
        return LogText.of(id.isEmpty() ? header("x-fal-request-id") : id);
    }
}
