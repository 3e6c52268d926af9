package glimpse.analytics.network;

import glimpse.analytics.graph.Graph;
import glimpse.analytics.measures.Measure;
import glimpse.analytics.measures.Measured;
import glimpse.analytics.measures.Method;
import glimpse.analytics.measures.Question;
import glimpse.analytics.measures.Rings;
import glimpse.analytics.world.Agents;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The network as nodes and edges, with what is needed to draw it. */
public final class Network implements Measure {
    private static final int HOPS = 2;
    private static final Method METHOD = Method.of(
                    "follow and interaction graph, ForceAtlas2 positions",
                    "Jacomy et al. 2014; Blondel et al. 2008; Seidman 1983")
            .with("interaction_weight", "likes + 2 · comments")
            .with("union_weight", "follow + ln(1 + interactions)")
            .with("positions", "of the 2,000 agents with the most ties; they go on from those of the snapshot before")
            .with("of_agent", "everybody within 2 steps");

    private final Positions positions;

    public Network(Positions positions) {
        this.positions = positions;
    }

    /**
     * A part of the network, those with the most ties first.
     *
     * @param truncated whether there are more nodes than are listed
     */
    public record Drawing(List<Node> nodes, List<Edge> edges, boolean truncated, int totalNodes, int totalEdges) {}

    /**
     * An agent.
     *
     * @param id of the agent; a name that holds in this answer only for one that does not want to be named
     * @param label how it wants to be called: whatever it likes
     * @param degree ties without directions; {@code strength} their weights
     * @param community null without ties
     * @param ring null where there are too few agents
     * @param x and y where to draw it; null where it is not placed
     */
    public record Node(
            String id,
            String name,
            String label,
            int degree,
            double strength,
            @Nullable Integer community,
            int coreness,
            @Nullable String ring,
            @Nullable Double x,
            @Nullable Double y) {}

    /** What leads from one to another; layers are follow, interaction or both. */
    public record Edge(String source, String target, double weight, List<String> layers) {}

    @Override
    public Measured<Drawing> of(Question question) {
        View view = question.view();
        int[] shown = shown(question);
        Graph follows = Subgraph.of(view.follows(), shown);
        Graph interactions = Subgraph.of(view.interactions(), shown);
        List<Node> nodes = nodes(question, shown);
        List<Edge> edges = edges(question.form(), nodes, follows, interactions);
        int total = question.agent() == Question.ALL ? view.agents().size() : within(view, question.agent()).length;
        int arcs = switch (question.form()) {
            case "follow" -> view.follows().arcs();
            case "interaction" -> view.interactions().arcs();
            default -> view.follows().plus(view.interactions()).arcs();
        };
        boolean cut = shown.length < total;
        return Measured.of(
                question,
                total == 0 ? "insufficient_data" : cut ? "truncated" : "ok",
                METHOD.with("layer", question.form()),
                nodes.size() + " of " + total + " agents and " + edges.size() + " edges between them.",
                new Drawing(nodes, edges, cut, total, arcs));
    }

    private static int[] shown(Question question) {
        View view = question.view();
        IntStream asked = question.agent() == Question.ALL
                ? IntStream.range(0, view.agents().size())
                : IntStream.of(within(view, question.agent()));
        return asked.boxed()
                .sorted(Comparator.<Integer>comparingInt(agent -> agent == question.agent() ? 0 : 1)
                        .thenComparingDouble(agent -> -view.social().strength(agent))
                        .thenComparingInt(agent -> agent))
                .limit(question.limit())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int[] within(View view, int agent) {
        Graph social = view.social();
        TreeSet<Integer> reached = new TreeSet<>(List.of(agent));
        List<Integer> edge = List.of(agent);
        for (int hop = 0; hop < HOPS; hop++) {
            List<Integer> next = new ArrayList<>();
            for (int v : edge) {
                for (int i = social.start(v); i < social.end(v); i++) {
                    if (reached.add(social.target(i))) {
                        next.add(social.target(i));
                    }
                }
            }
            edge = next;
        }
        return reached.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Node> nodes(Question question, int[] shown) {
        View view = question.view();
        Agents agents = view.agents();
        Rings.Ring @Nullable [] rings = Rings.of(view);
        double[][] places = positions.of(
                question.snapshot(), question.snapshot().in(Window.WEEK).social());
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            int agent = shown[i];
            boolean visible = agents.visible()[agent];
            String name = visible ? agents.names()[agent] : "anonymous";
            String label = visible && !agents.displayNames()[agent].isEmpty() ? agents.displayNames()[agent] : name;
            double @Nullable [] place = places[agent];
            int community = view.communities().of(agent);
            nodes.add(new Node(
                    visible ? agents.ids()[agent] : "anonymous-" + (i + 1),
                    name,
                    label,
                    view.social().degree(agent),
                    Math.round(view.social().strength(agent) * 1e3) / 1e3,
                    community < 0 ? null : community,
                    view.coreness()[agent],
                    rings == null ? null : rings[agent].word(),
                    place == null ? null : Math.round(place[0] * 100) / 100.0,
                    place == null ? null : Math.round(place[1] * 100) / 100.0));
        }
        return nodes;
    }

    private static List<Edge> edges(String layer, List<Node> nodes, Graph follows, Graph interactions) {
        Graph all = follows.plus(interactions);
        List<Edge> edges = new ArrayList<>();
        for (int v = 0; v < nodes.size(); v++) {
            for (int i = all.start(v); i < all.end(v); i++) {
                int u = all.target(i);
                boolean followed = !layer.equals("interaction") && follows.has(v, u);
                double interacted = layer.equals("follow") ? 0 : interactions.between(v, u);
                if (followed || interacted > 0) {
                    List<String> layers = new ArrayList<>();
                    if (followed) {
                        layers.add("follow");
                    }
                    if (interacted > 0) {
                        layers.add("interaction");
                    }
                    double weight =
                            layer.equals("interaction") ? interacted : (followed ? 1 : 0) + Math.log1p(interacted);
                    edges.add(new Edge(nodes.get(v).id(), nodes.get(u).id(), Math.round(weight * 1e6) / 1e6, layers));
                }
            }
        }
        return edges;
    }
}
