package glimpse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import glimpse.Glimpse;
import glimpse.TestConfig;
import glimpse.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds every answer that a test gets against the description of the API: its status, its type, its body to the last
 * field. The description does not depend on settings but for numbers, so it is read once for all tests.
 */
final class Described {
    private static final String DOCUMENT = "urn:api";
    private static @Nullable Described first;

    private record Template(Pattern pattern, String template, JsonNode methods) {}

    private final JsonNode document;
    private final List<Template> paths = new ArrayList<>();
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    static synchronized Described api() {
        if (first == null) {
            first = new Described(document());
        }
        return first;
    }

    // From a server of its own: those of tests count what they are asked.
    private static JsonNode document() {
        try {
            Path folder = Files.createTempDirectory("glimpse-described-");
            try (Glimpse glimpse = TestConfig.glimpse(Map.of(), folder, new SetClock())) {
                glimpse.start();
                try (InputStream in =
                        URI.create(glimpse.url() + "/openapi.json").toURL().openStream()) {
                    return Json.MAPPER.readTree(in);
                }
            } finally {
                TestConfig.remove(folder);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Described(JsonNode document) {
        this.document = document;
        close(document.at("/components/schemas"));
        document.get("paths").properties().forEach(path -> {
            String regex = path.getKey().replace(".", "\\.").replaceAll("\\{[a-z_]+}", "[^/]+");
            paths.add(new Template(Pattern.compile(regex), path.getKey(), path.getValue()));
        });
        paths.sort(Comparator.comparing(path -> path.template().contains("{")));
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(DOCUMENT, document.toString())));
    }

    // To clients a field that they don't know is nothing new. To us it is one that was not declared.
    private static void close(JsonNode schemas) {
        schemas.forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
    }

    void check(String method, String target, Answer answer) {
        boolean isElsewhere = answer.status() == 404 && answer.text().contains("There is nothing at this path");
        if (isElsewhere || !answer.header("Content-Encoding").isEmpty()) {
            return; // of a server without that operation; or packed
        }
        String path = target.replaceFirst("^https?://[^/]+", "").replaceFirst("[?#].*", "");
        String verb = method.toLowerCase(Locale.ROOT);
        paths.stream()
                .filter(known -> known.pattern().matcher(path).matches())
                .findFirst()
                .filter(known -> known.methods().has(verb))
                .ifPresent(known -> check(known.methods().get(verb), known.template(), verb, answer));
    }

    private void check(JsonNode operation, String template, String verb, Answer answer) {
        String name = operation.get("operationId").asText() + " answers " + answer.status();
        JsonNode response = operation.at("/responses/" + answer.status());
        assertThat(response.isMissingNode())
                .as(() -> name + ", which is not described: " + answer.text())
                .isFalse();
        String pointer = response.has("$ref")
                ? response.get("$ref").asText().substring(1)
                : "/paths/" + template.replace("~", "~0").replace("/", "~1") + '/' + verb + "/responses/"
                        + answer.status();
        JsonNode content = document.at(pointer).path("content");
        if (content.isMissingNode()) {
            assertThat(answer.bytes()).as(name + " without a body").isEmpty();
            return;
        }
        String type = answer.header("Content-Type").replaceFirst(";.*", "");
        assertThat(content.has(type)).as(name + " as " + type).isTrue();
        if (type.equals(Json.TYPE) && answer.bytes().length > 0) {
            String schema = "#" + pointer + "/content/" + type.replace("/", "~1") + "/schema";
            validate(name, schema, answer);
        }
    }

    private void validate(String name, String pointer, Answer answer) {
        // By a reference, since what is got by its location comes with a copy of the whole document.
        Schema schema = schemas.computeIfAbsent(
                pointer,
                missing -> registry.getSchema(Json.MAPPER.createObjectNode().put("$ref", DOCUMENT + pointer)));
        assertThat(schema.validate(answer.json()))
                .as(() -> name + ", against " + pointer + ": " + answer.text())
                .isEmpty();
    }
}
