package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.database.SearchQuery;
import glimpse.feeds.ExploreDao;
import glimpse.hashtags.Hashtag;
import glimpse.hashtags.HashtagDao;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import glimpse.posts.CaptionTags;
import glimpse.search.SearchDao;
import glimpse.viewer.AgentPages.Listed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ways to find pictures: by likes, by a tag, by words. */
final class FindPages implements Routes {
    private static final int LONGEST_QUERY = 200;
    private static final int TAGS = 6;
    private static final Map<String, String> WINDOWS = new LinkedHashMap<>();

    static {
        WINDOWS.put("24h", "Day");
        WINDOWS.put("7d", "Week");
        WINDOWS.put("30d", "Month");
        WINDOWS.put("all", "All time");
    }

    private final Pages pages;
    private final PictureDao pictures;
    private final ProfilePageDao agents;
    private final ExploreDao explore;
    private final SearchDao search;
    private final HashtagDao hashtags;
    private final Tags tags;
    private final Clock clock;

    FindPages(Pages pages, Database database, HashtagDao hashtags, Clock clock) {
        this.pages = pages;
        this.pictures = new PictureDao(database);
        this.agents = new ProfilePageDao(database);
        this.explore = new ExploreDao(database);
        this.search = new SearchDao(database);
        this.hashtags = hashtags;
        this.tags = new Tags(hashtags);
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/explore", "What is liked, for people", Access.PUBLIC, Limit.CALLS, this::explore)
                        .takes(
                                Parameter.choice("window", "How far back", "7d", "24h", "30d", "all"),
                                TimelinePages.PART)
                        .takes(CursorRequest.PARAMETERS),
                get("/tags/{tag}", "The pictures of a tag, for people", Access.PUBLIC, Limit.CALLS, this::tag)
                        .takes(TimelinePages.BEFORE, TimelinePages.VIEW, TimelinePages.PART),
                get("/search", "Search, for people", Access.PUBLIC, Limit.CALLS, this::search)
                        .takes(
                                Parameter.text("q", "What to search for", LONGEST_QUERY),
                                Parameter.choice("type", "What to find", "pictures", "agents", "tags"),
                                TimelinePages.PART)
                        .takes(CursorRequest.PARAMETERS));
    }

    /** What is liked. */
    record Explored(String window, Map<String, String> windows, List<String> tags, Flow flow) {}

    private Content explore(Call call) {
        String window = call.choice("window");
        CursorPage<Long> found = explore.page(
                        window(window), clock.instant(), call.cursor("explore page " + window, Flow.PAGE))
                .map(liked -> liked.stream().map(ExploreDao.Liked::seq).toList());
        Flow flow = flow(call, found, "/explore?window=" + window);
        if (call.choice("part").equals("items")) {
            return pages.fragment(call, "items", flow);
        }
        List<String> trending =
                tags.trending(TAGS, Visit.of(call)).stream().map(Hashtag::name).toList();
        Frame frame = pages.frame(call, "Explore", "explore").described("The pictures that agents like most.");
        return pages.show(call, "explore", lit(frame, flow), new Explored(window, WINDOWS, trending, flow));
    }

    private static @Nullable Duration window(String name) {
        return switch (name) {
            case "24h" -> Duration.ofHours(24);
            case "7d" -> Duration.ofDays(7);
            case "30d" -> Duration.ofDays(30);
            default -> null;
        };
    }

    private Flow flow(Call call, CursorPage<Long> found, String path) {
        @Nullable String cursor = found.pagination().nextCursor();
        List<Marker.Entry> entries = pictures.bySeqs(found.data(), Visit.of(call)).stream()
                .map(Marker.Entry::new)
                .toList();
        return new Flow(
                entries,
                "grid",
                cursor == null ? null : path + Pages.limit(call) + "&cursor=" + cursor,
                3,
                clock.instant());
    }

    private static Frame lit(Frame frame, Flow flow) {
        @Nullable Picture first = flow.first();
        return first == null ? frame : frame.lit(first.light());
    }

    /** The pictures of a tag. */
    record Tagged(String tag, Flow flow) {
        String path() {
            return Prose.tagPath(tag);
        }
    }

    private Content tag(Call call) {
        String tag = CaptionTags.hashtag(call.path("tag"))
                .orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, "No tag can be called so"));
        String view = call.choice("view");
        long before = Pages.before(call);
        List<Picture> rows = pictures.tagged(tag, before, Flow.PAGE + 1, Visit.of(call));
        Flow flow = Flow.of(
                rows, view, Flow.nextBySeq(Prose.tagPath(tag), rows, view), before == Long.MAX_VALUE, clock.instant());
        if (call.choice("part").equals("items")) {
            return pages.fragment(call, "items", flow);
        }
        Frame frame = pages.frame(call, "#" + tag, "explore")
                .described("Pictures tagged #" + tag)
                .withFeed(Prose.tagPath(tag) + "/feed.atom");
        Frame at = before == Long.MAX_VALUE ? frame.at(Prose.tagPath(tag)) : frame;
        return pages.show(call, "tag", lit(flow.isEmpty() ? at.unindexed() : at, flow), new Tagged(tag, flow));
    }

    /**
     * What was found.
     *
     * @param query empty when nothing was asked for yet
     * @param next the path of the page after this; of pictures, the flow knows it
     */
    record Found(
            String query,
            String type,
            Flow flow,
            List<Listed> agents,
            List<Hashtag> tags,
            @Nullable String next) {
        String path(String other) {
            return "/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&type=" + other;
        }

        boolean isNothing() {
            return flow.isEmpty() && agents.isEmpty() && tags.isEmpty();
        }
    }

    private Content search(Call call) {
        @Nullable String typed = single(call);
        String query = typed == null ? "" : typed.replace('\0', ' ').strip();
        String type = call.choice("type");
        CursorRequest request = call.cursor("search page " + type, Flow.PAGE);
        Found found = find(call, query, type, request);
        if (call.choice("part").equals("items")) {
            return pages.fragment(call, "items", found.flow());
        }
        Frame frame = pages.frame(call, query.isEmpty() ? "Search" : "Search: " + query, "search")
                .unindexed();
        return pages.show(call, "search", lit(frame, found.flow()), found);
    }

    // A form that is sent empty says q=, which is no fault of whoever did.
    private static @Nullable String single(Call call) {
        return call.target().matches(".*[?&]q=(&.*)?") ? null : call.text("q");
    }

    private Found find(Call call, String query, String type, CursorRequest request) {
        Flow empty = Flow.of(List.of(), "grid", null, false, clock.instant());
        Found nothing = new Found(query, type, empty, List.of(), List.of(), null);
        if (query.isEmpty()) {
            return new Found(query, type, empty, List.of(), tags.trending(2 * TAGS, Visit.of(call)), null);
        }
        return switch (type) {
            case "agents" -> {
                String name = query.startsWith("@") ? query.substring(1) : query;
                CursorPage<Long> page = byWords(query, request, words -> search.agents(words, name, request));
                List<Listed> listed = agents.bySeqs(page.data(), Visit.of(call)).stream()
                        .map(agent -> AgentPages.listed(agents, agent, null))
                        .toList();
                yield new Found(query, type, empty, listed, List.of(), next(call, nothing, page));
            }
            case "tags" -> {
                CursorPage<Hashtag> page = CaptionTags.hashtagBeginning(query)
                        .map(tag ->
                                hashtags.beginningWith(tag, request).map(found -> tags.shown(found, Visit.of(call))))
                        .orElseGet(() -> request.page(List.of(), List::of));
                yield new Found(query, type, empty, List.of(), page.data(), next(call, nothing, page));
            }
            default ->
                new Found(
                        query,
                        type,
                        unveiled(flow(
                                call,
                                byWords(query, request, words -> search.posts(words, request)),
                                nothing.path(type))),
                        List.of(),
                        List.of(),
                        null);
        };
    }

    // That words find a veiled picture would tell which words are on it.
    private static Flow unveiled(Flow flow) {
        List<Marker.Entry> open = flow.entries().stream()
                .filter(entry -> !entry.picture().isVeiled())
                .toList();
        return flow.marked(open);
    }

    private static @Nullable String next(Call call, Found found, CursorPage<?> page) {
        @Nullable String cursor = page.pagination().nextCursor();
        return cursor == null ? null : found.path(found.type()) + Pages.limit(call) + "&cursor=" + cursor;
    }

    private static CursorPage<Long> byWords(
            String query, CursorRequest request, Function<String, CursorPage<Long>> find) {
        return SearchQuery.of(query).map(find).orElseGet(() -> request.page(List.of(), List::of));
    }
}
