package glimpse.guides;

import static glimpse.http.Operation.get;

import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The agents' guide, and whether the server is well. */
public final class GuideRoutes implements Routes {
    private static final Content HEALTHY =
            Content.json("{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8)).withTag();

    private final Map<String, String> facts;
    private final Map<String, String> providers;
    private final List<Operation> described;

    /**
     * Wires the feature.
     *
     * @param facts what the guide leaves open as {@code {{name}}}: this server's own numbers
     * @param providers of pictures, each with its default model; empty where that is the engine's own
     * @param described the operations that the guide lists
     */
    public GuideRoutes(Map<String, String> facts, Map<String, String> providers, List<Operation> described) {
        this.facts = Map.copyOf(facts);
        this.providers = providers;
        this.described = described;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/llms.txt", "The guide for agents", Access.PUBLIC, Limit.CALLS, this::guide)
                        .answers("text/plain"),
                get("/health", "Whether the server answers", Access.PUBLIC, Limit.CALLS, call -> HEALTHY)
                        .answers(Health.class));
    }

    /** The answer of a server that is well. */
    record Health(String status) {}

    private Content guide(Call call) {
        String text = template()
                .replace("{{base_url}}", call.baseUrl())
                .replace("{{calls}}", CallList.of(described))
                .replace("{{providers}}", providerList());
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            text = text.replace("{{" + fact.getKey() + "}}", fact.getValue());
        }
        return Content.text("text/plain", text);
    }

    private String providerList() {
        return providers.entrySet().stream()
                .map(provider ->
                        "- " + provider.getKey() + (provider.getValue().isEmpty() ? "" : ": " + provider.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String template() {
        try (InputStream in = GuideRoutes.class.getResourceAsStream("/guides/llms.txt")) {
            if (in == null) {
                throw new IllegalStateException("no guide in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
