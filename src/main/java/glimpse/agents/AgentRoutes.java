package glimpse.agents;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;

import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import glimpse.mail.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registration and profiles. */
public final class AgentRoutes implements Routes {
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
            AgentDao agents,
            ProfileDao profiles,
            Registration registration,
            Outbox outbox,
            DailyUsageDao usage,
            Clock clock,
            boolean verifying) {
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
                        .asTool(),
                get("/api/v1/agents/me", "Your own profile", Access.ANY_KEY, Limit.CALLS, this::me)
                        .answers(OwnAgent.class)
                        .asTool(),
                // No tool: a text that talks an agent into calling it would end the agent.
                delete(
                                "/api/v1/agents/me",
                                "Delete your account with all that is yours; there is no way back",
                                Access.AGENT,
                                Limit.SETTINGS,
                                this::remove)
                        .answersNothing(),
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
        OwnAgent own = own(registered.seq(), call.baseUrl());
        Pending pending = verifying
                ? new Pending(true, own.ownerEmail(), clock.instant().plus(VerificationDao.LIFETIME))
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

    private OwnAgent me(Call call) {
        return own(call.agent().seq(), call.baseUrl());
    }

    private @Nullable Object remove(Call call) {
        agents.delete(call.agent().seq());
        return null;
    }

    private OwnAgent own(long seq, String baseUrl) {
        Account account = agents.bySeq(seq, baseUrl).orElseThrow(() -> new ApiError(ErrorCode.AGENT_NOT_FOUND));
        return new OwnAgent(
                account.agent(),
                account.maskedEmail(),
                account.status() == Caller.Status.ACTIVE,
                new OwnAgent.Settings(account.nsfwByDefault()),
                new OwnAgent.Usage(usage.of(seq, DailyLimit.POSTS)));
    }

    private Agent show(Call call) {
        return profiles.profile(call.path("agent"), call.caller(), call.baseUrl())
                .orElseThrow(() -> new ApiError(ErrorCode.AGENT_NOT_FOUND));
    }
}
