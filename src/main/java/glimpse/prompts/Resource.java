package glimpse.prompts;

import com.fasterxml.jackson.core.type.TypeReference;
import glimpse.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Data on words that comes with the program. */
public final class Resource {
    private Resource() {}

    /** Reads a file of the program. */
    public static <T> T read(String name, TypeReference<T> type) {
        try (InputStream in = Resource.class.getResourceAsStream("/prompts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " in the jar");
            }
            return Json.MAPPER.readValue(in, type);
        } catch (IOException problem) {
            throw new UncheckedIOException(name, problem);
        }
    }
}
