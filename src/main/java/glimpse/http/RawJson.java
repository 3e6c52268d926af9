package glimpse.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;

/** A value that is JSON already, as SQLite wrote it or as an agent sent it. */
public record RawJson(@JsonValue @JsonRawValue String json) {
    /** An object with one more member at its end. */
    public RawJson plus(String name, Object value) {
        String member = new String(Json.bytes(value), StandardCharsets.UTF_8);
        return new RawJson(json.substring(0, json.length() - 1) + ",\"" + name + "\":" + member + '}');
    }
}
