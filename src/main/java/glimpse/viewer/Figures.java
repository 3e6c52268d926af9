package glimpse.viewer;

import glimpse.analytics.measures.Matrix;
import glimpse.analytics.world.Actions;
import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Follows;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a time, ready to be drawn; the same for everybody.
 *
 * @param before pictures in the time of the same length before it
 * @param peak the fullest part of the time; none without pictures
 * @param hours pictures by day of the week, Monday first, and hour of the day
 * @param reached share of all agents that have each tier or a higher one, in percent
 */
record Figures(
        Window window,
        Instant computedAt,
        long pictures,
        long before,
        int authors,
        Buckets buckets,
        Stack colors,
        List<Row> colorRows,
        @Nullable Peak peak,
        @Nullable Made made,
        int[][] hours,
        Liking liking,
        List<Integer> reached,
        List<Rise> rises) {
    private static final int MOST_COLORED = 200_000;
    private static final int MODELS = 5;
    private static final int LONGEST_MODEL = 26;
    private static final int MEMBERS = 10;
    private static final int RISERS = 8;
    private static final int SPARK = 14;
    private static final int[] MODEL_KINDS = {1, 2, 3, 4, 5};

    /** The fullest part of a time. */
    record Peak(int bucket, int pictures, String when, String place, boolean isLate) {}

    /** A row of a table: what it is of, and its numbers. */
    record Row(String name, List<Integer> numbers) {}

    /** Who made the pictures: shares over time, and of the whole, in percent. */
    record Made(Stack stack, List<Share> shares, String from) {}

    record Share(String model, int pictures, int percent) {}

    /** Who liked whom: agents by their numbers, 0 for those who don't want to be named, and likes by rows. */
    record Liking(List<Long> agents, int[][] likes, int most) {}

    /** Who gained followers. */
    record Rise(long agent, int gained, String spark) {}

    static Figures of(Snapshot snapshot, Window window, HueDao hues) {
        View view = snapshot.in(window);
        Buckets buckets = Buckets.of(view);
        int[][] byHue = byHue(view, buckets, hues);
        List<Stack.Series> colors = new ArrayList<>();
        for (int hue = Hues.OTHER; hue >= 1; hue--) {
            colors.add(new Stack.Series(hue, Hues.NAMES.get(hue - 1), byHue[hue - 1]));
        }
        return new Figures(
                window,
                snapshot.computedAt(),
                view.tally().totalPosts(),
                view.before().tally().totalPosts(),
                (int) IntStream.of(view.tally().posts())
                        .filter(posts -> posts > 0)
                        .count(),
                buckets,
                Stack.bars(colors, buckets.count()),
                rows(byHue, buckets),
                peak(byHue, buckets),
                made(view, buckets),
                hours(view),
                liking(view),
                reached(view.agents()),
                rises(view));
    }

    private static int[][] byHue(View view, Buckets buckets, HueDao hues) {
        int[][] counts = new int[Hues.OTHER][buckets.count()];
        Posts posts = view.world().posts();
        int first = IntStream.range(0, posts.size())
                .filter(post -> view.has(posts.times()[post]))
                .findFirst()
                .orElse(-1);
        if (first >= 0) {
            hues.forEach(posts.seqs()[first], MOST_COLORED, (seq, hue) -> {
                int post = posts.place(seq);
                int bucket = post < 0 ? -1 : buckets.of(posts.times()[post]);
                if (bucket >= 0) {
                    counts[hue - 1][bucket]++;
                }
            });
        }
        return counts;
    }

    /** As many rows as are read with patience: days of a week, not its hours. */
    private static List<Row> rows(int[][] byHue, Buckets buckets) {
        int together = buckets.window() == Window.WEEK ? Seconds.DAY / buckets.width() : 1;
        Buckets wide = buckets.by(together);
        int[][] sums = new int[wide.count()][byHue.length];
        for (int bucket = 0; bucket < buckets.count(); bucket++) {
            int row = wide.of(buckets.first() + bucket * buckets.width());
            for (int hue = 0; hue < byHue.length; hue++) {
                sums[row][hue] += byHue[hue][bucket];
            }
        }
        return wide.all()
                .mapToObj(row ->
                        new Row(wide.row(row), IntStream.of(sums[row]).boxed().toList()))
                .toList();
    }

    private static @Nullable Peak peak(int[][] byHue, Buckets buckets) {
        int[] sums = buckets.all()
                .map(bucket -> Arrays.stream(byHue).mapToInt(hue -> hue[bucket]).sum())
                .toArray();
        int fullest = buckets.all()
                .boxed()
                .max(Comparator.comparingInt(bucket -> sums[bucket]))
                .orElse(0);
        if (sums[fullest] == 0) {
            return null;
        }
        double place = (fullest + 0.5) / buckets.count();
        return new Peak(fullest, sums[fullest], buckets.when(fullest), Stack.percent(100 * place), place > 0.5);
    }

    private static @Nullable Made made(View view, Buckets buckets) {
        int together =
                buckets.window() == Window.WEEK ? Seconds.DAY / buckets.width() : Math.max(1, buckets.count() / 15);
        Buckets wide = buckets.by(together);
        String[] names = view.world().models();
        int[][] counts = new int[names.length][wide.count()];
        Posts posts = view.world().posts();
        for (int post = 0; post < posts.size(); post++) {
            int bucket = view.has(posts.times()[post]) ? wide.of(posts.times()[post]) : -1;
            if (bucket >= 0 && posts.models()[post] >= 0) {
                counts[posts.models()[post]][bucket]++;
            }
        }
        long declared =
                Arrays.stream(counts).flatMapToInt(IntStream::of).asLongStream().sum();
        if (declared == 0) {
            return null;
        }
        List<Stack.Series> all = IntStream.range(0, names.length)
                .mapToObj(model -> new Stack.Series(Hues.OTHER, shortened(names[model]), counts[model]))
                .filter(series -> series.total() > 0)
                .sorted(Comparator.<Stack.Series>comparingLong(series -> -series.total())
                        .thenComparing(Stack.Series::name))
                .toList();
        List<Stack.Series> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(MODELS, all.size()); i++) {
            shown.add(
                    0,
                    new Stack.Series(
                            MODEL_KINDS[i], all.get(i).name(), all.get(i).values()));
        }
        if (all.size() > MODELS) {
            int[] rest = wide.all()
                    .map(bucket -> all.stream()
                            .skip(MODELS)
                            .mapToInt(one -> one.values()[bucket])
                            .sum())
                    .toArray();
            shown.add(0, new Stack.Series(Hues.OTHER, "others", rest));
        }
        List<Share> shares = new ArrayList<>();
        for (Stack.Series one : shown) {
            shares.add(0, new Share(one.name(), (int) one.total(), Math.round(100f * one.total() / declared)));
        }
        return new Made(Stack.shares(shares(shown, wide.count()), wide.count()), shares, wide.row(0));
    }

    /** In thousandths of each column; a column without any is like the one before it. */
    private static List<Stack.Series> shares(List<Stack.Series> series, int columns) {
        int[][] shares = new int[series.size()][columns];
        int first = -1;
        for (int column = 0; column < columns; column++) {
            int at = column;
            int sum = series.stream().mapToInt(one -> one.values()[at]).sum();
            int above = 1000;
            for (int i = 0; i < shares.length; i++) {
                int share = i == shares.length - 1 || sum == 0
                        ? above
                        : Math.round(1000f * series.get(i).values()[column] / sum);
                shares[i][column] = sum > 0 ? share : column > 0 ? shares[i][column - 1] : 0;
                above -= share;
            }
            first = first < 0 && sum > 0 ? column : first;
        }
        for (int column = 0; column < first; column++) {
            for (int[] share : shares) {
                share[column] = share[first];
            }
        }
        return IntStream.range(0, shares.length)
                .mapToObj(i -> new Stack.Series(
                        series.get(i).kind(),
                        Math.round(100f * series.get(i).total() / total(series)) + "% "
                                + series.get(i).name(),
                        shares[i]))
                .toList();
    }

    private static long total(List<Stack.Series> series) {
        return series.stream().mapToLong(Stack.Series::total).sum();
    }

    private static String shortened(String model) {
        return model.codePointCount(0, model.length()) <= LONGEST_MODEL
                ? model
                : model.substring(0, model.offsetByCodePoints(0, LONGEST_MODEL)) + "…";
    }

    private static int[][] hours(View view) {
        int[][] hours = new int[7][24];
        for (int time : view.world().posts().times()) {
            if (view.has(time)) {
                // 2020 began on a Wednesday.
                hours[Math.floorMod(Seconds.day(time) + 2, 7)][Math.floorMod(Seconds.hour(time), 24)]++;
            }
        }
        return hours;
    }

    private static Liking liking(View view) {
        int[] order = Matrix.order(view, MEMBERS);
        int[][] likes = new int[order.length][order.length];
        int[] rows = new int[view.agents().size()];
        Arrays.fill(rows, -1);
        for (int row = 0; row < order.length; row++) {
            rows[order[row]] = row;
        }
        view.world().forEachAction(view.after(), view.until(), (actor, author, post, kind, time) -> {
            if (kind == Actions.LIKE && rows[actor] >= 0 && rows[author] >= 0) {
                likes[rows[actor]][rows[author]]++;
            }
        });
        int most = Arrays.stream(likes).flatMapToInt(IntStream::of).max().orElse(0);
        return new Liking(
                IntStream.of(order)
                        .mapToObj(agent -> named(view.agents(), agent))
                        .toList(),
                likes,
                most);
    }

    private static Long named(Agents agents, int agent) {
        return agents.visible()[agent] ? agents.seqs()[agent] : 0L;
    }

    private static List<Integer> reached(Agents agents) {
        int[] counts = new int[Profile.TIERS.size()];
        for (String tier : agents.tiers()) {
            for (int i = Math.max(0, Profile.TIERS.indexOf(tier)); i >= 0; i--) {
                counts[i]++;
            }
        }
        return IntStream.of(counts)
                .mapToObj(count -> Math.round(100f * count / Math.max(1, agents.size())))
                .toList();
    }

    private static List<Rise> rises(View view) {
        Follows follows = view.world().follows();
        int[] gained = new int[view.agents().size()];
        int from = Integer.MAX_VALUE;
        for (int follow = 0; follow < follows.size(); follow++) {
            if (view.has(follows.times()[follow])) {
                gained[follows.followees()[follow]]++;
                from = Math.min(from, follows.times()[follow]);
            }
        }
        int begin = view.window() == Window.ALL ? from : view.after();
        return IntStream.range(0, gained.length)
                .filter(agent -> gained[agent] > 0 && view.agents().visible()[agent])
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(agent -> -gained[agent])
                        .thenComparingInt(agent -> agent))
                .limit(RISERS)
                .map(agent ->
                        new Rise(view.agents().seqs()[agent], gained[agent], spark(view, agent, gained[agent], begin)))
                .toList();
    }

    /** How followers came, from the lower left of a box to its upper right. */
    private static String spark(View view, int agent, int gained, int begin) {
        int[] counts = new int[SPARK];
        Follows follows = view.world().follows();
        double span = Math.max(1, view.until() - (double) begin);
        for (int follow = 0; follow < follows.size(); follow++) {
            int time = follows.times()[follow];
            if (follows.followees()[follow] == agent && view.has(time)) {
                counts[(int) Math.min(SPARK - 1, Math.max(0, SPARK * (time - (double) begin) / span))]++;
            }
        }
        StringBuilder points = new StringBuilder("0,100");
        int sum = 0;
        for (int i = 0; i < SPARK; i++) {
            sum += counts[i];
            points.append(' ').append(i + 1).append(',').append(100 - 100 * sum / gained);
        }
        return points.toString();
    }
}
