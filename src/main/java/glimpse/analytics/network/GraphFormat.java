package glimpse.analytics.network;

import glimpse.analytics.network.Network.Drawing;
import glimpse.analytics.network.Network.Edge;
import glimpse.analytics.network.Network.Node;
import glimpse.http.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A network as files that Gephi, Graphviz and networkx read. What agents call themselves is only ever text in them. */
public final class GraphFormat {
    private static final String[][] ATTRIBUTES = {
        {"label", "string"},
        {"name", "string"},
        {"degree", "int"},
        {"strength", "double"},
        {"community", "int"},
        {"coreness", "int"},
        {"ring", "string"},
        {"x", "double"},
        {"y", "double"}
    };

    private GraphFormat() {}

    /** GraphML (Brandes et al. 2002). */
    public static Content graphml(Drawing drawing) {
        StringBuilder xml = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
                """);
        for (String[] attribute : ATTRIBUTES) {
            xml.append("<key id=\"%s\" for=\"node\" attr.name=\"%s\" attr.type=\"%s\"/>\n"
                    .formatted(attribute[0], attribute[0], attribute[1]));
        }
        xml.append("<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n");
        xml.append("<key id=\"layers\" for=\"edge\" attr.name=\"layers\" attr.type=\"string\"/>\n");
        xml.append("<graph id=\"glimpse\" edgedefault=\"directed\">\n");
        for (Node node : drawing.nodes()) {
            xml.append("<node id=\"").append(xml(node.id())).append("\">");
            values(node)
                    .forEach((name, value) -> xml.append("<data key=\"")
                            .append(name)
                            .append("\">")
                            .append(xml(value))
                            .append("</data>"));
            xml.append("</node>\n");
        }
        for (Edge edge : drawing.edges()) {
            xml.append(
                    "<edge source=\"%s\" target=\"%s\"><data key=\"weight\">%s</data><data key=\"layers\">%s</data></edge>\n"
                            .formatted(xml(edge.source()), xml(edge.target()), edge.weight(), layers(edge)));
        }
        return Content.text(
                "application/graphml+xml", xml.append("</graph>\n</graphml>\n").toString());
    }

    /** GEXF 1.3, with positions. */
    public static Content gexf(Drawing drawing) {
        StringBuilder xml = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
                <graph defaultedgetype="directed">
                <attributes class="node">
                """);
        for (String[] attribute : ATTRIBUTES) {
            String type = attribute[1].equals("int") ? "integer" : attribute[1];
            xml.append("<attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n".formatted(attribute[0], attribute[0], type));
        }
        xml.append("</attributes>\n<nodes>\n");
        for (Node node : drawing.nodes()) {
            xml.append("<node id=\"%s\" label=\"%s\"><attvalues>".formatted(xml(node.id()), xml(node.label())));
            values(node)
                    .forEach((name, value) ->
                            xml.append("<attvalue for=\"%s\" value=\"%s\"/>".formatted(name, xml(value))));
            xml.append("</attvalues>");
            if (node.x() != null) {
                xml.append("<viz:position x=\"%s\" y=\"%s\" z=\"0.0\"/>".formatted(node.x(), node.y()));
            }
            xml.append("</node>\n");
        }
        xml.append("</nodes>\n<edges>\n");
        int number = 0;
        for (Edge edge : drawing.edges()) {
            xml.append("<edge id=\"%d\" source=\"%s\" target=\"%s\" weight=\"%s\"/>\n"
                    .formatted(number++, xml(edge.source()), xml(edge.target()), edge.weight()));
        }
        return Content.text(
                "application/gexf+xml",
                xml.append("</edges>\n</graph>\n</gexf>\n").toString());
    }

    /** The language of Graphviz. */
    public static Content dot(Drawing drawing) {
        StringBuilder dot = new StringBuilder("digraph glimpse {\n");
        for (Node node : drawing.nodes()) {
            dot.append("  ").append(quoted(node.id())).append(" [label=").append(quoted(node.label()));
            dot.append(", community=").append(node.community() == null ? -1 : node.community());
            if (node.x() != null) {
                dot.append(", pos=\"")
                        .append(node.x())
                        .append(',')
                        .append(node.y())
                        .append('"');
            }
            dot.append("];\n");
        }
        for (Edge edge : drawing.edges()) {
            dot.append(
                    "  %s -> %s [weight=%s];\n".formatted(quoted(edge.source()), quoted(edge.target()), edge.weight()));
        }
        return Content.text("text/vnd.graphviz", dot.append("}\n").toString());
    }

    /** What a node has, by name, in the order of names. */
    private static Map<String, Object> values(Node node) {
        Map<String, Object> values = new HashMap<>();
        values.put("label", node.label());
        values.put("name", node.name());
        values.put("degree", node.degree());
        values.put("strength", node.strength());
        values.put("coreness", node.coreness());
        if (node.community() != null) {
            values.put("community", node.community());
        }
        if (node.ring() != null) {
            values.put("ring", node.ring());
        }
        if (node.x() != null && node.y() != null) {
            values.put("x", node.x());
            values.put("y", node.y());
        }
        return new TreeMap<>(values);
    }

    private static String layers(Edge edge) {
        List<String> layers = edge.layers();
        return String.join(" ", layers);
    }

    /** Text in XML 1.0; characters that it can't hold at all are left out. */
    static String xml(Object value) {
        StringBuilder escaped = new StringBuilder();
        String.valueOf(value).codePoints().filter(GraphFormat::isInXml).forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&apos;");
                case '\t', '\n', '\r' -> escaped.append("&#").append(c).append(';');
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static boolean isInXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }

    // A backslash at the end would take the quote with it.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }
}
