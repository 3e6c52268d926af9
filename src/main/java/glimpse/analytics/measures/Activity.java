package glimpse.analytics.measures;

import glimpse.analytics.world.Actions;
import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Follows;
import glimpse.analytics.world.Hours;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What happened when: counts by hour, day or week of UTC, what was unusual, and at which hours of the day most happens. */
public final class Activity implements Measure {
    private static final int MOST_BUCKETS = 400;
    private static final double ALPHA = 0.3;
    private static final int WARM_UP = 8; // buckets before one can be unusual
    private static final double UNUSUAL = 3;
    private static final int PEAKS = 6;
    private static final Method METHOD = Method.of(
                    "zero-filled time series with an exponentially weighted mean and deviation",
                    "Roberts 1959 (EWMA); Kim & Jo 2016 (burstiness)")
            .with("alpha", ALPHA)
            .with("unusual", "3 deviations from the mean of the buckets before, of which there are 8 or more");

    /**
     * A series in time.
     *
     * @param latest the bucket that is not over yet, against those before
     * @param burstiness of the gaps between posts: 0 by chance, towards 1 in bursts, -1 like a clock
     * @param anomalies buckets with far more or far less than those before
     * @param peakHours the six busiest hours of the day by posts
     * @param peakShare share of posts in these
     */
    public record Series(
            String bucket,
            List<Bucket> buckets,
            @Nullable Anomaly latest,
            List<Anomaly> anomalies,
            @Nullable Double burstiness,
            List<Integer> peakHours,
            @Nullable Double peakShare) {}

    /** What happened from a moment to the beginning of the next bucket. */
    public record Bucket(
            Instant t,
            int posts,
            int comments,
            int likes,
            int dislikes,
            int follows,
            int registrations,
            int activeAgents) {
        int total() {
            return posts + comments + likes + dislikes + follows;
        }
    }

    /** An unusual bucket: all actions in it, and how many were to be expected. */
    public record Anomaly(
            Instant t,
            int actions,
            @Nullable Double expected,
            @Nullable Double z) {}

    @Override
    public Measured<Series> of(Question question) {
        View view = question.view();
        int width = width(question);
        int last = Math.floorDiv(view.until() - offset(width), width);
        int first = Math.max(first(view, width), last - MOST_BUCKETS + 1);
        boolean cut = first(view, width) < first;
        List<Bucket> buckets = buckets(view, width, first, last);
        int[] byHour = byHour(view);
        List<Integer> peaks = IntStream.range(0, byHour.length)
                .filter(hour -> byHour[hour] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(hour -> -byHour[hour]).thenComparingInt(hour -> hour))
                .limit(PEAKS)
                .toList();
        @Nullable
        Double share = Figure.share(
                peaks.stream().mapToInt(hour -> byHour[hour]).sum(),
                IntStream.of(byHour).sum());
        List<Anomaly> expected = expected(buckets);
        // The last bucket is not over yet: that it has little is nothing unusual.
        List<Anomaly> anomalies = IntStream.range(0, expected.size())
                .filter(i -> isUnusual(expected.get(i).z(), i + 1 < expected.size()))
                .mapToObj(expected::get)
                .toList();
        Series series = new Series(
                name(width),
                buckets,
                expected.isEmpty() ? null : expected.get(expected.size() - 1),
                anomalies,
                Figure.of(Bursts.of(Bursts.gaps(view))),
                peaks,
                share);
        String summary = buckets.stream().mapToInt(Bucket::total).sum() + " actions in " + buckets.size() + " "
                + name(width) + "s, of which " + anomalies.size() + " were unusual.";
        Measured<Series> measured = cut
                ? Measured.truncated(question, METHOD, summary, series)
                : view.agents().size() == 0
                        ? Measured.insufficient(question, METHOD, "an agent is needed", series)
                        : Measured.ok(question, METHOD, summary, series);
        return measured.beside(java.util.Map.of("peak_share", Published.PEAK_SHARE));
    }

    private static boolean isUnusual(@Nullable Double z, boolean isOver) {
        return z != null && (z >= UNUSUAL || (z <= -UNUSUAL && isOver));
    }

    private static int width(Question question) {
        Window window = question.window();
        return switch (question.form()) {
            case "hour" -> Seconds.HOUR;
            case "day" -> Seconds.DAY;
            case "week" -> 7 * Seconds.DAY;
            default ->
                window == Window.DAY
                        ? Seconds.HOUR
                        : window == Window.QUARTER || window == Window.ALL ? 7 * Seconds.DAY : Seconds.DAY;
        };
    }

    private static String name(int width) {
        return width == Seconds.HOUR ? "hour" : width == Seconds.DAY ? "day" : "week";
    }

    // 2020 began on a Wednesday: weeks begin on Monday.
    private static int offset(int width) {
        return width == 7 * Seconds.DAY ? 5 * Seconds.DAY : 0;
    }

    private static int first(View view, int width) {
        int from = view.after();
        if (view.window() == Window.ALL) {
            from = view.until();
            for (int joined : view.agents().joined()) {
                from = Math.min(from, joined);
            }
        }
        return Math.floorDiv(from - offset(width), width);
    }

    private static List<Bucket> buckets(View view, int width, int first, int last) {
        int size = last - first + 1;
        int[][] counts = new int[7][size];
        view.world()
                .forEachAction(
                        view.after(),
                        view.until(),
                        (actor, author, post, kind, time) -> add(counts[kind], time, width, first));
        Posts posts = view.world().posts();
        for (int p = 0; p < posts.size(); p++) {
            if (view.has(posts.times()[p])) {
                add(counts[3], posts.times()[p], width, first);
            }
        }
        Follows follows = view.world().follows();
        for (int time : follows.times()) {
            if (view.has(time)) {
                add(counts[4], time, width, first);
            }
        }
        Agents agents = view.agents();
        for (int joined : agents.joined()) {
            if (view.has(joined)) {
                add(counts[5], joined, width, first);
            }
        }
        Hours hours = view.hours();
        for (int agent = 0; agent < agents.size(); agent++) {
            int seen = Integer.MIN_VALUE;
            for (int i = hours.starts()[agent]; i < hours.starts()[agent + 1]; i++) {
                int time = hours.hours()[i] * Seconds.HOUR;
                int bucket = Math.floorDiv(time - offset(width), width);
                if (bucket != seen) {
                    add(counts[6], time, width, first);
                    seen = bucket;
                }
            }
        }
        return IntStream.range(0, size)
                .mapToObj(i -> new Bucket(
                        Seconds.instant((first + i) * width + offset(width)),
                        counts[3][i],
                        counts[Actions.COMMENT][i],
                        counts[Actions.LIKE][i],
                        counts[Actions.DISLIKE][i],
                        counts[4][i],
                        counts[5][i],
                        counts[6][i]))
                .toList();
    }

    private static void add(int[] counts, int time, int width, int first) {
        int bucket = Math.floorDiv(time - offset(width), width) - first;
        if (bucket >= 0 && bucket < counts.length) {
            counts[bucket]++;
        }
    }

    private static int[] byHour(View view) {
        int[] byHour = new int[24];
        Posts posts = view.world().posts();
        for (int time : posts.times()) {
            if (view.has(time)) {
                byHour[Math.floorMod(Seconds.hour(time), 24)]++;
            }
        }
        return byHour;
    }

    /** Buckets that have enough before them, each with what was to be expected. */
    private static List<Anomaly> expected(List<Bucket> buckets) {
        List<Anomaly> expected = new ArrayList<>();
        double mean = buckets.isEmpty() ? 0 : buckets.get(0).total();
        double variance = 0;
        for (int i = 1; i < buckets.size(); i++) {
            int total = buckets.get(i).total();
            double deviation = Math.sqrt(Math.max(variance, Math.max(1, mean))); // at least that of pure chance
            if (i >= WARM_UP) {
                expected.add(
                        new Anomaly(buckets.get(i).t(), total, Figure.of(mean), Figure.of((total - mean) / deviation)));
            }
            double step = total - mean;
            mean += ALPHA * step;
            variance = (1 - ALPHA) * (variance + ALPHA * step * step);
        }
        return expected;
    }
}
