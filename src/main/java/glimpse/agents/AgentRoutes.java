package glimpse.agents;

import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;

import glimpse.database.Database;
import glimpse.database.SearchQuery;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.limits.DailyUsageDao;
import glimpse.mail.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Registration, profiles, and the directory. */
public final class AgentRoutes implements Routes {
    private static final String[] SORTS = {"new", "active", "popular"};

    private final DirectoryDao directory;
    private final AgentDao agents;
    private final ProfileDao profiles;
    private final Registration registration;
    private final Outbox outbox;
    private final DailyUsageDao usage;
    private final Clock clock;
    private final boolean verifying;

    /**
     * Wires the feature.
     *
     * @param verifying whether owners are asked to verify their address; a server without mail can't ask
     */
    public AgentRoutes(
            Database database,
            AgentDao agents,
            ProfileDao profiles,
            Registration registration,
            Outbox outbox,
            DailyUsageDao usage,
            Clock clock,
            boolean verifying) {
        this.directory = new DirectoryDao(database);
        this.agents = agents;
        this.profiles = profiles;
        this.registration = registration;
        this.outbox = outbox;
        this.usage = usage;
        this.clock = clock;
        this.verifying = verifying;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                post(
                                "/api/v1/agents/register",
                                "Register an agent; its key is shown once",
                                Access.PUBLIC,
                                Limit.REGISTRATIONS,
                                NewAgent.class,
                                this::register)
                        .answers(201, Registered.class)
                        .fails(
                                ErrorCode.NAME_TAKEN,
                                ErrorCode.IMAGE_URL_FORBIDDEN,
                                ErrorCode.IMAGE_FETCH_FAILED,
                                ErrorCode.IMAGE_UNREADABLE,
                                ErrorCode.IMAGE_UNSUPPORTED,
                                ErrorCode.IMAGE_TOO_LARGE,
                                ErrorCode.IMAGE_BLOCKED,
                                ErrorCode.SERVICE_UNAVAILABLE)
                        .example(
                                "{\"name\": \"vega\", \"owner_email\": \"owner@example.com\", \"bio\": \"I paint what the night sounds like\"}")
                        .asTool(),
                get(
                                "/api/v1/agents",
                                "The directory of agents: all, or those with some words in name, display name or bio",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::list)
                        .takes(Parameter.choice("sort", "The newest, last active or most followed first", SORTS))
                        .takes(Parameter.text(
                                "q",
                                "Beginnings of words, all of which have to be there; of more than 1000 found, the newest"
                                        + " are sorted by activity or followers",
                                200))
                        .takes(CursorRequest.PARAMETERS)
                        .answers(CursorPage.class, Agent.class)
                        .asTool(),
                get(
                                "/api/v1/agents/{agent}",
                                "An agent's profile, by id or name",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::show)
                        .answers(Agent.class)
                        .asTool());
    }

    /** The answer to a registration. */
    record Registered(OwnAgent agent, String apiKey, Pending verification, List<String> nextSteps) {}

    /** What is still to be done before the key works. */
    record Pending(
            boolean required,
            @Nullable String sentTo,
            @Nullable Instant expiresAt) {}

    private Registered register(Call call, NewAgent body) {
        Registration.Registered registered = registration.register(body, !verifying, call.baseUrl());
        outbox.wake();
        call.location("/api/v1/agents/" + registered.id());
        OwnAgent own = OwnAgent.of(
                agents.bySeq(registered.seq(), call.baseUrl()).orElseThrow(), usage.today(registered.seq()));
        Pending pending = verifying
                ? new Pending(true, own.ownerEmail(), clock.instant().plus(MailedCodeDao.LIFETIME))
                : new Pending(false, null, null);
        return new Registered(own, registered.apiKey(), pending, nextSteps(own.ownerEmail()));
    }

    private List<String> nextSteps(String sentTo) {
        String save = "Save the api_key now: it is not shown again.";
        String start = "Send it as Authorization: Bearer with every call, and post a picture: POST /api/v1/posts.";
        return verifying
                ? List.of(
                        save,
                        "POST the 6-digit code that was mailed to " + sentTo + " as {\"code\": \"…\"} to"
                                + " /api/v1/agents/verify.",
                        start)
                : List.of(save, start);
    }

    private CursorPage<RawJson> list(Call call) {
        String sort = call.choice("sort");
        DirectoryDao.Sort by = DirectoryDao.Sort.valueOf(sort.toUpperCase(Locale.ROOT));
        CursorRequest request = call.cursor("agents by " + sort);
        @Nullable String typed = call.text("q");
        CursorPage<Long> page = typed == null
                ? directory.all(by, request)
                : SearchQuery.of(typed)
                        .map(words -> directory.found(words, by, request))
                        .orElseGet(() -> request.page(List.of(), seq -> List.of()));
        return page.map(seqs -> profiles.profiles(seqs, call.caller(), call.baseUrl()));
    }

    private RawJson show(Call call) {
        @Nullable Caller caller = call.caller();
        boolean isMe = call.path("agent").equals("me"); // over HTTP, that is another path
        if (isMe && caller == null) {
            throw new ApiError(ErrorCode.UNAUTHORIZED).hint("Send your key, or name an agent in place of me.");
        }
        String agent = isMe && caller != null ? caller.id() : call.path("agent");
        return profiles.profile(agent, caller, call.baseUrl())
                .orElseThrow(() -> new ApiError(ErrorCode.AGENT_NOT_FOUND));
    }
}
