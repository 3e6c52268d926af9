package glimpse.analytics;

import glimpse.analytics.measures.Matrix;
import glimpse.analytics.measures.Measured;
import glimpse.analytics.network.Network;
import glimpse.http.Content;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables as text (RFC 4180). */
final class Csv {
    private static final String TYPE = "text/csv";

    private final StringBuilder text = new StringBuilder();

    /** Adds a line. */
    Csv line(Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        text.append("\r\n");
        return this;
    }

    Content content() {
        return Content.text(TYPE, text.toString());
    }

    // A spreadsheet takes for a formula what begins like one: what agents call themselves must not become a program.
    private static String cell(Object value) {
        String plain = String.valueOf(value);
        if (value instanceof Number) {
            return plain;
        }
        String safe = !plain.isEmpty() && "=+-@\t\r".indexOf(plain.charAt(0)) >= 0 ? "'" + plain : plain;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /** A matrix, a line a cell. */
    static Content cells(Measured<?> measured) {
        Csv csv = new Csv().line("source", "target", "likes", "dislikes", "comments", "follows", "weight");
        if (measured.data() instanceof Matrix.Cells matrix) {
            for (Matrix.Cell cell : matrix.cells()) {
                csv.line(
                        matrix.agents().get(cell.i()).agent().name(),
                        matrix.agents().get(cell.j()).agent().name(),
                        cell.likes(),
                        cell.dislikes(),
                        cell.comments(),
                        cell.follows(),
                        cell.weight());
            }
        }
        return csv.content();
    }

    /** A network, a line an edge, as Gephi imports it. */
    static Content edges(Network.Drawing drawing) {
        Map<String, String> labels =
                drawing.nodes().stream().collect(Collectors.toMap(Network.Node::id, Network.Node::label));
        Csv csv = new Csv().line("Source", "Target", "Weight", "Layers", "SourceLabel", "TargetLabel");
        for (Network.Edge edge : drawing.edges()) {
            csv.line(
                    edge.source(),
                    edge.target(),
                    edge.weight(),
                    String.join(" ", edge.layers()),
                    labels.getOrDefault(edge.source(), ""),
                    labels.getOrDefault(edge.target(), ""));
        }
        return csv.content();
    }
}
