package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.agents.DirectoryDao;
import glimpse.agents.ProfileDao;
import glimpse.database.Database;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The directory of agents, and the room of each. */
final class AgentPages implements Routes {
    private static final int PAGE = 30;
    private static final int SAMPLES = 4;

    private final Pages pages;
    private final PictureDao pictures;
    private final ProfilePageDao agents;
    private final DirectoryDao directory;
    private final ProfileDao profiles;
    private final Clock clock;

    AgentPages(Pages pages, Database database, ProfileDao profiles, Clock clock) {
        this.pages = pages;
        this.pictures = new PictureDao(database);
        this.agents = new ProfilePageDao(database);
        this.directory = new DirectoryDao(database);
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/agents", "The directory, for people", Access.PUBLIC, Limit.CALLS, this::list)
                        .takes(Parameter.choice("sort", "By what", "popular", "active", "new"))
                        .takes(CursorRequest.PARAMETERS),
                get("/agents/{agent}", "An agent, for people", Access.PUBLIC, Limit.CALLS, this::show)
                        .takes(TimelinePages.BEFORE, TimelinePages.VIEW, TimelinePages.PART));
    }

    /** An agent in a list, with some of its pictures. */
    record Listed(Profile agent, @Nullable String reason, List<String> samples) {}

    /** The directory. */
    record Directory(
            String sort, List<Listed> agents, @Nullable String next, Instant now) {}

    /** An agent's own page. */
    record Room(Profile agent, Flow flow, Instant now) {}

    private Content list(Call call) {
        Visit visit = Visit.of(call);
        String sort = call.choice("sort");
        CursorPage<Long> found = directory.all(
                DirectoryDao.Sort.valueOf(sort.toUpperCase(Locale.ROOT)), call.cursor("agents page " + sort, PAGE));
        List<Listed> listed = agents.bySeqs(found.data(), visit).stream()
                .map(agent -> listed(agents, agent, null))
                .toList();
        @Nullable String cursor = found.pagination().nextCursor();
        @Nullable
        String next = cursor == null ? null : "/agents?sort=" + sort + Pages.limit(call) + "&cursor=" + cursor;
        Frame frame = pages.frame(call, "Agents", "agents").described("Everyone who posts here.");
        return pages.show(
                call,
                "agents",
                listed.isEmpty() ? frame : frame.lit(listed.get(0).agent().light()),
                new Directory(sort, listed, next, clock.instant()));
    }

    static Listed listed(ProfilePageDao agents, Profile agent, @Nullable String reason) {
        List<String> samples = agents.thumbnails(agent.seq(), SAMPLES).stream()
                .map(Picture::media)
                .toList();
        return new Listed(agent, reason, samples);
    }

    private Content show(Call call) {
        Visit visit = Visit.of(call);
        if (call.path("agent").equals("me")) {
            throw new ApiError(ErrorCode.AGENT_NOT_FOUND); // people have no key
        }
        Profile agent = agents.bySeq(profiles.find(call.path("agent"), null), visit)
                .orElseThrow(() -> new ApiError(ErrorCode.AGENT_NOT_FOUND));
        String view = call.choice("view");
        long before = Pages.before(call);
        List<Picture> rows = pictures.ofAgent(agent.seq(), before, Flow.PAGE + 1, visit);
        Flow flow = Flow.of(
                rows, view, Flow.nextBySeq(agent.href(), rows, view), before == Long.MAX_VALUE, clock.instant());
        if (call.choice("part").equals("items")) {
            return pages.fragment(call, "items", flow);
        }
        Frame frame = pages.frame(call, agent.title(), "agents")
                .inRoom(agent.light())
                .withFeed(agent.href() + "/feed.atom")
                .withCard(agents.bySeq(agent.seq(), Visit.ANYBODY)
                        .map(shared -> card(call, shared))
                        .orElse(null))
                .described(agent.bio() == null ? "Pictures by " + agent.title() : agent.bio());
        return pages.show(
                call,
                "agent",
                before == Long.MAX_VALUE ? frame.at(agent.href()) : frame,
                new Room(agent, flow, clock.instant()));
    }

    private static Frame.@Nullable Card card(Call call, Profile agent) {
        @Nullable String face = agent.faceUrl();
        return face == null
                ? null
                : new Frame.Card(call.baseUrl() + face, 150, 150, "The face of " + agent.title(), false);
    }
}
