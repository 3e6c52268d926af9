package glimpse.viewer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several series on top of each other. The layers are drawn one over the other, each from the ground to the sum of what
 * is below its upper edge: the highest first.
 *
 * @param columns how many places each series has
 * @param top what the upper edge of the drawing stands for
 */
record Stack(int columns, int top, List<Layer> layers, List<Buckets.Tick> lines) {
    private static final int MOST_LINES = 4;
    private static final double LEAST_APART = 7; // percent of the height that a label takes

    /**
     * One series.
     *
     * @param kind its colour, from 1 to 8
     * @param label where its name is written at the edge, in percent of the height; none where it is not
     */
    record Layer(int kind, String name, String path, long total, Buckets.@Nullable Tick label) {}

    /** A series before it is drawn. */
    record Series(int kind, String name, int[] values) {
        long total() {
            return IntStream.of(values).asLongStream().sum();
        }
    }

    /** Columns beside each other, with lines at round numbers. The lowest series comes first. */
    static Stack bars(List<Series> series, int columns) {
        int[] sums = sums(series, columns);
        int most = Math.max(1, IntStream.of(sums).max().orElse(0));
        int step = step(most);
        int top = most + Math.max(1, most / 8);
        List<Layer> layers = layers(series, columns, top, Stack::steps);
        List<Buckets.Tick> lines = IntStream.rangeClosed(1, top / step)
                .mapToObj(line ->
                        new Buckets.Tick(percent(100 - 100.0 * line * step / top), Wording.number((long) line * step)))
                .toList();
        return new Stack(columns, top, layers, lines);
    }

    /** Shares that change, each series in thousandths; their names stand at the right edge. The lowest comes first. */
    static Stack shares(List<Series> series, int columns) {
        List<Layer> layers = labelled(layers(series, columns, 1000, Stack::slopes), series, columns);
        return new Stack(columns, 1000, layers, List.of());
    }

    private interface Outline {
        String of(int[] heights, int top);
    }

    private static int[] sums(List<Series> series, int columns) {
        return IntStream.range(0, columns)
                .map(column ->
                        series.stream().mapToInt(one -> one.values()[column]).sum())
                .toArray();
    }

    private static List<Layer> layers(List<Series> series, int columns, int top, Outline outline) {
        List<Layer> layers = new ArrayList<>();
        int[] heights = new int[columns];
        for (Series one : series) {
            Arrays.setAll(heights, column -> heights[column] + one.values()[column]);
            layers.add(0, new Layer(one.kind(), one.name(), outline.of(heights, top), one.total(), null));
        }
        return layers;
    }

    private static String steps(int[] heights, int top) {
        StringBuilder path = new StringBuilder("M0 ").append(top);
        for (int column = 0; column < heights.length; column++) {
            if (column == 0 || heights[column] != heights[column - 1]) {
                path.append('V').append(top - heights[column]);
            }
            if (column == heights.length - 1 || heights[column] != heights[column + 1]) {
                path.append('H').append(column + 1);
            }
        }
        return path.append('V').append(top).append('z').toString();
    }

    private static String slopes(int[] heights, int top) {
        StringBuilder path = new StringBuilder("M0 ").append(top);
        for (int column = 0; column < heights.length; column++) {
            path.append('L').append(column).append(' ').append(top - heights[column]);
        }
        return path.append('V').append(top).append('z').toString();
    }

    /** Names beside the middle of where each layer ends, moved apart where they would touch. */
    private static List<Layer> labelled(List<Layer> layers, List<Series> series, int columns) {
        int n = layers.size();
        double[] places = new double[n];
        double below = 0;
        for (int i = n - 1; i >= 0; i--) {
            int end = series.get(n - 1 - i).values()[columns - 1];
            places[i] = 100 - (below + end / 2.0) / 10;
            below += end;
        }
        double highest = LEAST_APART / 2;
        for (int i = 0; i < n; i++) {
            places[i] = Math.max(places[i], highest);
            highest = places[i] + LEAST_APART;
        }
        double lowest = 100 - LEAST_APART / 2;
        for (int i = n - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], lowest);
            lowest = places[i] - LEAST_APART;
        }
        return IntStream.range(0, n)
                .mapToObj(i -> new Layer(
                        layers.get(i).kind(),
                        layers.get(i).name(),
                        layers.get(i).path(),
                        layers.get(i).total(),
                        new Buckets.Tick(percent(places[i]), layers.get(i).name())))
                .toList();
    }

    /** 1, 2 or 5 times a power of ten, so that there are up to four lines. */
    private static int step(int most) {
        int step = 1;
        int[] factors = {2, 5, 10};
        int power = 1;
        for (int i = 0; most / step > MOST_LINES; i++) {
            step = power * factors[i % 3];
            power = i % 3 == 2 ? step : power;
        }
        return step;
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f%%", part);
    }
}
