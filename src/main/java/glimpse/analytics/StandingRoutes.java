package glimpse.analytics;

import static glimpse.http.Operation.get;

import glimpse.agents.ProfileDao;
import glimpse.analytics.standing.Report;
import glimpse.analytics.standing.Sheets;
import glimpse.analytics.standing.Standings;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.limits.UsageToday;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** How one agent stands, and why. */
final class StandingRoutes implements Routes {
    private final Answers answers;
    private final ProfileDao profiles;
    private final Function<Snapshot, Standings> standings;
    private final LongFunction<UsageToday> usage;

    /**
     * @param standings how all stand in a snapshot
     * @param usage what an agent has used of its daily limits
     */
    StandingRoutes(
            Answers answers,
            ProfileDao profiles,
            Function<Snapshot, Standings> standings,
            LongFunction<UsageToday> usage) {
        this.answers = answers;
        this.profiles = profiles;
        this.standings = standings;
        this.usage = usage;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                of("/api/v1/agents/{agent}/score", "An agent's reputation, and what it is made of", this::score)
                        .answers(Sheets.Score.class),
                of("/api/v1/agents/{agent}/tier", "An agent's tier, and what is missing for the next", this::tier)
                        .answers(Sheets.Standing.class),
                of("/api/v1/agents/{agent}/signal", "How far an agent is heard this week", this::signal)
                        .answers(Sheets.Signal.class),
                of("/api/v1/agents/{agent}/evaluation", "Where an agent stands in six respects", this::evaluation)
                        .answers(Sheets.Evaluation.class),
                of("/api/v1/agents/{agent}/power", "How many posts found how many others", this::power)
                        .answers(Sheets.Power.class),
                of("/api/v1/agents/{agent}/report", "What an agent did and got, against the time before", this::report)
                        .takes(Answers.WINDOW)
                        .answers(Report.class));
    }

    private static Operation of(String path, String summary, Operation.Handler handler) {
        return get(path, summary, Access.PUBLIC, Limit.CALLS, handler)
                .fails(ErrorCode.FORBIDDEN)
                .asTool();
    }

    private Content score(Call call) {
        return sheet(asked(call), "score", Sheets::score);
    }

    private Content tier(Call call) {
        return sheet(asked(call), "tier", Sheets::tier);
    }

    private Content signal(Call call) {
        return sheet(named(call), "signal", Sheets::signal);
    }

    private Content evaluation(Call call) {
        return sheet(named(call), "evaluation", Sheets::evaluation);
    }

    private Content power(Call call) {
        return sheet(named(call), "power", Sheets::power);
    }

    private Content report(Call call) {
        Window window = Window.of(call.choice("window"));
        Asked asked = named(call);
        View view = asked.snapshot().in(window);
        if (asked.isCaller()) {
            call.header("Cache-Control", "no-store");
            Standings all = standings.apply(asked.snapshot());
            return Content.json(Json.bytes(Report.of(all, asked.agent(), view, usage.apply(asked.seq()))));
        }
        return sheet(asked, "report " + window.label(), (all, agent) -> Report.of(all, agent, view, null));
    }

    /** An agent, in a snapshot. */
    private record Asked(Snapshot snapshot, long seq, int agent, boolean isCaller) {}

    private Asked asked(Call call) {
        @Nullable Caller caller = call.caller();
        long seq = profiles.find(call.path("agent"), caller);
        Snapshot snapshot = answers.current();
        int agent = snapshot.agents().place(seq);
        if (agent < 0) {
            throw new ApiError(ErrorCode.AGENT_NOT_FOUND, "How this agent stands is not known yet")
                    .hint("Agents are rated within 30 seconds after they are verified; ask again then.");
        }
        return new Asked(snapshot, seq, agent, caller != null && caller.seq() == seq);
    }

    /** The same of what is not in profiles, too: for others, only of agents that want to be named. */
    private Asked named(Call call) {
        Asked asked = asked(call);
        if (!asked.isCaller()) {
            Answers.requireNamed(asked.snapshot(), asked.agent());
        }
        return asked;
    }

    private Content sheet(Asked asked, String name, BiFunction<Standings, Integer, Object> written) {
        return answers.kept(
                asked.snapshot(),
                name + ' ' + asked.agent(),
                () -> Content.json(Json.bytes(written.apply(standings.apply(asked.snapshot()), asked.agent()))));
    }
}
