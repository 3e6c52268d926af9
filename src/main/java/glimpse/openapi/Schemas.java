package glimpse.openapi;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.http.Description;
import glimpse.http.FilePart;
import glimpse.http.Json;
import glimpse.http.JsonOf;
import glimpse.http.MaxBytes;
import glimpse.http.RawJson;
import glimpse.http.Text;
import glimpse.http.Upload;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas (2020-12) of the records that bodies are bound to and answers are written from, with what their
 * annotations and their Javadoc say.
 */
public final class Schemas {
    private static final NamingBase SNAKE_CASE = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;
    private static final String SCHEMA_PATH = "#/components/schemas/";
    private static final Set<Class<?>> INTEGERS = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);

    /** Which way a record goes: what may be left out is another thing for those who send and those who read. */
    private enum Way {
        JSON_BODY,
        FORM_BODY,
        ANSWER
    }

    private final Javadoc javadoc = new Javadoc();
    private final Map<String, ObjectNode> definitions = new TreeMap<>();
    private final Map<String, Class<?>> named = new TreeMap<>();

    /** All that was referred to so far, by name. */
    public Map<String, ObjectNode> definitions() {
        return definitions;
    }

    /** What is said of a class in one sentence. */
    String summary(Class<?> type) {
        return javadoc.summary(type);
    }

    /** A reference to the schema of an answer. */
    ObjectNode answer(Class<?> shape, List<Class<?>> of) {
        if (shape.getTypeParameters().length == 0) {
            return type(shape, Way.ANSWER, Map.of());
        }
        ObjectNode item =
                anyOf(of.stream().map(one -> type(one, Way.ANSWER, Map.of())).toList());
        String name = of.stream().map(Class::getSimpleName).collect(Collectors.joining("Or")) + shape.getSimpleName();
        return reference(name, shape, Way.ANSWER, Map.of(shape.getTypeParameters()[0].getName(), item));
    }

    /** A reference to the schema of a body in JSON. */
    ObjectNode body(Class<? extends Record> shape) {
        return type(shape, Way.JSON_BODY, Map.of());
    }

    /** A reference to the schema of the same body as a form. */
    ObjectNode form(Class<? extends Record> shape) {
        return reference(name(shape) + "Form", shape, Way.FORM_BODY, Map.of());
    }

    /** The fields of a body in JSON, with nothing that stands elsewhere. */
    public ObjectNode fields(Class<? extends Record> shape) {
        return object(shape, Way.JSON_BODY, Map.of());
    }

    static ObjectNode anyOf(List<ObjectNode> options) {
        if (options.isEmpty()) {
            return node(); // not said: anything
        }
        if (options.size() == 1) {
            return options.get(0);
        }
        ObjectNode any = node();
        any.putArray("anyOf").addAll(options);
        return any;
    }

    private ObjectNode type(Type type, Way way, Map<String, ObjectNode> variables) {
        if (type instanceof TypeVariable<?> variable) {
            return variables.getOrDefault(variable.getName(), node()).deepCopy();
        }
        if (type instanceof ParameterizedType generic) {
            return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), way, variables);
        }
        return type((Class<?>) type, way, variables);
    }

    private ObjectNode generic(Class<?> raw, Type[] arguments, Way way, Map<String, ObjectNode> variables) {
        if (Collection.class.isAssignableFrom(raw)) {
            return array(type(arguments[0], way, variables));
        }
        if (Map.class.isAssignableFrom(raw)) {
            ObjectNode map = node().put("type", "object");
            map.set("additionalProperties", type(arguments[1], way, variables));
            return map;
        }
        throw new IllegalArgumentException("no schema for " + raw);
    }

    private static ObjectNode array(ObjectNode items) {
        ObjectNode array = node().put("type", "array");
        array.set("items", items);
        return array;
    }

    private ObjectNode type(Class<?> type, Way way, Map<String, ObjectNode> variables) {
        if (type == String.class) {
            return node().put("type", "string");
        }
        if (INTEGERS.contains(type)) {
            boolean isLong = type == long.class || type == Long.class;
            return node().put("type", "integer").put("format", isLong ? "int64" : "int32");
        }
        if (BOOLEANS.contains(type)) {
            return node().put("type", "boolean");
        }
        if (type == double.class || Number.class.isAssignableFrom(type)) {
            return node().put("type", "number");
        }
        if (type == Instant.class) {
            return node().put("type", "string").put("format", "date-time");
        }
        if (type == Upload.class) {
            return upload(way);
        }
        if (type == RawJson.class || type == Object.class) {
            return node(); // any JSON
        }
        if (type.isEnum()) {
            return words(type);
        }
        if (type.isRecord()) {
            return reference(name(type), type, way, variables);
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private static ObjectNode upload(Way way) {
        ObjectNode text = node().put("type", "string");
        return way == Way.JSON_BODY ? text.put("contentEncoding", "base64") : text.put("format", "binary");
    }

    private static ObjectNode words(Class<?> type) {
        ObjectNode words = node().put("type", "string");
        ArrayNode all = words.putArray("enum");
        Arrays.stream(type.getEnumConstants())
                .map(Json.MAPPER::<JsonNode>valueToTree)
                .forEach(all::add);
        return words;
    }

    private ObjectNode reference(String name, Class<?> type, Way way, Map<String, ObjectNode> variables) {
        @Nullable Class<?> other = named.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new IllegalStateException(name + " is the name of both " + other + " and " + type);
        }
        if (other == null) {
            definitions.put(name, object(type, way, variables));
        }
        return node().put("$ref", SCHEMA_PATH + name);
    }

    // What nests in routes is known by their name, unless it has one that says enough; what nests elsewhere by its
    // parent's.
    private String name(Class<?> type) {
        @Nullable Class<?> parent = type.getEnclosingClass();
        if (parent == null) {
            return type.getSimpleName();
        }
        String prefix = parent.getSimpleName().replaceFirst("Routes$", "");
        boolean isRoutes = !prefix.equals(parent.getSimpleName());
        return isRoutes && type.getSimpleName().matches("[A-Z][a-z]+[A-Z0-9].*")
                ? type.getSimpleName()
                : prefix + type.getSimpleName();
    }

    private ObjectNode object(Class<?> type, Way way, Map<String, ObjectNode> variables) {
        ObjectNode schema = node().put("type", "object");
        describe(schema, javadoc.summary(type));
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonIgnore.class)
                    || (way == Way.JSON_BODY && component.isAnnotationPresent(FilePart.class))) {
                continue;
            }
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                ObjectNode inner = object(component.getType(), way, variables);
                properties.setAll((ObjectNode) inner.get("properties"));
                inner.withArray("required").forEach(required::add);
                continue;
            }
            String name = propertyName(component);
            properties.set(name, property(type, component, way, variables));
            if (isRequired(type, component, way)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private static String propertyName(RecordComponent component) {
        @Nullable JsonProperty name = component.getAccessor().getAnnotation(JsonProperty.class);
        return name != null ? name.value() : SNAKE_CASE.translate(component.getName());
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean isRequired(Class<?> type, RecordComponent component, Way way) {
        if (way != Way.ANSWER) {
            return !isNullable(component);
        }
        return !isLeftOut(type.getAnnotation(JsonInclude.class))
                && !isLeftOut(component.getAccessor().getAnnotation(JsonInclude.class));
    }

    private static boolean isLeftOut(@Nullable JsonInclude include) {
        return include != null && include.value() == JsonInclude.Include.NON_NULL;
    }

    private ObjectNode property(Class<?> type, RecordComponent component, Way way, Map<String, ObjectNode> variables) {
        @Nullable JsonOf json = component.getAnnotation(JsonOf.class);
        ObjectNode schema = type(json == null ? component.getGenericType() : json.value(), way, variables);
        if (json != null && json.many()) {
            schema = array(schema);
        }
        constrain(schema, component);
        boolean canBeNull = isNullable(component) && (way != Way.ANSWER || isRequired(type, component, way));
        if (canBeNull && way != Way.FORM_BODY) {
            schema = orNull(schema);
        }
        describe(schema, description(type, component));
        return schema;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.has("type")) {
            String type = schema.get("type").asText();
            schema.putArray("type").add(type).add("null");
            if (schema.has("enum")) {
                schema.withArray("enum").addNull();
            }
            return schema;
        }
        return schema.isEmpty() ? schema : anyOf(List.of(schema, node().put("type", "null")));
    }

    private String description(Class<?> type, RecordComponent component) {
        @Nullable Description described = component.getAnnotation(Description.class);
        String said = described == null
                ? javadoc.component(type, component.getName())
                : Javadoc.capitalized(described.value());
        @Nullable Text text = component.getAnnotation(Text.class);
        @Nullable MaxBytes bytes = component.getAnnotation(MaxBytes.class);
        String rule = text != null && !text.otherwise().isEmpty()
                ? "It " + text.otherwise() + "."
                : bytes != null ? "It may have " + bytes.value() + " bytes." : "";
        return said.isEmpty() ? rule : said + (said.endsWith(".") ? " " : ". ") + rule;
    }

    private static void constrain(ObjectNode schema, RecordComponent component) {
        @Nullable Text text = component.getAnnotation(Text.class);
        if (text == null) {
            return;
        }
        if (text.min() > 0) {
            schema.put("minLength", text.min());
        }
        schema.put("maxLength", text.max());
        // Flags and possessive quantifiers are Java's own, and Python knows no classes of Unicode; the description has
        // the rule in words.
        if (!text.pattern().isEmpty()
                && !text.pattern().contains("(?")
                && !text.pattern().contains("+)")
                && !text.pattern().toLowerCase(Locale.ROOT).contains("\\p{")) {
            schema.put("pattern", "^(?:" + text.pattern() + ")$");
        }
    }

    private static void describe(ObjectNode schema, String text) {
        if (!text.isBlank()) {
            schema.put("description", text.strip());
        }
    }

    private static ObjectNode node() {
        return Json.MAPPER.createObjectNode();
    }
}
