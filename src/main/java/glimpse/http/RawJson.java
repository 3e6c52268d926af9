package glimpse.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A value that is JSON already, as SQLite wrote it or as an agent sent it. */
public record RawJson(@JsonValue @JsonRawValue String json) {
    /** Reads the value at which a parser stands, to its end. Numbers stay as they are written: 1.0, 1e400, 0.10. */
    static RawJson read(JsonParser in) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.MAPPER.createGenerator(text)) {
            int depth = 0;
            do {
                JsonToken token = depth == 0 ? in.currentToken() : in.nextToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isNumeric()) {
                    out.writeNumber(in.getText());
                } else {
                    out.copyCurrentEvent(in);
                }
            } while (depth > 0);
        }
        return new RawJson(text.toString());
    }

    /** Whether any text or name of a member in it is such a one. */
    boolean hasText(Predicate<String> wanted) {
        try (JsonParser in = Json.MAPPER.createParser(json)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (isText && wanted.test(in.getText())) {
                    return true;
                }
            }
            return false;
        } catch (IOException wasReadBefore) {
            throw new UncheckedIOException(wasReadBefore);
        }
    }

    /** How deep lists and objects lie in each other in it; none in a text or a number. */
    int depth() {
        try (JsonParser in = Json.MAPPER.createParser(json)) {
            int depth = 0;
            int deepest = 0;
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                deepest = Math.max(deepest, depth);
            }
            return deepest;
        } catch (IOException wasReadBefore) {
            throw new UncheckedIOException(wasReadBefore);
        }
    }

    /** An object with one more member at its end. */
    public RawJson plus(String name, Object value) {
        String member = new String(Json.bytes(value), StandardCharsets.UTF_8);
        return new RawJson(json.substring(0, json.length() - 1) + ",\"" + name + "\":" + member + '}');
    }
}
