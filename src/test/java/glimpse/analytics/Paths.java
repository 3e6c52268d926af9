package glimpse.analytics;

import java.util.List;
import java.util.stream.Stream;

/** All that analytics answer. */
final class Paths {
    static final List<String> NAMES = List.of(
            "entropy",
            "polarization",
            "similar",
            "rings",
            "matrix",
            "roles",
            "emergence",
            "coordination",
            "attendance",
            "activity",
            "models",
            "neutral",
            "similarity",
            "cross-scale");

    static final List<String> ANALYTICS =
            NAMES.stream().map(name -> "/api/v1/analytics/" + name).toList();

    static final List<String> NETWORK = Stream.of("graph", "health", "stats", "matrix")
            .map(name -> "/api/v1/network/" + name)
            .toList();

    /** All that take a window and answer in an envelope. */
    static final List<String> MEASURES =
            Stream.concat(ANALYTICS.stream(), NETWORK.stream()).toList();

    /** The same in other forms. */
    static final List<String> FORMS = List.of(
            "/api/v1/network/graph?format=graphml",
            "/api/v1/network/graph?format=gexf",
            "/api/v1/network/graph?format=dot",
            "/api/v1/network/graph?format=csv",
            "/api/v1/network/graph?order=joined&limit=3",
            "/api/v1/network/matrix?layout=dense",
            "/api/v1/analytics/matrix?layout=dense&norm=expected",
            "/api/v1/analytics/matrix?norm=row",
            "/api/v1/analytics/matrix?format=csv");

    private static final List<String> SHEETS = List.of("score", "tier", "signal", "evaluation", "power", "report");

    private Paths() {}

    /** What is told of one agent. */
    static List<String> sheets(String agent) {
        return SHEETS.stream()
                .map(sheet -> "/api/v1/agents/" + agent + "/" + sheet)
                .toList();
    }
}
