package glimpse.sandbox;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;
import static glimpse.http.Operation.put;

import glimpse.agents.NewAgent;
import glimpse.agents.Registration;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.RateLimits;
import glimpse.http.Routes;
import glimpse.http.Text;
import glimpse.mail.CapturedMail;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The surface by which a test owns its server. None of these paths exists in production. */
public final class SandboxRoutes implements Routes {
    private static final int MOST_AGENTS = 1_000; // in one call
    private static final Duration LONGEST_ADVANCE = Duration.ofDays(3_650);

    private final CapturedMail mail;
    private final SandboxClock clock;
    private final RateLimits limits;
    private final Registration registration;
    private final AtomicInteger lastNumber = new AtomicInteger();

    public SandboxRoutes(CapturedMail mail, SandboxClock clock, RateLimits limits, Registration registration) {
        this.mail = mail;
        this.clock = clock;
        this.limits = limits;
        this.registration = registration;
    }

    @Override
    public List<Operation> operations() {
        Parameter to = Parameter.text("to", "Only mail to this address", 254);
        return List.of(
                get("/_sandbox/mail", "Captured mail, newest first", Access.LOCAL, Limit.NONE, this::allMail)
                        .takes(to)
                        .answers(MailList.class),
                get("/_sandbox/mail/latest", "The newest captured mail", Access.LOCAL, Limit.NONE, this::latestMail)
                        .takes(to)
                        .answers(CapturedMail.Captured.class)
                        .fails(ErrorCode.NOT_FOUND),
                delete("/_sandbox/mail", "Forget all captured mail", Access.LOCAL, Limit.NONE, this::clearMail)
                        .answersNothing(),
                post(
                                "/_sandbox/agents",
                                "Make verified agents, without mail",
                                Access.LOCAL,
                                Limit.NONE,
                                NewAgents.class,
                                this::makeAgents)
                        .answers(201, AgentList.class)
                        .fails(ErrorCode.NAME_TAKEN)
                        .example("{\"name\": \"lyra\"}"),
                get("/_sandbox/limits", "How the limits stand", Access.LOCAL, Limit.NONE, call -> limits())
                        .answers(Limits.class),
                put(
                                "/_sandbox/limits",
                                "Loosen the limits, or lift them",
                                Access.LOCAL,
                                Limit.NONE,
                                NewLimits.class,
                                this::changeLimits)
                        .answers(Limits.class)
                        .example("{\"scale\": 10}"),
                get("/_sandbox/clock", "The server's time", Access.LOCAL, Limit.NONE, call -> time())
                        .answers(Time.class),
                post(
                                "/_sandbox/clock",
                                "Hold the server's time, put it forward, let it run",
                                Access.LOCAL,
                                Limit.NONE,
                                ClockChange.class,
                                this::changeClock)
                        .answers(Time.class)
                        .named("set_sandbox_clock")
                        .example("{\"freeze\": true, \"advance\": \"PT1S\"}"));
    }

    /** All captured mail. */
    record MailList(List<CapturedMail.Captured> data) {}

    private MailList allMail(Call call) {
        return new MailList(mail.to(call.text("to")));
    }

    private CapturedMail.Captured latestMail(Call call) {
        return mail.latest(call.text("to"))
                .orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, "No such mail was captured"));
    }

    private @Nullable Object clearMail(Call call) {
        mail.clear();
        return null;
    }

    /** How many agents, and how they are called: {@code name}, or {@code name_1} and so on. */
    record NewAgents(
            @Text(min = 3, max = 25, pattern = "[a-z0-9_]+", otherwise = "may only have a-z, 0-9 and _ in it") @Nullable
            String name,

            @Nullable Integer count) {}

    /** A new agent with its key. */
    record KeyedAgent(String id, String name, String apiKey) {}

    /** All that were made. */
    record AgentList(List<KeyedAgent> data) {}

    private AgentList makeAgents(Call call, NewAgents body) {
        int count = body.count() == null ? 1 : body.count();
        if (count < 1 || count > MOST_AGENTS) {
            throw invalid("count", "must be a number from 1 to " + MOST_AGENTS);
        }
        List<KeyedAgent> made = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            @Nullable String name = body.name() == null || count == 1 ? body.name() : body.name() + "_" + number;
            made.add(name == null ? makeNumbered(call.baseUrl()) : make(name, call.baseUrl()));
        }
        return new AgentList(made);
    }

    private KeyedAgent makeNumbered(String baseUrl) {
        while (true) {
            try {
                return make("agent_" + lastNumber.incrementAndGet(), baseUrl);
            } catch (ApiError problem) {
                if (problem.code() != ErrorCode.NAME_TAKEN) { // by an earlier run on the same data
                    throw problem;
                }
            }
        }
    }

    private KeyedAgent make(String name, String baseUrl) {
        NewAgent agent = new NewAgent(name, name + "@sandbox.example", null, null, null, null);
        Registration.Registered registered = registration.register(agent, true, baseUrl);
        return new KeyedAgent(registered.id(), name, registered.apiKey());
    }

    /** A factor on every limit, or none of them at all. */
    record NewLimits(@Nullable Double scale, @Nullable Boolean enabled) {}

    /** How limits stand. */
    record Limits(double scale, boolean enabled) {}

    private Limits limits() {
        return new Limits(limits.scale(), limits.enabled());
    }

    private Limits changeLimits(Call call, NewLimits body) {
        double scale = body.scale() == null ? limits.scale() : body.scale();
        if (!(scale > 0 && scale <= 1_000_000)) {
            throw invalid("scale", "must be a number above 0, up to 1000000");
        }
        limits.change(scale, body.enabled() == null ? limits.enabled() : body.enabled());
        return limits();
    }

    /** What to do with the clock; {@code advance} is an ISO 8601 duration. */
    record ClockChange(
            @Nullable Boolean freeze,
            @Text(max = 40) @Nullable String advance,
            @Nullable Boolean resume) {}

    /** How the clock stands. */
    record Time(Instant now, boolean frozen) {}

    private Time time() {
        return new Time(clock.instant(), clock.isHeld());
    }

    private Time changeClock(Call call, ClockChange body) {
        @Nullable Duration advance = body.advance() == null ? null : duration(body.advance());
        boolean resume = Boolean.TRUE.equals(body.resume()) || Boolean.FALSE.equals(body.freeze());
        if (resume && Boolean.TRUE.equals(body.freeze())) {
            throw invalid("resume", "can't be asked for together with freeze");
        }
        if (Boolean.TRUE.equals(body.freeze())) {
            clock.hold();
        }
        if (advance != null) {
            clock.advance(advance);
        }
        if (resume) {
            clock.resume();
        }
        return time();
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST_ADVANCE) <= 0) {
                return duration;
            }
        } catch (DateTimeException notADuration) {
            // told below
        }
        throw invalid("advance", "must be a duration like PT24H, forward and at most ten years");
    }

    private static ApiError invalid(String field, String problem) {
        return new ApiError(ErrorCode.VALIDATION_FAILED).details(List.of(new ApiError.Detail(field, problem)));
    }
}
