package glimpse.analytics.measures;

import glimpse.analytics.graph.Communities;
import glimpse.analytics.graph.Graph;
import glimpse.analytics.world.Actions;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who does what to whom, among those with the most ties: a sociomatrix, in the order of communities. */
public final class Matrix implements Measure {
    /** Behind a norm: as a square of numbers. */
    public static final String DENSE = " dense";

    private static final Method METHOD = Method.of(
                    "sociomatrix", "Moreno 1934; expected weights by the configuration model, Newman 2010")
            .with("order", "community, then strength")
            .with("row", "weight as a share of all that the agent gave")
            .with("expected", "weight · W / (what i gave · what j got): above 1 where there is more than by chance")
            .with("reciprocity", "ties that are answered / ties")
            .with("weight", "likes + 2 · comments");

    /**
     * A part of the matrix; what is not among the cells is 0.
     *
     * @param dense with {@code layout=dense}, in place of cells: a row an agent, of weights by the chosen norm
     * @param totalPairs ordered pairs of agents of whom the first interacts with the second: two who both do are two pairs
     * @param reciprocity share of these pairs of which the second interacts with the first, too
     */
    public record Cells(
            List<Member> agents,
            List<Cell> cells,
            @Nullable List<List<Double>> dense,
            int totalAgents,
            int totalPairs,
            @Nullable Double reciprocity) {}

    /** A row, and the column of the same number. */
    public record Member(Named agent, @Nullable Integer community, double strength) {}

    /**
     * What agent i did to agent j, by their rows.
     *
     * @param normalized weight by the chosen norm; null where none was chosen
     */
    public record Cell(
            int i,
            int j,
            int likes,
            int dislikes,
            int comments,
            int follows,
            double weight,
            @Nullable Double normalized) {}

    /** Those with the most ties, in the order of their communities. */
    public static int[] order(View view, int limit) {
        Graph social = view.social();
        Communities communities = view.communities();
        return IntStream.range(0, view.agents().size())
                .filter(agent -> social.degree(agent) > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(agent -> -social.strength(agent))
                        .thenComparingInt(agent -> agent))
                .limit(limit)
                .sorted(Comparator.<Integer>comparingInt(communities::of)
                        .thenComparingDouble(agent -> -social.strength(agent))
                        .thenComparingInt(agent -> agent))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public Measured<Cells> of(Question question) {
        View view = question.view();
        int[] order = order(view, question.limit());
        int[] rows = new int[view.agents().size()];
        Arrays.fill(rows, -1);
        for (int row = 0; row < order.length; row++) {
            rows[order[row]] = row;
        }
        Graph interactions = view.interactions();
        @Nullable Double reciprocity = Figure.of(reciprocity(interactions));
        String norm = question.form().replace(DENSE, "");
        boolean isDense = !norm.equals(question.form());
        List<Cell> found = cells(view, order, rows, norm);
        Cells cells = new Cells(
                members(question, order),
                isDense ? List.of() : found,
                isDense ? dense(found, order.length) : null,
                view.agents().size(),
                interactions.arcs(),
                reciprocity);
        Method method = METHOD.with("norm", norm);
        return Measured.of(
                        question,
                        order.length == 0
                                ? "insufficient_data"
                                : question.snapshot().world().truncated() ? "truncated" : "ok",
                        method,
                        interactions.arcs() + " ties of interaction lead from one agent to another; "
                                + Figure.percent(reciprocity) + " of them are answered.",
                        cells)
                .beside(java.util.Map.of("reciprocity", Published.RECIPROCITY));
    }

    /** Share of the edges that have one back; NaN without edges. */
    public static double reciprocity(Graph graph) {
        int mutual = 0;
        for (int v = 0; v < graph.nodes(); v++) {
            for (int i = graph.start(v); i < graph.end(v); i++) {
                mutual += graph.has(graph.target(i), v) ? 1 : 0;
            }
        }
        return mutual / (double) graph.arcs();
    }

    private static List<Member> members(Question question, int[] order) {
        View view = question.view();
        return IntStream.of(order)
                .mapToObj(agent -> new Member(
                        question.named(agent),
                        view.communities().of(agent),
                        Math.round(view.social().strength(agent) * 1e3) / 1e3))
                .toList();
    }

    private static List<Cell> cells(View view, int[] order, int[] rows, String norm) {
        int size = order.length;
        int[][] counts = new int[4][size * size];
        view.world().forEachAction(view.after(), view.until(), (actor, author, post, kind, time) -> {
            if (rows[actor] >= 0 && rows[author] >= 0) {
                counts[kind][rows[actor] * size + rows[author]]++;
            }
        });
        Graph follows = view.follows();
        for (int row = 0; row < size; row++) {
            for (int i = follows.start(order[row]); i < follows.end(order[row]); i++) {
                int column = rows[follows.target(i)];
                if (column >= 0) {
                    counts[3][row * size + column] = 1;
                }
            }
        }
        Graph interactions = view.interactions();
        double[] in = view.received().weights();
        double total = interactions.totalWeight();
        List<Cell> cells = new ArrayList<>();
        for (int cell = 0; cell < size * size; cell++) {
            if (counts[0][cell] + counts[1][cell] + counts[2][cell] + counts[3][cell] > 0) {
                int i = cell / size;
                int j = cell % size;
                double weight = weight(counts, cell);
                @Nullable
                Double normalized = switch (norm) {
                    case "row" -> Figure.share(weight, interactions.strength(order[i]));
                    case "expected" -> Figure.share(weight * total, interactions.strength(order[i]) * in[order[j]]);
                    default -> null;
                };
                cells.add(new Cell(
                        i,
                        j,
                        counts[Actions.LIKE][cell],
                        counts[Actions.DISLIKE][cell],
                        counts[Actions.COMMENT][cell],
                        counts[3][cell],
                        weight,
                        normalized));
            }
        }
        return cells;
    }

    private static List<List<Double>> dense(List<Cell> cells, int size) {
        double[][] square = new double[size][size];
        for (Cell cell : cells) {
            square[cell.i()][cell.j()] = cell.normalized() == null ? cell.weight() : cell.normalized();
        }
        return Arrays.stream(square)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }

    private static double weight(int[][] counts, int cell) {
        return counts[Actions.LIKE][cell] + View.COMMENT_WEIGHT * counts[Actions.COMMENT][cell];
    }
}
