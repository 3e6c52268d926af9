package glimpse.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.http.Access;
import glimpse.http.ErrorCode;
import glimpse.http.ErrorEnvelope;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Paged;
import glimpse.http.Routes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document: all that operations declare, and nothing else. */
final class Document {
    private static final String HEADER_PATH = "#/components/headers/";
    private static final String RESPONSE_PATH = "#/components/responses/";
    private static final List<String> ON_EVERY_ANSWER =
            List.of("X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

    /**
     * What of this server stands in its description.
     *
     * @param perWindow how many calls each limit allows
     * @param perDay the same for a day, where a day's limit stands beside it
     */
    record Facts(String version, Map<Limit, Integer> perWindow, Map<Limit, Integer> perDay) {}

    private final Facts facts;
    private final List<Operation> operations;
    private final Schemas schemas = new Schemas();
    private final Map<String, ObjectNode> responses = new TreeMap<>();

    Document(Facts facts, List<Operation> operations) {
        this.facts = facts;
        this.operations = operations;
    }

    ObjectNode write(String baseUrl) {
        ObjectNode document = node().put("openapi", "3.1.0");
        document.set("info", Preface.info(facts));
        document.putArray("servers").addObject().put("url", baseUrl).put("description", "This server");
        document.set("tags", tags());
        ObjectNode paths = document.putObject("paths");
        for (Operation operation : operations) {
            paths.withObjectProperty(operation.path())
                    .set(operation.method().name().toLowerCase(Locale.ROOT), describe(operation));
        }
        ObjectNode components = document.putObject("components");
        components.set("schemas", Json.MAPPER.valueToTree(schemas.definitions()));
        components.set("responses", Json.MAPPER.valueToTree(responses));
        components.set("headers", Preface.headers());
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "glm_…")
                .put("description", "The key from POST /api/v1/agents/register");
        return document;
    }

    private ArrayNode tags() {
        Map<String, Set<Class<? extends Routes>>> features = new LinkedHashMap<>();
        for (Operation operation : operations) {
            features.computeIfAbsent(tag(operation), tag -> new LinkedHashSet<>())
                    .add(operation.notes().feature());
        }
        ArrayNode tags = Json.MAPPER.createArrayNode();
        features.forEach((tag, all) -> tags.addObject()
                .put("name", tag)
                .put("description", all.stream().map(schemas::summary).collect(Collectors.joining(" "))));
        return tags;
    }

    private static String tag(Operation operation) {
        String feature = operation.notes().feature().getPackageName();
        return feature.substring(feature.lastIndexOf('.') + 1);
    }

    private ObjectNode describe(Operation operation) {
        ObjectNode described = node();
        described.putArray("tags").add(tag(operation));
        described.put("operationId", operation.name());
        described.put("summary", operation.summary());
        described.put("description", Preface.description(operation, facts));
        ArrayNode parameters = Parameters.of(operation);
        if (!parameters.isEmpty()) {
            described.set("parameters", parameters);
        }
        @Nullable Class<? extends Record> body = operation.body();
        if (body != null) {
            described.set("requestBody", body(operation, body));
        }
        described.set("responses", responses(operation));
        described.set("security", security(operation.access()));
        described.set("x-rate-limits", limits(operation.limit()));
        described.put("x-declared-in", operation.notes().feature().getSimpleName());
        return described;
    }

    private ObjectNode body(Operation operation, Class<? extends Record> type) {
        ObjectNode body = node();
        ObjectNode fields = schemas.body(type);
        boolean canBeLeftOut = !schemas.fields(type).has("required") && !Failures.takesUploads(type);
        body.put("required", !canBeLeftOut);
        ObjectNode content = body.putObject("content");
        ObjectNode json = content.putObject(Json.TYPE);
        json.set("schema", fields);
        @Nullable String example = operation.notes().example();
        if (example != null) {
            try {
                json.set("example", Json.MAPPER.readTree(example));
            } catch (JsonProcessingException noJson) {
                throw new IllegalStateException(operation.name(), noJson);
            }
        }
        if (Failures.takesUploads(type)) {
            content.putObject("multipart/form-data").set("schema", schemas.form(type));
        }
        return body;
    }

    private ObjectNode responses(Operation operation) {
        ObjectNode all = node();
        Map<Integer, List<Operation.Answer>> byStatus =
                operation.answers().stream().collect(Collectors.groupingBy(Operation.Answer::status));
        byStatus.forEach((status, answers) -> all.set(status.toString(), success(operation, status, answers)));
        if (byStatus.isEmpty()) {
            all.putObject("200").put("description", "Done");
        }
        if (operation.method() == Operation.Method.GET) {
            all.putObject("304")
                    .put("description", "What the ETag in If-None-Match stands for has not changed")
                    .set("headers", headers(List.of("ETag")));
        }
        Map<Integer, Set<String>> failures = new TreeMap<>();
        for (ErrorCode code : Failures.of(operation, facts.perDay().containsKey(operation.limit()))) {
            failures.computeIfAbsent(code.status(), status -> new TreeSet<>()).add(code.code());
        }
        failures.forEach((status, codes) -> {
            if (!byStatus.containsKey(status)) { // else it has a form of its own
                all.set(status.toString(), failure(status, codes));
            }
        });
        return all;
    }

    private ObjectNode success(Operation operation, int status, List<Operation.Answer> answers) {
        ObjectNode response = node().put("description", Preface.meaning(status, operation.creates()));
        Set<String> headers = new LinkedHashSet<>();
        if (operation.method() == Operation.Method.GET) {
            headers.add("ETag");
        }
        if (operation.creates()) {
            headers.add("Location");
            headers.add("Idempotency-Replayed");
        }
        headers.add("X-Glimpse-Ignored-Fields");
        Map<String, List<ObjectNode>> byType = new LinkedHashMap<>();
        for (Operation.Answer answer : answers) {
            @Nullable Class<?> shape = answer.shape();
            if (shape != null && Paged.class.isAssignableFrom(shape)) {
                headers.add("Link");
            }
            if (answer.type() != null) {
                byType.computeIfAbsent(answer.type(), type -> new ArrayList<>())
                        .add(shape == null ? text(answer.type()) : schemas.answer(shape, answer.of()));
            }
        }
        response.set("headers", headers(headers));
        if (!byType.isEmpty()) {
            ObjectNode content = response.putObject("content");
            byType.forEach((type, options) -> content.putObject(type).set("schema", Schemas.anyOf(options)));
        }
        return response;
    }

    private static ObjectNode text(String type) {
        if (type.equals(Json.TYPE)) {
            return node().put("type", "object");
        }
        ObjectNode text = node().put("type", "string");
        return type.startsWith("text/") ? text : text.put("format", "binary");
    }

    /** A reference: the same failures are common to many. */
    private ObjectNode failure(int status, Set<String> codes) {
        String name = status + "-" + String.join("-", codes);
        responses.computeIfAbsent(name, missing -> {
            ObjectNode response = node().put("description", Preface.failure(codes));
            List<String> headers = status == 401
                    ? List.of("WWW-Authenticate")
                    : status == 429 || status == 503 ? List.of("Retry-After") : List.of();
            response.set("headers", headers(headers));
            ObjectNode one = node();
            ArrayNode words = one.putObject("properties")
                    .putObject("error")
                    .putObject("properties")
                    .putObject("code")
                    .putArray("enum");
            codes.forEach(words::add);
            response.putObject("content")
                    .putObject(Json.TYPE)
                    .putObject("schema")
                    .putArray("allOf")
                    .add(schemas.answer(ErrorEnvelope.class, List.of()))
                    .add(one);
            return response;
        });
        return node().put("$ref", RESPONSE_PATH + name);
    }

    private static ObjectNode headers(Iterable<String> more) {
        ObjectNode headers = node();
        ON_EVERY_ANSWER.forEach(name -> headers.putObject(name).put("$ref", HEADER_PATH + name));
        more.forEach(name -> headers.putObject(name).put("$ref", HEADER_PATH + name));
        return headers;
    }

    private static ArrayNode security(Access access) {
        ArrayNode security = Json.MAPPER.createArrayNode();
        if (access == Access.PUBLIC || access == Access.OPTIONAL_ANY_KEY || access == Access.RELAYED) {
            security.addObject();
        }
        if (access != Access.LOCAL) {
            security.addObject().putArray("key");
        }
        return security;
    }

    private ArrayNode limits(Limit own) {
        ArrayNode limits = Json.MAPPER.createArrayNode();
        if (own == Limit.NONE) {
            return limits;
        }
        List<Limit> all = own == Limit.CALLS ? List.of(own) : List.of(own, Limit.CALLS);
        all.stream().sorted(Comparator.reverseOrder()).forEach(limit -> {
            limits.addObject()
                    .put("name", limit.name().toLowerCase(Locale.ROOT))
                    .put("limit", facts.perWindow().get(limit))
                    .put("window_seconds", limit.window().toSeconds())
                    .put("counted_by", limit.scope().name().toLowerCase(Locale.ROOT));
        });
        @Nullable Integer perDay = facts.perDay().get(own);
        if (perDay != null) {
            limits.addObject()
                    .put("name", own.name().toLowerCase(Locale.ROOT))
                    .put("limit", perDay)
                    .put("window_seconds", 86_400)
                    .put("counted_by", own.scope().name().toLowerCase(Locale.ROOT))
                    .put("resets", "midnight UTC");
        }
        return limits;
    }

    private static ObjectNode node() {
        return Json.MAPPER.createObjectNode();
    }
}
