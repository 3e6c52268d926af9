package glimpse.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.nio.GraphImporter;
import org.jgrapht.nio.dot.DOTImporter;
import org.jgrapht.nio.gexf.SimpleGEXFImporter;
import org.jgrapht.nio.graphml.GraphMLImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Document;

/** The network over HTTP, and as files for other programs. */
class NetworkRoutesTest {
    private static final String HOSTILE = "=\"<b>&'\\ ]]> \" -> x;\u0001 \uD83C\uDF05";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private void three() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        glimpse.agent("eve");
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("UPDATE agents SET display_name = ? WHERE name = 'ada'", HOSTILE);
        }
        bob.client().post("/api/v1/agents/ada/follow", "").is(200);
        String post = ada.post("A light").at("/id");
        bob.client().post("/api/v1/posts/" + post + "/like", "").is(200);
    }

    @Test
    void an_empty_network_is_well_formed_in_every_way() throws Exception {
        for (String path : List.of("graph", "health", "stats", "matrix")) {
            Answer answer = glimpse.client().get("/api/v1/network/" + path).is(200);
            assertThat(answer.at("/status")).isEqualTo("insufficient_data");
            assertThat(answer.text()).doesNotContain("NaN", "Infinity");
            glimpse.client().get("/api/v1/network/" + path + "?window=1y").fails(400, "invalid_parameter");
        }
        for (String format : List.of("graphml", "gexf")) {
            parsed(glimpse.client()
                    .get("/api/v1/network/graph?format=" + format)
                    .is(200));
        }
        glimpse.client().get("/api/v1/network/graph?format=xlsx").fails(400, "invalid_parameter");
        glimpse.client().get("/api/v1/network/graph?limit=2001").fails(400, "invalid_parameter");
    }

    @Test
    void the_graph_has_nodes_edges_and_positions() {
        three();
        JsonNode graph =
                glimpse.client().get("/api/v1/network/graph").is(200).json().path("data");
        assertThat(graph.path("nodes")).hasSize(3);
        assertThat(graph.path("edges")).hasSize(1);
        assertThat(graph.at("/edges/0/layers").toString()).isEqualTo("[\"follow\",\"interaction\"]");
        graph.path("nodes")
                .forEach(node -> assertThat(node.path("x").isNumber()).isTrue());
        JsonNode follows = glimpse.client()
                .get("/api/v1/network/graph?layer=follow&limit=2")
                .is(200)
                .json();
        assertThat(follows.at("/status").asText()).isEqualTo("truncated");
        assertThat(follows.at("/data/edges/0/weight").asDouble()).isEqualTo(1);
        JsonNode around =
                glimpse.client().get("/api/v1/network/graph?agent=eve").is(200).json();
        assertThat(around.at("/data/nodes")).hasSize(1);
    }

    @Test
    void other_programs_can_read_it_whatever_an_agent_calls_itself() throws Exception {
        three();
        Document graphml = parsed(
                glimpse.client().get("/api/v1/network/graph?format=graphml").is(200));
        assertThat(graphml.getElementsByTagName("node").getLength()).isEqualTo(3);
        assertThat(graphml.getElementsByTagName("edge").getLength()).isEqualTo(1);
        assertThat(graphml.getDocumentElement().getTextContent()).contains("=\"<b>&'\\ ]]> \" -> x; \uD83C\uDF05");
        Document gexf =
                parsed(glimpse.client().get("/api/v1/network/graph?format=gexf").is(200));
        assertThat(gexf.getElementsByTagName("node").getLength()).isEqualTo(3);
        assertThat(gexf.getElementsByTagName("viz:position").getLength()).isEqualTo(3);
        String dot =
                glimpse.client().get("/api/v1/network/graph?format=dot").is(200).text();
        assertThat(dot).startsWith("digraph glimpse {").contains("label=\"=\\\"<b>&'\\\\ ]]> \\\" -> x;  ");
        assertThat(dot.lines().filter(line -> line.contains("\" -> \""))).hasSize(1);
        String csv =
                glimpse.client().get("/api/v1/network/graph?format=csv").is(200).text();
        assertThat(csv.lines()).hasSize(2);
        assertThat(csv).startsWith("Source,Target,Weight").contains(",\"'=\"\"<b>&'");
    }

    @Test
    void every_form_holds_the_same_network_as_another_library_reads_it() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld.twoCamps(rows, 30, 1, glimpse.clock().instant());
            rows.write("UPDATE agents SET display_name = ? WHERE seq = 1", HOSTILE);
            rows.write("UPDATE agents SET analytics_visible = 0 WHERE seq = 2");
        }
        JsonNode drawing =
                glimpse.client().get("/api/v1/network/graph").is(200).json().path("data");
        TreeSet<String> edges = new TreeSet<>();
        drawing.path("edges")
                .forEach(edge -> edges.add(
                        edge.path("source").asText() + " " + edge.path("target").asText()));
        assertThat(edges).hasSizeGreaterThan(100);
        GraphMLImporter<String, DefaultEdge> graphml = new GraphMLImporter<>();
        graphml.setVertexFactory(id -> id);
        assertThat(read("graphml", graphml)).isEqualTo(edges);
        DOTImporter<String, DefaultEdge> dot = new DOTImporter<>();
        dot.setVertexFactory(id -> id);
        assertThat(read("dot", dot)).isEqualTo(edges);
        SimpleGEXFImporter<String, DefaultEdge> gexf = new SimpleGEXFImporter<>();
        gexf.setVertexFactory(id -> id);
        gexf.setSchemaValidation(false); // it knows version 1.2 alone
        assertThat(read("gexf", gexf)).isEqualTo(edges);
    }

    private Set<String> read(String format, GraphImporter<String, DefaultEdge> importer) {
        Graph<String, DefaultEdge> graph = new DefaultDirectedGraph<>(DefaultEdge.class);
        importer.importGraph(
                graph,
                new StringReader(glimpse.client()
                        .get("/api/v1/network/graph?format=" + format)
                        .is(200)
                        .text()));
        assertThat(graph.vertexSet()).as(format).hasSize(30);
        TreeSet<String> edges = new TreeSet<>();
        graph.edgeSet().forEach(edge -> edges.add(graph.getEdgeSource(edge) + " " + graph.getEdgeTarget(edge)));
        return edges;
    }

    @Test
    void the_whole_network_comes_page_by_page_and_each_edge_once() {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld.twoCamps(rows, 30, 1, glimpse.clock().instant());
        }
        JsonNode whole =
                glimpse.client().get("/api/v1/network/graph").is(200).json().path("data");
        List<String> nodes = new ArrayList<>();
        List<String> edges = new ArrayList<>();
        String path = "/api/v1/network/graph?order=joined&limit=7";
        while (path != null) {
            Answer page = glimpse.client().get(path).is(200);
            page.json()
                    .at("/data/nodes")
                    .forEach(node -> nodes.add(node.path("id").asText()));
            page.json().at("/data/edges").forEach(edge -> edges.add(edge.toString()));
            String next = page.json().at("/data/next_cursor").asText("");
            boolean isLast = page.json().at("/data/next_cursor").isNull();
            assertThat(page.header("Link").isEmpty()).isEqualTo(isLast);
            path = isLast ? null : "/api/v1/network/graph?order=joined&limit=7&cursor=" + next;
            if (nodes.size() == 7) { // who comes meanwhile is on the last page; nobody is there twice
                glimpse.agent("late");
            }
        }
        assertThat(nodes).hasSize(31).doesNotHaveDuplicates();
        List<String> all = new ArrayList<>();
        whole.path("edges").forEach(edge -> all.add(edge.toString()));
        assertThat(edges).containsExactlyInAnyOrderElementsOf(all);
        glimpse.client().get("/api/v1/network/graph?order=joined&cursor=x").fails(400, "invalid_parameter");
        glimpse.client().get("/api/v1/network/graph?order=joined&agent=made_1").fails(400, "invalid_parameter");
    }

    private static Document parsed(Answer answer) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.bytes()));
    }

    @Test
    void positions_are_the_same_on_another_server_with_the_same_data() throws Exception {
        try (Rows rows = new Rows(glimpse.data())) {
            PlantedWorld.twoCamps(rows, 30, 1, glimpse.clock().instant());
        }
        String before = glimpse.client()
                .get("/api/v1/network/graph")
                .is(200)
                .json()
                .path("data")
                .toString();
        glimpse.restart();
        assertThat(glimpse.client()
                        .get("/api/v1/network/graph")
                        .is(200)
                        .json()
                        .path("data")
                        .toString())
                .isEqualTo(before);
    }

    @Test
    void the_matrix_lists_follows_in_coordinates() {
        three();
        JsonNode matrix =
                glimpse.client().get("/api/v1/network/matrix").is(200).json().path("data");
        assertThat(matrix.path("order")).hasSize(2);
        assertThat(matrix.path("values").toString()).isEqualTo("[1.0]");
        int row = matrix.at("/rows/0").asInt();
        assertThat(matrix.at("/order/" + row + "/name").asText()).isEqualTo("bob");
    }

    @Test
    void opting_out_is_a_setting_of_one_s_own() {
        three();
        TestAgent mia = glimpse.agent("mia");
        assertThat(mia.client().get("/api/v1/agents/me").at("/settings/analytics_visible"))
                .isEqualTo("true");
        Answer changed = mia.client()
                .patch("/api/v1/agents/me", Map.of("analytics_visible", false))
                .is(200);
        assertThat(changed.at("/settings/analytics_visible")).isEqualTo("false");
        String graph = glimpse.client().get("/api/v1/network/graph").is(200).text();
        assertThat(graph).contains("anonymous").doesNotContain("mia");
        mia.client().get("/api/v1/analytics/rings?agent=me").is(200);
    }
}
