package glimpse.analytics.network;

import glimpse.analytics.graph.Graph;
import glimpse.analytics.measures.Matrix;
import glimpse.analytics.measures.Measure;
import glimpse.analytics.measures.Measured;
import glimpse.analytics.measures.Method;
import glimpse.analytics.measures.Named;
import glimpse.analytics.measures.Question;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The adjacency matrix of the follow graph, in the order of /analytics/matrix, as coordinates of what is not 0. */
public final class Adjacency implements Measure {
    /** Behind the choice of values: as a square of numbers. */
    public static final String DENSE = " dense";

    private static final Method METHOD = Method.of("adjacency matrix in coordinates (COO)", "standard")
            .with("order", "community, then strength")
            .with("weight", "1 + ln(1 + likes + 2 · comments) with values=weight, else 1");

    /**
     * Entry k: the agent of row rows[k] follows that of column cols[k].
     *
     * @param dense with {@code layout=dense}, in place of these: a row an agent
     */
    public record Coordinates(
            List<Named> order,
            List<Integer> rows,
            List<Integer> cols,
            List<Double> values,
            @Nullable List<List<Double>> dense,
            int totalAgents,
            int totalFollows) {}

    @Override
    public Measured<Coordinates> of(Question question) {
        View view = question.view();
        int[] order = Matrix.order(view, question.limit());
        int[] places = new int[view.agents().size()];
        Arrays.fill(places, -1);
        for (int row = 0; row < order.length; row++) {
            places[order[row]] = row;
        }
        List<Integer> rows = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        Graph follows = view.follows();
        for (int row = 0; row < order.length; row++) {
            List<Integer> targets = new ArrayList<>();
            for (int i = follows.start(order[row]); i < follows.end(order[row]); i++) {
                if (places[follows.target(i)] >= 0) {
                    targets.add(places[follows.target(i)]);
                }
            }
            targets.sort(null);
            for (int column : targets) {
                rows.add(row);
                columns.add(column);
                values.add(value(question, order[row], order[column]));
            }
        }
        boolean cut = order.length
                < IntStream.range(0, view.agents().size())
                        .filter(agent -> view.social().degree(agent) > 0)
                        .count();
        boolean isDense = question.form().endsWith(DENSE);
        return Measured.of(
                question,
                order.length == 0 ? "insufficient_data" : cut ? "truncated" : "ok",
                METHOD.with("values", question.form().replace(DENSE, "")),
                rows.size() + " follows among the " + order.length + " agents with the most ties.",
                new Coordinates(
                        IntStream.of(order).mapToObj(question::named).toList(),
                        isDense ? List.of() : rows,
                        isDense ? List.of() : columns,
                        isDense ? List.of() : values,
                        isDense ? dense(order.length, rows, columns, values) : null,
                        view.agents().size(),
                        follows.arcs()));
    }

    private static List<List<Double>> dense(int size, List<Integer> rows, List<Integer> columns, List<Double> values) {
        double[][] square = new double[size][size];
        for (int entry = 0; entry < values.size(); entry++) {
            square[rows.get(entry)][columns.get(entry)] = values.get(entry);
        }
        return Arrays.stream(square)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }

    private static double value(Question question, int from, int to) {
        return question.form().startsWith("weight")
                ? Math.round((1 + Math.log1p(question.view().interactions().between(from, to))) * 1e6) / 1e6
                : 1;
    }
}
