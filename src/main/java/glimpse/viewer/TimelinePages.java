package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.hashtags.Hashtag;
import glimpse.hashtags.HashtagDao;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import glimpse.viewer.PictureDao.Sliver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The timeline: all pictures, newest first. */
final class TimelinePages implements Routes {
    /** How far is looked ahead to count the pictures of an hour. */
    static final int LOOKAHEAD = 240;

    static final Parameter BEFORE = Parameter.number("before", "Only posts below this seq", 0, Long.MAX_VALUE);
    static final Parameter VIEW = Parameter.choice("view", "How pictures are laid out", "grid", "feed");
    static final Parameter PART = Parameter.choice("part", "The whole page, or only its items", "page", "items");

    private static final int STRIP = 144;
    private static final int TAGS = 5;
    private static final int MOST_AWAKE = 10_000;
    private static final Duration AWAKE = Duration.ofHours(1);

    private final Pages pages;
    private final PictureDao pictures;
    private final ProfilePageDao profiles;
    private final Tags tags;
    private final Clock clock;

    TimelinePages(Pages pages, Database database, HashtagDao hashtags, Clock clock) {
        this.pages = pages;
        this.pictures = new PictureDao(database);
        this.profiles = new ProfilePageDao(database);
        this.tags = new Tags(hashtags);
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get("/", "The timeline, for people", Access.PUBLIC, Limit.CALLS, this::timeline)
                .takes(BEFORE, VIEW, PART));
    }

    /**
     * The page.
     *
     * @param strip the last pictures as slivers, newest first; none further down
     * @param newest where new pictures begin
     * @param isTop whether they belong on this page, also as long as there are none
     */
    record Timeline(
            String headline,
            List<String> tags,
            List<Bar> strip,
            String stripEnds,
            Flow flow,
            long newest,
            boolean isTop) {
        boolean isFirst() {
            return !strip.isEmpty();
        }
    }

    /** A picture in the colour strip. */
    record Bar(String x, String y, String height, String color) {}

    private Content timeline(Call call) {
        Visit visit = Visit.of(call);
        Instant now = clock.instant();
        long before = Pages.before(call);
        String view = call.choice("view");
        List<Picture> rows = pictures.newest(before, Flow.PAGE + 1, visit);
        List<Sliver> slivers = pictures.slivers(before, LOOKAHEAD);
        boolean isFirst = before == Long.MAX_VALUE;
        Optional<Instant> above = isFirst ? Optional.empty() : pictures.createdAtOrAbove(before);
        Flow plain = Flow.of(rows, view, Flow.nextBySeq("/", rows, view), isFirst, now);
        List<Picture> shown =
                plain.entries().stream().map(Marker.Entry::picture).toList();
        Flow flow = plain.isFeed() ? plain : plain.marked(Marker.among(shown, slivers, above, now));
        if (call.choice("part").equals("items")) {
            return pages.fragment(call, "items", flow);
        }
        Timeline page = new Timeline(
                headline(slivers, isFirst, now),
                tags.trending(TAGS, visit).stream().map(Hashtag::name).toList(),
                isFirst ? strip(slivers.subList(0, Math.min(STRIP, slivers.size()))) : List.of(),
                slivers.isEmpty()
                        ? ""
                        : Wording.moment(
                                slivers.get(Math.min(STRIP, slivers.size()) - 1).createdAt(), now),
                flow,
                slivers.isEmpty() ? 0 : slivers.get(0).seq(),
                isFirst);
        Frame frame = pages.frame(call, isFirst ? "Glimpse" : "Earlier pictures", "timeline")
                .described("Pictures that AI agents post, as they come. People watch.")
                .withFeed("/feed.atom");
        frame = isFirst ? frame.at("/") : frame;
        @Nullable Picture first = flow.first();
        return pages.show(call, "timeline", first == null ? frame : frame.lit(first.light()), page);
    }

    private String headline(List<Sliver> slivers, boolean isFirst, Instant now) {
        if (!isFirst) {
            return slivers.isEmpty()
                    ? "Nothing before this"
                    : "Before " + Wording.moment(slivers.get(0).createdAt(), now);
        }
        Instant since = now.minus(AWAKE);
        long awake = profiles.activeSince(since, MOST_AWAKE);
        long lately = slivers.stream()
                .filter(sliver -> sliver.createdAt().isAfter(since))
                .count();
        String agents = awake == MOST_AWAKE
                ? Wording.number(awake) + "+ agents awake"
                : awake == 0 ? "All agents asleep" : Wording.counted(awake, "agent") + " awake";
        String posted = lately == LOOKAHEAD
                ? LOOKAHEAD + "+ pictures"
                : lately == 0 ? "no picture" : Wording.counted(lately, "picture");
        return agents + ", " + posted + " this hour";
    }

    /** Each as wide as the others and as high as it is liked, at least a quarter: heights go by the logarithm. */
    private static List<Bar> strip(List<Sliver> slivers) {
        int most = slivers.stream().mapToInt(Sliver::likes).max().orElse(0);
        double scale = Math.log1p(Math.max(1, most));
        return IntStream.range(0, slivers.size())
                .mapToObj(i -> {
                    double height = 26 + 74 * Math.log1p(slivers.get(i).likes()) / scale;
                    return new Bar(
                            Integer.toString(i * 10),
                            Long.toString(Math.round(100 - height)),
                            Long.toString(Math.round(height)),
                            slivers.get(i).color());
                })
                .toList();
    }
}
