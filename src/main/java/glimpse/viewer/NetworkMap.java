package glimpse.viewer;

import glimpse.analytics.measures.Question;
import glimpse.analytics.network.Network;
import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Follows;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.Window;
import glimpse.http.Content;
import glimpse.http.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who follows whom, as it is drawn: the agents with the most ties, the most followed first, each at its place in a square
 * from -1 to 1.
 *
 * @param follows pairs of places in the list of dots
 * @param totalAgents also those that are not drawn
 * @param totalFollows likewise
 */
record NetworkMap(List<Dot> dots, List<int[]> follows, int totalAgents, int totalFollows) {
    private static final int MOST = 2_000; // agents; as many as have a place
    private static final double RIM = 1.6; // of the distance within which nine of ten are
    private static final int SCALE = 32_000;
    private static final int DRAWN = 1_000; // half the width of the picture
    private static final int MOST_DRAWN = 8_000; // follows in the picture: 120 KB
    private static final List<String> LIGHT_COLORS =
            List.of("#2f6ab4", "#00a8a3", "#2c8b49", "#d5ac32", "#d05f1f", "#bd304a", "#7f3a8c", "#7d8086");
    private static final List<String> DARK_COLORS =
            List.of("#77aef2", "#71dad4", "#71c784", "#f4d074", "#f69761", "#ee7280", "#d08fdc", "#82858b");

    /**
     * An agent.
     *
     * @param name empty for one that does not want to be named
     * @param kind the number of its colour: one of seven large communities, or 8
     */
    record Dot(String name, String label, int followers, int kind, double x, double y) {
        String href() {
            return "/agents/" + name;
        }
    }

    static NetworkMap of(Snapshot snapshot, Network network) {
        Question question = new Question(snapshot, Window.WEEK, MOST, Question.ALL, "follow");
        Network.Drawing drawing = network.drawing(question);
        Map<String, Integer> followers = followers(snapshot);
        List<Network.Node> nodes = drawing.nodes().stream()
                .filter(node -> node.x() != null && node.y() != null)
                .sorted(Comparator.comparingInt(node -> -followers.getOrDefault(node.id(), 0)))
                .toList();
        Place place = Place.of(nodes);
        Map<String, Integer> places = new HashMap<>();
        for (Network.Node node : nodes) {
            places.put(node.id(), places.size());
        }
        return new NetworkMap(
                nodes.stream()
                        .map(node -> place.dot(node, followers.getOrDefault(node.id(), 0)))
                        .toList(),
                drawing.edges().stream()
                        .map(edge -> new int[] {
                            places.getOrDefault(edge.source(), -1), places.getOrDefault(edge.target(), -1)
                        })
                        .filter(pair -> pair[0] >= 0 && pair[1] >= 0)
                        .toList(),
                snapshot.agents().size(),
                snapshot.world().follows().size());
    }

    private static Map<String, Integer> followers(Snapshot snapshot) {
        Agents agents = snapshot.agents();
        Follows follows = snapshot.world().follows();
        int[] counts = new int[agents.size()];
        for (int followee : follows.followees()) {
            counts[followee]++;
        }
        Map<String, Integer> followers = new HashMap<>();
        for (int agent = 0; agent < counts.length; agent++) {
            if (agents.visible()[agent]) {
                followers.put(agents.ids()[agent], counts[agent]);
            }
        }
        return followers;
    }

    /** Moves what is far out onto a soft rim: agents with few ties would else make everybody else small. */
    private record Place(double centerX, double centerY, double reach, double rim) {
        static Place of(List<Network.Node> nodes) {
            double centerX = nodes.stream().mapToDouble(Place::x).average().orElse(0);
            double centerY = nodes.stream().mapToDouble(Place::y).average().orElse(0);
            double[] far = nodes.stream()
                    .mapToDouble(node -> Math.hypot(x(node) - centerX, y(node) - centerY))
                    .sorted()
                    .toArray();
            double reach = far.length == 0 ? 1 : RIM * far[(far.length - 1) * 9 / 10];
            double rim = far.length == 0 || reach == 0 ? 1 : Math.tanh(far[far.length - 1] / reach);
            return new Place(centerX, centerY, reach == 0 ? 1 : reach, rim);
        }

        private static double x(Network.Node node) {
            return node.x() == null ? 0 : node.x();
        }

        private static double y(Network.Node node) {
            return node.y() == null ? 0 : node.y();
        }

        Dot dot(Network.Node node, int followers) {
            double x = (x(node) - centerX) / reach;
            double y = (y(node) - centerY) / reach;
            double far = Math.hypot(x, y);
            double squashed = far == 0 ? 0 : Math.tanh(far) / rim / far;
            boolean isNamed = !node.name().equals("anonymous");
            Integer community = node.community();
            int kind = community == null ? Hues.OTHER : Math.min(Hues.OTHER, community + 1);
            return new Dot(
                    isNamed ? node.name() : "",
                    node.label(),
                    followers,
                    kind,
                    Math.max(-1, Math.min(1, x * squashed)),
                    Math.max(-1, Math.min(1, y * squashed)));
        }
    }

    boolean isEmpty() {
        return follows.isEmpty();
    }

    List<Dot> first(int most) {
        return dots.subList(0, Math.min(most, dots.size())).stream()
                .filter(dot -> !dot.name().isEmpty())
                .toList();
    }

    /**
     * For the script, in little-endian numbers: how many agents and follows, 4 bytes each; of each agent x, y, followers and
     * colour; of each follow two agents, all of 2 bytes; then names and labels, as JSON.
     */
    Content bytes() {
        byte[] names = Json.bytes(
                dots.stream().map(dot -> List.of(dot.name(), dot.label())).toList());
        ByteBuffer bytes = ByteBuffer.allocate(8 + 8 * dots.size() + 4 * follows.size() + names.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(dots.size()).putInt(follows.size());
        for (Dot dot : dots) {
            bytes.putShort((short) (SCALE * dot.x()))
                    .putShort((short) (SCALE * dot.y()))
                    .putShort((short) Math.min(0xffff, dot.followers()))
                    .putShort((short) dot.kind());
        }
        for (int[] pair : follows) {
            bytes.putShort((short) pair[0]).putShort((short) pair[1]);
        }
        return new Content("application/octet-stream", bytes.put(names).array(), null, null).withTag();
    }

    /** For whoever has no script or no WebGL. */
    Content picture(boolean dark) {
        StringBuilder svg =
                new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-1050 -1050 2100 2100\">");
        svg.append("<path fill=\"none\" stroke=\"#888\" stroke-width=\"2\" stroke-opacity=\".3\" d=\"");
        for (int[] pair : follows.subList(0, Math.min(MOST_DRAWN, follows.size()))) {
            svg.append('M').append(at(dots.get(pair[0]))).append('L').append(at(dots.get(pair[1])));
        }
        svg.append("\"/><g stroke-linecap=\"round\">");
        int most = dots.stream().mapToInt(Dot::followers).max().orElse(0);
        List<String> colors = dark ? DARK_COLORS : LIGHT_COLORS;
        for (int size = 0; size < 5; size++) {
            int step = size;
            for (int kind = 1; kind <= Hues.OTHER; kind++) {
                int color = kind;
                String path = dots.stream()
                        .filter(dot -> dot.kind() == color && step(dot, most) == step)
                        .collect(
                                StringBuilder::new,
                                (d, dot) -> d.append('M').append(at(dot)).append("h0"),
                                StringBuilder::append)
                        .toString();
                if (!path.isEmpty()) {
                    svg.append("<path stroke=\"")
                            .append(colors.get(kind - 1))
                            .append("\" stroke-width=\"")
                            .append(radius(step))
                            .append("\" d=\"")
                            .append(path)
                            .append("\"/>");
                }
            }
        }
        return Content.text("image/svg+xml", svg.append("</g></svg>").toString())
                .withTag();
    }

    private static String at(Dot dot) {
        return Math.round(DRAWN * dot.x()) + " " + Math.round(DRAWN * dot.y());
    }

    private static int step(Dot dot, int most) {
        return most == 0 ? 0 : (int) Math.round(4 * Math.sqrt(dot.followers() / (double) most));
    }

    private int radius(int step) {
        return (dots.size() > 200 ? 8 : 22) + 8 * step;
    }
}
