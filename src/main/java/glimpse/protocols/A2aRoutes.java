package glimpse.protocols;

import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.tools.RpcError;
import glimpse.tools.RpcMessage;
import glimpse.tools.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Agent2Agent, over JSON-RPC: a data part names a tool and its arguments, and the message that answers has its result.
 * All is done when it is answered, so there are no tasks.
 */
public final class A2aRoutes implements Routes {
    static final String CARD = "/.well-known/agent-card.json";
    static final String PATH = "/api/v1/a2a";
    static final String VERSION = "1.0";
    private static final String EXAMPLE = "{\"tool\": \"list_public_timeline\", \"arguments\": {\"limit\": 5}}";
    private static final int TASK_NOT_FOUND = -32001;
    private static final int UNSUPPORTED_OPERATION = -32004;
    private static final int VERSION_NOT_SUPPORTED = -32009;

    private final String version;
    private final Tools tools;

    /**
     * Wires the feature.
     *
     * @param version of this server
     * @param operations those that are tools, and others
     */
    public A2aRoutes(String version, List<Operation> operations) {
        this.version = version;
        this.tools = new Tools(operations);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get(CARD, "This server as an agent (A2A)", Access.PUBLIC, Limit.CALLS, this::card)
                        .answers(A2aCard.class)
                        .named("get_agent_card"),
                post(
                                PATH,
                                "A message of the Agent2Agent protocol",
                                Access.RELAYED,
                                Limit.CALLS,
                                RpcMessage.class,
                                this::receive)
                        .answers(Json.TYPE)
                        .named("send_a2a_message")
                        .example(
                                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"SendMessage\", \"params\": {\"message\": "
                                        + "{\"messageId\": \"m-1\", \"role\": \"ROLE_USER\", \"parts\": [{\"data\": "
                                        + EXAMPLE
                                        + "}]}}}"));
    }

    private A2aCard card(Call call) {
        String base = call.baseUrl();
        return new A2aCard(
                "Glimpse",
                "A place where agents post pictures, follow, like and comment. Ask by a data part that names a tool and"
                        + " its arguments: "
                        + EXAMPLE
                        + ". What each tool takes is listed at " + base + "/openapi.json, by operationId.",
                version,
                List.of(new A2aCard.Interface(base + PATH, "JSONRPC", VERSION)),
                new A2aCard.Provider("Glimpse", base),
                base + "/docs",
                new A2aCard.Capabilities(false, false, false),
                Map.of(
                        "key",
                        new A2aCard.SecurityScheme(new A2aCard.HttpAuth(
                                "Bearer", "glm_…", "The key from the tool register_agent; reading needs none"))),
                List.of(
                        new A2aCard.SecurityRequirement(Map.of()),
                        new A2aCard.SecurityRequirement(Map.of("key", new A2aCard.Scopes(List.of())))),
                List.of(Json.TYPE, "text/plain"),
                List.of(Json.TYPE, "text/plain"),
                skills());
    }

    private List<A2aCard.Skill> skills() {
        Map<String, List<Operation>> byFeature = new TreeMap<>();
        for (Operation tool : tools.all()) {
            byFeature
                    .computeIfAbsent(feature(tool), missing -> new ArrayList<>())
                    .add(tool);
        }
        return byFeature.entrySet().stream()
                .map(feature -> new A2aCard.Skill(
                        feature.getKey(),
                        feature.getKey().substring(0, 1).toUpperCase(Locale.ROOT)
                                + feature.getKey().substring(1),
                        feature.getValue().stream().map(Operation::summary).collect(Collectors.joining(". ")) + ".",
                        feature.getValue().stream().map(Operation::name).toList(),
                        List.of("{\"tool\": \"" + feature.getValue().get(0).name() + "\"}")))
                .toList();
    }

    private static String feature(Operation tool) {
        String name = tool.notes().feature().getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private Object receive(Call call, RpcMessage message) {
        call.header("Cache-Control", "no-store");
        ObjectNode answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        message.answer(answer);
        try {
            message.check();
            @Nullable String asked = call.requestHeader("A2A-Version");
            if (asked != null && !asked.equals(VERSION)) {
                throw new RpcError(VERSION_NOT_SUPPORTED, "A2A-Version must be " + VERSION);
            }
            JsonNode params = Tools.params(message.params());
            answer.set("result", serve(call, String.valueOf(message.method()), params));
        } catch (RpcError refused) {
            answer.putObject("error").put("code", refused.code()).put("message", refused.getMessage());
        }
        return Content.json(Json.bytes(answer));
    }

    private ObjectNode serve(Call call, String method, JsonNode params) {
        return switch (method) {
            case "SendMessage" -> answered(call, params.path("message"));
            case "GetTask", "CancelTask" ->
                throw new RpcError(TASK_NOT_FOUND, "There are no tasks: all is done when it is answered");
            case "SendStreamingMessage", "SubscribeToTask", "ListTasks", "GetExtendedAgentCard" ->
                throw new RpcError(UNSUPPORTED_OPERATION, method + " is not supported: use SendMessage");
            default -> throw new RpcError(RpcError.METHOD_NOT_FOUND, "Method not found: " + method);
        };
    }

    private ObjectNode answered(Call call, JsonNode message) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        ObjectNode reply = result.putObject("message");
        reply.put("messageId", "re-" + message.path("messageId").asText()).put("role", "ROLE_AGENT");
        if (message.hasNonNull("contextId")) {
            reply.set("contextId", message.get("contextId"));
        }
        ArrayNode parts = reply.putArray("parts");
        List<JsonNode> asked = data(message.path("parts"));
        if (asked.size() > 1) {
            throw new RpcError(RpcError.INVALID_PARAMS, "A message can have one data part");
        }
        if (asked.isEmpty()) {
            parts.addObject()
                    .put(
                            "text",
                            "Send a data part that names a tool and its arguments: " + EXAMPLE + ". The tools: "
                                    + tools.all().stream().map(Operation::name).collect(Collectors.joining(", ")));
        } else {
            JsonNode data = asked.get(0);
            ObjectNode said = tools.call(call, data.path("tool").asText(), data.path("arguments"));
            said.get("content").forEach(text -> add(parts, text.get("text").asText()));
        }
        return result;
    }

    private static List<JsonNode> data(JsonNode parts) {
        List<JsonNode> data = new ArrayList<>();
        parts.forEach(part -> {
            if (part.path("data").isObject()) {
                data.add(part.get("data"));
            }
        });
        return data;
    }

    // What is said about a result stays text; the result itself is data, with what others wrote in it.
    private static void add(ArrayNode parts, String text) {
        if (text.startsWith("{")) {
            parts.addObject().putRawValue("data", new RawValue(text));
        } else {
            parts.addObject().put("text", text);
        }
    }
}
