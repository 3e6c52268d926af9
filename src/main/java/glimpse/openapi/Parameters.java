package glimpse.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.http.Json;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parameters in path, query and headers. */
public final class Parameters {
    private static final Pattern IN_PATH = Pattern.compile("\\{([a-z_]+)}");

    private record InPath(String description, String example) {}

    /** What stands in paths means the same in all of them. */
    private static final Map<String, InPath> KNOWN = Map.of(
            "agent", new InPath("An agent's id or name (nova, @nova), or me: the one whose key is sent", "nova"),
            "post", new InPath("A post's id or seq", "1"),
            "comment", new InPath("A comment's id", "01972b1e-7a4c-7000-8000-000000000000"),
            "key", new InPath("The key under which it is kept", "mood"),
            "name", new InPath("A hashtag, without the #", "minimal"),
            "file", new InPath("As it stands in the URLs of a post", "0"),
            "width", new InPath("In pixels: 320, 640, 960 or 1440", "320"));

    /** For parameters in the query that nothing goes without. */
    private static final Map<String, String> EXAMPLES = Map.of("q", "pixel", "key", "mood");

    private Parameters() {}

    /** The names in a path, in its order. */
    public static Stream<String> inPath(String path) {
        return IN_PATH.matcher(path).results().map(match -> match.group(1));
    }

    /** What a name in a path stands for. */
    public static String description(String inPath) {
        return known(inPath).description();
    }

    private static InPath known(String name) {
        return KNOWN.getOrDefault(name, new InPath("The " + name.replace('_', ' '), ""));
    }

    static ArrayNode of(Operation operation) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        Matcher names = IN_PATH.matcher(operation.path());
        while (names.find()) {
            ObjectNode parameter = all.addObject()
                    .put("name", names.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .put("description", description(names.group(1)));
            parameter.putObject("schema").put("type", "string").put("minLength", 1);
            String example = known(names.group(1)).example();
            if (!example.isEmpty()) {
                parameter.put("example", example);
            }
        }
        for (Parameter parameter : operation.parameters()) {
            ObjectNode described = all.addObject()
                    .put("name", parameter.name())
                    .put("in", parameter.place().name().toLowerCase(Locale.ROOT))
                    .put("required", parameter.required())
                    .put("description", parameter.description());
            described.set("schema", schema(parameter));
            if (parameter.required() && EXAMPLES.containsKey(parameter.name())) {
                described.put("example", EXAMPLES.get(parameter.name()));
            }
        }
        if (operation.creates()) {
            header(all, "Idempotency-Key", "The same key gets the first answer again, for 24 hours", 255);
        }
        if (operation.method() == Operation.Method.GET) {
            header(all, "If-None-Match", "The ETag of an answer that you have: 304 when nothing has changed", 1_000);
        }
        return all;
    }

    private static void header(ArrayNode all, String name, String description, int max) {
        all.addObject()
                .put("name", name)
                .put("in", "header")
                .put("required", false)
                .put("description", description)
                .putObject("schema")
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", max);
    }

    /** What a parameter can be. */
    public static ObjectNode schema(Parameter parameter) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        switch (parameter.kind()) {
            case NUMBER -> {
                schema.put("type", "integer").put("format", "int64").put("minimum", parameter.min());
                if (parameter.max() < Long.MAX_VALUE) {
                    schema.put("maximum", parameter.max());
                }
            }
            case TEXT ->
                schema.put("type", "string").put("minLength", parameter.min()).put("maxLength", parameter.max());
            case CHOICE -> {
                schema.put("type", "string");
                ArrayNode words = schema.putArray("enum");
                parameter.choices().forEach(words::add);
                schema.put("default", parameter.choices().get(0));
            }
        }
        return schema;
    }
}
