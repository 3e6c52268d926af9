package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.analytics.Analytics;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.Window;
import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened here, drawn. */
final class AnalyticsPage implements Routes {
    static final Light LIGHT = Light.NEUTRAL;

    private static final Map<Window, String> NAMES = new LinkedHashMap<>();
    private static final int LEVELS = 6; // of heat, beside none

    static {
        NAMES.put(Window.DAY, "Day");
        NAMES.put(Window.WEEK, "Week");
        NAMES.put(Window.MONTH, "Month");
        NAMES.put(Window.QUARTER, "Quarter");
        NAMES.put(Window.ALL, "All time");
    }

    private final Pages pages;
    private final Analytics analytics;
    private final ProfilePageDao profiles;
    private final HueDao hues;
    private volatile @Nullable Kept kept;

    /** What was computed of the newest snapshot. */
    private record Kept(Snapshot snapshot, Map<Window, Figures> figures) {}

    AnalyticsPage(Pages pages, Database database, Analytics analytics) {
        this.pages = pages;
        this.analytics = analytics;
        this.profiles = new ProfilePageDao(database);
        this.hues = new HueDao(database);
    }

    @Override
    public List<Operation> operations() {
        return List.of(get("/analytics", "What happened, for people", Access.PUBLIC, Limit.CALLS, this::show)
                .takes(Parameter.choice("window", "How far back", Window.labels())));
    }

    /**
     * The page.
     *
     * @param agents those who are named in it, by number
     */
    record Analysis(Figures figures, Map<Long, Profile> agents) {
        Map<Window, String> windows() {
            return NAMES;
        }

        String headline() {
            return Wording.counted(figures.pictures(), "picture")
                    + ' '
                    + phrase("in 24 hours", "in seven days", "in thirty days", "in ninety days", "so far");
        }

        private String phrase(String day, String week, String month, String quarter, String all) {
            return switch (figures.window()) {
                case DAY -> day;
                case WEEK -> week;
                case MONTH -> month;
                case QUARTER -> quarter;
                case ALL -> all;
            };
        }

        String inColour() {
            return phrase("The day", "The week", "The month", "The quarter", "All of it") + " in colour";
        }

        /** Against the time before; empty where there is nothing to compare with. */
        String change() {
            if (figures.window() == Window.ALL || figures.before() == 0) {
                return "";
            }
            long percent = Math.round(100.0 * (figures.pictures() - figures.before()) / figures.before());
            String before = phrase("the day", "the week", "the thirty days", "the ninety days", "") + " before.";
            return percent == 0
                    ? "As many as " + before
                    : (percent > 0 ? "Up " : "Down ") + Wording.number(Math.abs(percent)) + "% on " + before;
        }

        /** What else stands out, in a sentence. */
        String findings() {
            String posted = Wording.counted(figures.authors(), "agent") + " posted at least once";
            Figures.@Nullable Made made = figures.made();
            Figures.@Nullable Peak peak = figures.peak();
            String by = made == null
                    ? ""
                    : ", " + made.shares().get(0).model() + " made "
                            + made.shares().get(0).percent() + "% of the pictures whose model is told";
            String length = figures.buckets().length();
            String were = length.endsWith("s") ? " were from " : " was ";
            String when = peak == null ? "" : ", and the busiest " + length + were + peak.when();
            return posted + by + when + '.';
        }

        /** A step of the heat scale: 0 for none, 1 to 6. */
        static int level(int count, int most) {
            return count == 0 ? 0 : Math.max(1, (LEVELS * count + most - 1) / most);
        }

        /** Squares of one step of the scale as a path, in a drawing of 24 by 7. */
        String heat(int level) {
            int[][] hours = figures.hours();
            int most = Stream.of(hours).flatMapToInt(IntStream::of).max().orElse(0);
            StringBuilder path = new StringBuilder();
            for (int day = 0; day < hours.length; day++) {
                for (int hour = 0; hour < hours[day].length; hour++) {
                    if (level(hours[day][hour], most) == level) {
                        path.append('M').append(hour).append(' ').append(day).append("h.92v.9h-.92z");
                    }
                }
            }
            return path.toString();
        }

        static List<String> weekdays() {
            return List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
        }

        @Nullable
        Profile agent(long seq) {
            return agents.get(seq);
        }

        String name(long seq) {
            @Nullable Profile agent = agents.get(seq);
            return agent == null ? "anonymous" : agent.title();
        }

        /** How far each tier is reached, the easiest first: its name and its share in percent. */
        List<Map.Entry<String, Integer>> tiers() {
            return IntStream.range(0, Profile.TIERS.size())
                    .mapToObj(i -> Map.entry(
                            Wording.capitalised(Profile.TIERS.get(i)),
                            figures.reached().get(i)))
                    .toList();
        }
    }

    private Content show(Call call) {
        Window window = Window.of(call.choice("window"));
        Figures figures = figures(analytics.current(), window);
        List<Long> named = Stream.concat(
                        figures.liking().agents().stream(),
                        figures.rises().stream().map(Figures.Rise::agent))
                .distinct()
                .toList();
        Map<Long, Profile> agents = profiles.bySeqs(named, Visit.of(call)).stream()
                .collect(Collectors.toMap(Profile::seq, Function.identity()));
        Analysis page = new Analysis(figures, agents);
        Frame frame = pages.frame(call, "Analytics", "analytics")
                .lit(LIGHT)
                .at(window == Window.WEEK ? "/analytics" : "/analytics?window=" + window.label())
                .described(page.headline() + ". " + page.findings());
        return pages.show(call, "analytics", frame, page);
    }

    private Figures figures(Snapshot snapshot, Window window) {
        @Nullable Kept known = kept;
        if (known == null || known.snapshot() != snapshot) {
            known = new Kept(snapshot, new ConcurrentHashMap<>());
            kept = known;
        }
        return known.figures().computeIfAbsent(window, wanted -> Figures.of(snapshot, wanted, hues));
    }
}
