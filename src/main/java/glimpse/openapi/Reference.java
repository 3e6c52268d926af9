package glimpse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The document for people: one page of HTML, which needs nothing but its style sheet. */
final class Reference {
    private static final String SCHEMA_PATH = "#/components/schemas/";

    private static final Pattern PARAGRAPH = Pattern.compile("\n\n");

    private record Entry(String method, String path, JsonNode operation) {
        String name() {
            return operation.path("operationId").asText();
        }
    }

    private final JsonNode document;
    private final String baseUrl;
    private final StringBuilder html = new StringBuilder(1 << 18);

    Reference(JsonNode document, String baseUrl) {
        this.document = document;
        this.baseUrl = baseUrl;
    }

    /** @param style the path of the style sheet */
    String write(String style) {
        Map<String, List<Entry>> byTag = byTag();
        html.append("""
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Glimpse API reference</title>
                <link rel="stylesheet" href="%s">
                <body>
                <a class="skip" href="#main">Skip to the reference</a>
                <div class="reference">
                """.formatted(escaped(style)));
        navigation(byTag);
        html.append("<main id=\"main\">\n<div class=\"about\">\n<h1>Glimpse API reference</h1>\n<p>Base URL: <code>")
                .append(escaped(baseUrl))
                .append("</code>. The same for machines: <a href=\"/openapi.json\">/openapi.json</a>.</p>\n");
        paragraphs(document.at("/info/description").asText());
        html.append("</div>\n");
        for (JsonNode tag : document.path("tags")) {
            String name = tag.path("name").asText();
            html.append("<section aria-labelledby=\"tag-").append(escaped(name)).append("\">\n<div class=\"about\">");
            html.append("<h2 id=\"tag-")
                    .append(escaped(name))
                    .append("\">")
                    .append(title(name))
                    .append("</h2>\n");
            html.append("<p>").append(inline(tag.path("description").asText())).append("</p></div>\n");
            byTag.getOrDefault(name, List.of()).forEach(this::operation);
            html.append("</section>\n");
        }
        html.append("<section aria-labelledby=\"shapes\">\n<h2 id=\"shapes\">Shapes</h2>\n");
        document.at("/components/schemas").properties().forEach(schema -> shape(schema.getKey(), schema.getValue()));
        html.append("</section>\n</main>\n</div>\n</body>\n</html>\n");
        return html.toString();
    }

    private Map<String, List<Entry>> byTag() {
        Map<String, List<Entry>> byTag = new LinkedHashMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> byTag.computeIfAbsent(
                                        method.getValue().at("/tags/0").asText(), tag -> new ArrayList<>())
                                .add(new Entry(method.getKey(), path.getKey(), method.getValue()))));
        return byTag;
    }

    private void navigation(Map<String, List<Entry>> byTag) {
        html.append("<nav aria-label=\"Operations\">\n");
        byTag.forEach((tag, entries) -> {
            html.append("<details><summary>").append(title(tag)).append("</summary><ul>\n");
            entries.forEach(entry -> html.append("<li><a href=\"#")
                    .append(escaped(entry.name()))
                    .append("\">")
                    .append(escaped(entry.name().replace('_', ' ')))
                    .append("</a>\n"));
            html.append("</ul></details>\n");
        });
        html.append("<p><a href=\"#shapes\">Shapes</a></p>\n</nav>\n");
    }

    private void operation(Entry entry) {
        JsonNode operation = entry.operation();
        html.append("<article class=\"operation\" id=\"")
                .append(escaped(entry.name()))
                .append("\">\n<h3><a href=\"#");
        html.append(escaped(entry.name()))
                .append("\">")
                .append(inline(operation.path("summary").asText()));
        html.append("</a></h3>\n<p class=\"call\"><b>").append(entry.method().toUpperCase(Locale.ROOT));
        html.append("</b> ").append(escaped(entry.path())).append("</p>\n<p class=\"soft\">");
        html.append(inline(operation.path("description").asText())).append("</p>\n");
        html.append("<pre class=\"curl\" tabindex=\"0\" aria-label=\"Example with curl\">");
        html.append(escaped(Curl.of(baseUrl, entry.method(), entry.path(), operation)))
                .append("</pre>\n");
        parameters(operation.path("parameters"));
        JsonNode body = operation.path("requestBody").path("content");
        body.properties().forEach(content -> {
            JsonNode schema = resolved(content.getValue().path("schema"));
            fields("Body, " + content.getKey(), schema);
        });
        answers(operation.path("responses"));
        html.append("</article>\n");
    }

    private void parameters(JsonNode parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        open("Parameters");
        for (JsonNode parameter : parameters) {
            row(
                    parameter.path("name").asText(),
                    parameter.path("required").asBoolean(),
                    parameter.path("in").asText() + ", " + type(parameter.path("schema")),
                    parameter.path("description").asText());
        }
        html.append("</table></div>\n");
    }

    private void fields(String caption, JsonNode schema) {
        if (schema.path("properties").isEmpty()) {
            return;
        }
        List<String> required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        open(caption);
        schema.path("properties")
                .properties()
                .forEach(property -> row(
                        property.getKey(),
                        required.contains(property.getKey()),
                        type(property.getValue()),
                        property.getValue().path("description").asText()));
        html.append("</table></div>\n");
    }

    private void open(String caption) {
        html.append("<div class=\"rows\"><table><caption>")
                .append(escaped(caption))
                .append("</caption>\n");
    }

    private void row(String name, boolean required, String type, String description) {
        html.append("<tr><th scope=\"row\"><code>").append(escaped(name)).append("</code>");
        html.append(required ? " <span class=\"soft\">required</span>" : "")
                .append("</th><td>")
                .append(type);
        html.append("</td><td>").append(inline(description)).append("</td></tr>\n");
    }

    private void answers(JsonNode responses) {
        responses.properties().forEach(response -> {
            boolean isSuccess = response.getKey().startsWith("2");
            if (isSuccess) {
                html.append("<p>Answers <code>")
                        .append(escaped(response.getKey()))
                        .append("</code>");
                response.getValue()
                        .path("content")
                        .properties()
                        .forEach(content -> html.append(", ")
                                .append(escaped(content.getKey()))
                                .append(": ")
                                .append(type(content.getValue().path("schema"))));
                html.append("</p>\n");
            }
        });
        html.append("<details><summary>How it can fail</summary><div class=\"rows\"><table>\n");
        responses.properties().forEach(response -> {
            if (response.getKey().compareTo("400") >= 0) {
                String said = resolved(response.getValue()).path("description").asText();
                html.append("<tr><th scope=\"row\"><code>").append(escaped(response.getKey()));
                html.append("</code></th><td colspan=\"2\">")
                        .append(inline(said))
                        .append("</td></tr>\n");
            }
        });
        html.append("</table></div></details>\n");
    }

    private void shape(String name, JsonNode schema) {
        html.append("<article class=\"shape\" id=\"shape-")
                .append(escaped(name))
                .append("\">\n<h3><code>");
        html.append(escaped(name)).append("</code></h3>\n<p class=\"soft\">");
        html.append(inline(schema.path("description").asText())).append("</p>\n");
        fields("Fields", schema);
        html.append("</article>\n");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** A type in words, with links to shapes. It is HTML. */
    private static String type(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = escaped(schema.path("$ref").asText().replace(SCHEMA_PATH, ""));
            return "<a href=\"#shape-" + name + "\">" + name + "</a>";
        }
        if (schema.has("anyOf")) {
            return StreamSupport.stream(schema.path("anyOf").spliterator(), false)
                    .map(Reference::type)
                    .collect(Collectors.joining(" or "));
        }
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .map(word -> "<code>" + escaped(word.asText()) + "</code>")
                    .collect(Collectors.joining(" or "));
        }
        JsonNode types = schema.path("type");
        String type = types.isArray() ? types.path(0).asText() + " or null" : types.asText("any JSON");
        if (schema.has("items")) {
            return "array of " + type(schema.path("items"));
        }
        return escaped(type) + range(schema);
    }

    private static String range(JsonNode schema) {
        if (schema.has("maxLength")) {
            return ", " + schema.path("minLength").asInt(0) + "–"
                    + schema.path("maxLength").asInt() + " characters";
        }
        if (schema.has("maximum")) {
            return ", " + schema.path("minimum").asLong() + "–"
                    + schema.path("maximum").asLong();
        }
        String format = schema.path("format").asText();
        return format.isEmpty() || format.startsWith("int") ? "" : ", " + escaped(format);
    }

    private void paragraphs(String text) {
        PARAGRAPH
                .splitAsStream(text)
                .forEach(paragraph ->
                        html.append("<p>").append(inline(paragraph)).append("</p>\n"));
    }

    /** The little Markdown that descriptions have. */
    private static String inline(String text) {
        return escaped(text)
                .replaceAll("\\*\\*([^*]+)\\*\\*", "<strong>$1</strong>")
                .replaceAll("`([^`]+)`", "<code>$1</code>");
    }

    private static String title(String tag) {
        return escaped(tag.substring(0, 1).toUpperCase(Locale.ROOT) + tag.substring(1));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
