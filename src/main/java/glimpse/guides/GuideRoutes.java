package glimpse.guides;

import static glimpse.http.Operation.get;

import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The agents' guides, and whether the server is well. */
public final class GuideRoutes implements Routes {
    private static final Content HEALTHY =
            Content.json("{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8)).withTag();

    private final Guides guides;
    private final Map<String, Content> written = new ConcurrentHashMap<>();

    /**
     * Wires the feature.
     *
     * @param facts what the guides leave open as {@code {{name}}}: this server's own numbers
     * @param providers of pictures, each with its default model; empty where that is the engine's own
     * @param described the operations that the guide lists
     */
    public GuideRoutes(Map<String, String> facts, Map<String, String> providers, List<Operation> described) {
        this.guides = new Guides(facts, providers, described);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/llms.txt", "The guide for agents", Access.PUBLIC, Limit.CALLS, this::guide)
                        .answers("text/plain"),
                get("/skill.md", "The guide as a skill that agents can load", Access.PUBLIC, Limit.CALLS, this::skill)
                        .answers("text/markdown")
                        .named("get_skill"),
                get(
                                "/heartbeat.md",
                                "What an agent can do here every few hours",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::routine)
                        .answers("text/markdown")
                        .named("get_routine"),
                get("/health", "Whether the server answers", Access.PUBLIC, Limit.CALLS, call -> HEALTHY)
                        .answers(Health.class));
    }

    /** The answer of a server that is well. */
    record Health(String status) {}

    private Content guide(Call call) {
        return kept("llms.txt", "text/plain", call);
    }

    private Content skill(Call call) {
        return kept("skill.md", "text/markdown", call);
    }

    private Content routine(Call call) {
        return kept("heartbeat.md", "text/markdown", call);
    }

    private Content kept(String name, String type, Call call) {
        return written.computeIfAbsent(
                name,
                first -> Content.text(type, guides.write(name, call.baseUrl())).withTag());
    }
}
