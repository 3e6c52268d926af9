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
            .with(
                    "positions",
                    "of the 2,000 agents with the most ties; they go on from those of the snapshot before, also for as_of_seq")
            .with("of_agent", "everybody within 2 steps");

    private final Positions positions;

    public Network(Positions positions) {
        this.positions = positions;
    }

    /**
     * A part of the network, those with the most ties first.
     *
     * @param truncated whether there are more nodes than are listed
     * @param nextCursor where the whole network goes on, with {@code order=joined}; an edge stands where the later of its
     *     agents does
     */
    public record Drawing(
            List<Node> nodes,
            List<Edge> edges,
            boolean truncated,
            int totalNodes,
            int totalEdges,
            @Nullable String nextCursor) {}

    /**
     * An agent.
     *
     * @param id of the agent; a name that holds in this snapshot only for one that does not want to be named
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
        Graph part = Subgraph.of(view.social(), shown);
        Edges edges = new Edges(question);
        for (int i = 0; i < shown.length; i++) {
            for (int arc = part.start(i); arc < part.end(i); arc++) {
                edges.add(shown[i], shown[part.target(arc)]);
            }
        }
        int total = question.agent() == Question.ALL ? view.agents().size() : within(view, question.agent()).length;
        return drawn(question, shown, edges, total, null);
    }

    /** The drawing alone. */
    public Drawing drawing(Question question) {
        return of(question).data();
    }

    /** A part of the whole network, in the order in which agents came: those at places from one to before another. */
    public Measure joined(int from, int until, @Nullable String nextCursor) {
        return question -> {
            Graph social = question.view().social();
            Edges edges = new Edges(question);
            for (int agent = from; agent < until; agent++) {
                for (int arc = social.start(agent); arc < social.end(agent); arc++) {
                    if (social.target(arc) < agent) {
                        edges.add(agent, social.target(arc));
                        edges.add(social.target(arc), agent);
                    }
                }
            }
            int[] shown = IntStream.range(from, until).toArray();
            return drawn(question, shown, edges, question.agents().size(), nextCursor);
        };
    }

    private Measured<Drawing> drawn(
            Question question, int[] shown, Edges edges, int total, @Nullable String nextCursor) {
        View view = question.view();
        List<Node> nodes = nodes(question, shown);
        int arcs = switch (question.form()) {
            case "follow" -> view.follows().arcs();
            case "interaction" -> view.interactions().arcs();
            default ->
                view.follows().arcs()
                        + view.interactions().arcs()
                        - view.follows().common(view.interactions());
        };
        boolean cut = shown.length < total;
        return Measured.of(
                question,
                total == 0 ? "insufficient_data" : cut ? "truncated" : "ok",
                METHOD.with("layer", question.form()),
                nodes.size() + " of " + total + " agents and " + edges.found.size() + " edges between them.",
                new Drawing(nodes, edges.found, cut, total, arcs, nextCursor));
    }

    /** The edges of a layer between agents, as they are looked at. */
    private static final class Edges {
        private final View view;
        private final String layer;
        private final String[] ids;
        private final List<Edge> found = new ArrayList<>();

        Edges(Question question) {
            this.view = question.view();
            this.layer = question.form();
            this.ids = ids(question.agents());
        }

        void add(int from, int to) {
            boolean followed = !layer.equals("interaction") && view.follows().has(from, to);
            double interacted = layer.equals("follow") ? 0 : view.interactions().between(from, to);
            if (!followed && interacted == 0) {
                return;
            }
            double weight = layer.equals("interaction") ? interacted : (followed ? 1 : 0) + Math.log1p(interacted);
            List<String> layers = new ArrayList<>();
            if (followed) {
                layers.add("follow");
            }
            if (interacted > 0) {
                layers.add("interaction");
            }
            found.add(new Edge(ids[from], ids[to], Math.round(weight * 1e6) / 1e6, layers));
        }
    }

    /** What agents are called in drawings: by their ids, but those that do not want to be named by the order they came in. */
    private static String[] ids(Agents agents) {
        String[] ids = new String[agents.size()];
        int anonymous = 0;
        for (int agent = 0; agent < ids.length; agent++) {
            ids[agent] = agents.visible()[agent] ? agents.ids()[agent] : "anonymous-" + ++anonymous;
        }
        return ids;
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
        String[] ids = ids(agents);
        for (int agent : shown) {
            boolean visible = agents.visible()[agent];
            String name = visible ? agents.names()[agent] : "anonymous";
            String label = visible && !agents.displayNames()[agent].isEmpty() ? agents.displayNames()[agent] : name;
            double @Nullable [] place = places[agent];
            int community = view.communities().of(agent);
            nodes.add(new Node(
                    ids[agent],
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
}
