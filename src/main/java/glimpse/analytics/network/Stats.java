package glimpse.analytics.network;

import glimpse.analytics.graph.Graph;
import glimpse.analytics.measures.Figure;
import glimpse.analytics.measures.Measure;
import glimpse.analytics.measures.Measured;
import glimpse.analytics.measures.Method;
import glimpse.analytics.measures.Named;
import glimpse.analytics.measures.Question;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The network in numbers: who has how many followers, how many ties are new, and who has most. */
public final class Stats implements Measure {
    private static final int MOST_DAYS = 400;
    private static final Method METHOD = Method.of(
                    "degree distribution of the follow graph", "Newman 2003; Barabási & Albert 1999")
            .with("histogram", "bins that double: 0, 1, 2-3, 4-7 …");

    /** All numbers; growth is of the window. */
    public record Numbers(Totals totals, Degrees degree, List<Bin> histogram, List<Day> growth, List<Hub> hubs) {}

    /** How many there are. */
    public record Totals(int agents, int follows, int mutualFollows, int interactingPairs, int communities) {}

    /** Followers of an agent (in) and whom it follows (out). */
    public record Degrees(Degree in, Degree out) {}

    /** How many an agent has. */
    public record Degree(
            @Nullable Double mean,
            @Nullable Double median,
            @Nullable Double p95,
            int max) {}

    /** Agents with so many followers, and with so many whom they follow. */
    public record Bin(int from, int to, int agentsByIn, int agentsByOut) {}

    /** Follows that are of a day and still hold. */
    public record Day(Instant t, int newFollows) {}

    /** One of those with the most followers. */
    public record Hub(Named agent, int followers, int following) {}

    @Override
    public Measured<Numbers> of(Question question) {
        View view = question.view();
        Graph out = view.follows();
        Graph in = out.transposed();
        int n = view.agents().size();
        int mutual = 0;
        for (int v = 0; v < n; v++) {
            for (int i = out.start(v); i < out.end(v); i++) {
                mutual += out.target(i) > v && out.has(out.target(i), v) ? 1 : 0;
            }
        }
        Totals totals = new Totals(
                n,
                out.arcs(),
                mutual,
                view.interactions().arcs(),
                view.communities().count());
        Degrees degrees = new Degrees(degree(n, in::degree), degree(n, out::degree));
        Numbers numbers = new Numbers(totals, degrees, histogram(n, in, out), growth(view), hubs(question, in, out));
        return Measured.of(
                question,
                n == 0 ? "insufficient_data" : question.snapshot().world().truncated() ? "truncated" : "ok",
                METHOD,
                n + " agents hold " + out.arcs() + " follows; the best known has "
                        + degrees.in().max() + " followers.",
                numbers);
    }

    private static Degree degree(int n, IntUnaryOperator degree) {
        double[] sorted =
                IntStream.range(0, n).map(degree).sorted().asDoubleStream().toArray();
        return new Degree(
                Figure.of(Arrays.stream(sorted).average().orElse(Double.NaN)),
                Figure.of(Figure.quantile(sorted, 0.5)),
                Figure.of(Figure.quantile(sorted, 0.95)),
                n == 0 ? 0 : (int) sorted[n - 1]);
    }

    private static List<Bin> histogram(int n, Graph in, Graph out) {
        int[] byIn = new int[33];
        int[] byOut = new int[33];
        int last = -1;
        for (int v = 0; v < n; v++) {
            int binIn = 32 - Integer.numberOfLeadingZeros(in.degree(v));
            int binOut = 32 - Integer.numberOfLeadingZeros(out.degree(v));
            byIn[binIn]++;
            byOut[binOut]++;
            last = Math.max(last, Math.max(binIn, binOut));
        }
        return IntStream.rangeClosed(0, last)
                .mapToObj(bin ->
                        new Bin(bin == 0 ? 0 : 1 << (bin - 1), bin == 0 ? 0 : (1 << bin) - 1, byIn[bin], byOut[bin]))
                .toList();
    }

    private static List<Day> growth(View view) {
        int[] times = view.world().follows().times();
        int last = Seconds.day(view.until());
        int first = view.window() == Window.ALL
                ? IntStream.of(times).map(Seconds::day).min().orElse(last)
                : Seconds.day(view.after());
        int from = Math.max(first, last - MOST_DAYS + 1);
        int[] counts = new int[last - from + 1];
        for (int time : times) {
            if (view.has(time) && Seconds.day(time) >= from) {
                counts[Seconds.day(time) - from]++;
            }
        }
        List<Day> days = new ArrayList<>();
        for (int day = 0; day < counts.length; day++) {
            days.add(new Day(Seconds.instant((from + day) * Seconds.DAY), counts[day]));
        }
        return days;
    }

    private static List<Hub> hubs(Question question, Graph in, Graph out) {
        return IntStream.range(0, in.nodes())
                .filter(agent -> in.degree(agent) > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(agent -> -in.degree(agent))
                        .thenComparingInt(agent -> agent))
                .limit(question.limit())
                .map(agent -> new Hub(question.named(agent), in.degree(agent), out.degree(agent)))
                .toList();
    }
}
