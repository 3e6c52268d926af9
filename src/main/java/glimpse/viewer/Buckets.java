package glimpse.viewer;

import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A time as a row of equal parts, the last of which is not over yet.
 *
 * @param first when the first begins, in {@link Seconds}
 * @param width of each, in seconds
 */
record Buckets(Window window, int first, int width, int count) {
    private static final int MOST_DAYS = 90;
    private static final int BUSY = 500; // pictures a week: three an hour
    private static final int QUIET = 40;
    private static final DateTimeFormatter WEEKDAY = formatter("EEE");
    private static final DateTimeFormatter LONG_WEEKDAY = formatter("EEEE");
    private static final DateTimeFormatter CLOCK = formatter("HH:mm");
    private static final DateTimeFormatter DATE = formatter("d MMM");
    private static final DateTimeFormatter DATE_OF_YEAR = formatter("MMM uuuu");

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** A place in percent of the whole, and what is written there. */
    record Tick(String place, String text) {}

    /** Hours of a day or a week, or more together where there are few pictures; days of a month or a quarter; of all time, as many days each as make up to ninety. */
    static Buckets of(View view) {
        int until = view.until();
        return switch (view.window()) {
            case DAY -> ending(view.window(), until, Seconds.HOUR, 24);
            case WEEK -> {
                long pictures = view.tally().totalPosts();
                int hours = pictures >= BUSY ? 1 : pictures >= QUIET ? 6 : 24;
                yield ending(view.window(), until, hours * Seconds.HOUR, 168 / hours);
            }
            case MONTH -> ending(view.window(), until, Seconds.DAY, 30);
            case QUARTER -> ending(view.window(), until, Seconds.DAY, 90);
            case ALL -> {
                Posts posts = view.world().posts();
                int days = 1 + Seconds.day(until) - Seconds.day(posts.size() == 0 ? until : posts.times()[0]);
                int width = Math.max(1, (days + MOST_DAYS - 1) / MOST_DAYS);
                yield ending(view.window(), until, width * Seconds.DAY, Math.max(2, (days + width - 1) / width));
            }
        };
    }

    private static Buckets ending(Window window, int until, int width, int count) {
        return new Buckets(window, (Math.floorDiv(until, width) - count + 1) * width, width, count);
    }

    /** Fewer and wider ones of the same time. */
    Buckets by(int together) {
        int fewer = (count + together - 1) / together;
        return new Buckets(window, first + (count - fewer * together) * width, width * together, fewer);
    }

    /** Where a time belongs; -1 for one that is before them all. */
    int of(int time) {
        int bucket = Math.floorDiv(time - first, width);
        return bucket < count ? Math.max(-1, bucket) : -1;
    }

    private Instant begin(int bucket) {
        return Seconds.instant(first + bucket * width);
    }

    /** When one was, in a sentence. */
    String when(int bucket) {
        Instant begin = begin(bucket);
        return switch (window) {
            case DAY -> CLOCK.format(begin);
            case WEEK -> LONG_WEEKDAY.format(begin) + (width < Seconds.DAY ? " at " + CLOCK.format(begin) : "");
            default -> DATE.format(begin);
        };
    }

    /** The same in a table. */
    String row(int bucket) {
        Instant begin = begin(bucket);
        return window == Window.WEEK ? WEEKDAY.format(begin) + ' ' + DATE.format(begin) : when(bucket);
    }

    /** What is written below them. */
    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        int step = window == Window.DAY ? 6 : window == Window.WEEK ? Seconds.DAY / width : Math.max(1, count / 4);
        boolean isByClock = window == Window.DAY || window == Window.WEEK;
        for (int bucket = 0; bucket < count; bucket++) {
            int at = first / width + bucket;
            if ((isByClock ? at : bucket) % step == 0) {
                Instant begin = begin(bucket);
                String text = window == Window.DAY
                        ? CLOCK.format(begin)
                        : window == Window.WEEK
                                ? WEEKDAY.format(begin)
                                : (width > 5 * Seconds.DAY ? DATE_OF_YEAR : DATE).format(begin);
                double place = 100.0 * (bucket + (window == Window.WEEK ? step / 2.0 : 0)) / count;
                if (place <= 96) {
                    ticks.add(new Tick(Stack.percent(place), text));
                }
            }
        }
        return ticks;
    }

    /** How long each is, in words. */
    String length() {
        return switch (width) {
            case Seconds.HOUR -> "hour";
            case 6 * Seconds.HOUR -> "six hours";
            case Seconds.DAY -> "day";
            default -> width / Seconds.DAY + " days";
        };
    }

    IntStream all() {
        return IntStream.range(0, count);
    }
}
