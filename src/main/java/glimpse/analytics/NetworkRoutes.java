package glimpse.analytics;

import glimpse.analytics.measures.Measure;
import glimpse.analytics.measures.Measured;
import glimpse.analytics.network.Adjacency;
import glimpse.analytics.network.GraphFormat;
import glimpse.analytics.network.Health;
import glimpse.analytics.network.Network;
import glimpse.analytics.network.Positions;
import glimpse.analytics.network.Stats;
import glimpse.analytics.world.Snapshot;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.http.Json;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The network of agents. Each operation answers a {@link Measured} of its own figures. */
final class NetworkRoutes implements Routes {
    private static final int NODES = 500;
    private static final int MOST_NODES = 2_000;
    private static final int ROWS = 50;
    private static final int MOST_ROWS = 200;
    private static final int HUBS = 20;
    private static final int MOST_HUBS = 100;

    private final Answers answers;
    private final Network network;

    /** @param positions where agents are drawn */
    NetworkRoutes(Answers answers, Positions positions) {
        this.answers = answers;
        this.network = new Network(positions);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Answers.measure(
                                "/api/v1/network/graph",
                                "The network as nodes and edges, to draw or to compute with",
                                this::graph,
                                Network.Drawing.class)
                        .takes(Answers.TIME)
                        .takes(Answers.limit(NODES, MOST_NODES))
                        .takes(Parameter.choice("layer", "Which edges", "union", "follow", "interaction"))
                        .takes(Answers.agent("Only those within two steps of this agent"))
                        .takes(Parameter.choice(
                                "order", "The most ties first, or all of them page by page", "strength", "joined"))
                        .takes(Parameter.text("cursor", "next_cursor of the page before, with order=joined", 1_000))
                        .takes(Parameter.choice("format", "How it is written", "json", "graphml", "gexf", "dot", "csv"))
                        .answers("application/graphml+xml")
                        .answers("application/gexf+xml")
                        .answers("text/vnd.graphviz")
                        .answers("text/csv")
                        .fails(ErrorCode.AGENT_NOT_FOUND, ErrorCode.FORBIDDEN, ErrorCode.UNAUTHORIZED),
                Answers.measure(
                                "/api/v1/network/health",
                                "Whether the network hangs together",
                                this::health,
                                Health.Diagnosis.class)
                        .takes(Answers.TIME),
                Answers.measure("/api/v1/network/stats", "The network in numbers", this::stats, Stats.Numbers.class)
                        .takes(Answers.TIME)
                        .takes(Answers.limit(HUBS, MOST_HUBS)),
                Answers.measure(
                                "/api/v1/network/matrix",
                                "Who follows whom, as a matrix",
                                this::matrix,
                                Adjacency.Coordinates.class)
                        .takes(Answers.TIME)
                        .takes(Answers.limit(ROWS, MOST_ROWS))
                        .takes(Parameter.choice("values", "What stands for a follow", "binary", "weight"))
                        .takes(Answers.LAYOUT));
    }

    private Content graph(Call call) {
        String format = call.choice("format");
        String layer = call.choice("layer");
        Function<Measured<?>, Content> written =
                measured -> measured.data() instanceof Network.Drawing drawing && !format.equals("json")
                        ? written(drawing, format)
                        : Content.json(Json.bytes(measured));
        if (call.choice("order").equals("strength")) {
            return answers.measured(call, "graph " + format, network, NODES, true, layer, written);
        }
        if (call.text("agent") != null) {
            throw new ApiError(
                    ErrorCode.INVALID_PARAMETER, "order=joined lists the whole network, not that of an agent");
        }
        return answers.of(call, snapshot -> page(call, snapshot, "graph " + format, layer, written));
    }

    /** A page of the whole network, by the numbers of agents: they stay as they are while others come and go. */
    private Content page(
            Call call, Snapshot snapshot, String name, String layer, Function<Measured<?>, Content> written) {
        CursorRequest cursor = call.cursor("network", NODES);
        long after = cursor.number(0, 0);
        int from = snapshot.agents().after(after);
        CursorPage<Long> page = cursor.page(
                LongStream.of(snapshot.agents().seqs())
                        .skip(from)
                        .limit(cursor.fetch())
                        .boxed()
                        .toList(),
                List::of);
        if (page.pagination().hasMore()) {
            call.header("Link", call.links(page));
        }
        int until = from + page.data().size();
        Measure part = network.joined(from, until, page.pagination().nextCursor());
        return answers.measured(call, snapshot, name + " after " + after, part, NODES, false, layer, written);
    }

    private static Content written(Network.Drawing drawing, String format) {
        return switch (format) {
            case "graphml" -> GraphFormat.graphml(drawing);
            case "gexf" -> GraphFormat.gexf(drawing);
            case "dot" -> GraphFormat.dot(drawing);
            default -> Csv.edges(drawing);
        };
    }

    private Content health(Call call) {
        return answers.measured(call, "health", new Health(), 0, false, "");
    }

    private Content stats(Call call) {
        return answers.measured(call, "stats", new Stats(), HUBS, false, "");
    }

    private Content matrix(Call call) {
        return answers.measured(
                call,
                "adjacency",
                new Adjacency(),
                ROWS,
                false,
                call.choice("values") + (Answers.isDense(call) ? Adjacency.DENSE : ""));
    }

    /** Answers what is asked most before anybody asks; the first drawing takes seconds. */
    void warm(Snapshot snapshot) {
        answers.warm(snapshot, "graph json", network, NODES, "union");
        answers.warm(snapshot, "health", new Health(), 0, "");
        answers.warm(snapshot, "stats", new Stats(), HUBS, "");
        answers.warm(snapshot, "adjacency", new Adjacency(), ROWS, "binary");
    }
}
