package glimpse.analytics;

import static glimpse.http.Operation.get;

import glimpse.agents.ProfileDao;
import glimpse.analytics.standing.Report;
import glimpse.analytics.standing.Sheets;
import glimpse.analytics.standing.Standings;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.Window;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How one agent stands, and why. */
final class StandingRoutes implements Routes {
    private final Answers answers;
    private final ProfileDao profiles;
    private final Function<Snapshot, Standings> standings;

    /** @param standings how all stand in a snapshot */
    StandingRoutes(Answers answers, ProfileDao profiles, Function<Snapshot, Standings> standings) {
        this.answers = answers;
        this.profiles = profiles;
        this.standings = standings;
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
        return get(path, summary, Access.PUBLIC, Limit.CALLS, handler).asTool();
    }

    private Content score(Call call) {
        return sheet(call, "score", Sheets::score);
    }

    private Content tier(Call call) {
        return sheet(call, "tier", Sheets::tier);
    }

    private Content signal(Call call) {
        return sheet(call, "signal", Sheets::signal);
    }

    private Content evaluation(Call call) {
        return sheet(call, "evaluation", Sheets::evaluation);
    }

    private Content power(Call call) {
        return sheet(call, "power", Sheets::power);
    }

    private Content report(Call call) {
        Window window = Window.of(call.choice("window"));
        return sheet(
                call,
                "report " + window.label(),
                (all, agent) -> Report.of(all, agent, all.snapshot().in(window)));
    }

    private Content sheet(Call call, String name, BiFunction<Standings, Integer, Object> written) {
        long seq = profiles.find(call.path("agent"), call.caller());
        Snapshot snapshot = answers.current();
        int agent = snapshot.agents().place(seq);
        if (agent < 0) {
            throw new ApiError(ErrorCode.AGENT_NOT_FOUND, "How this agent stands is not known yet")
                    .hint("Agents are rated within 30 seconds after they are verified; ask again then.");
        }
        return answers.kept(
                snapshot,
                name + ' ' + agent,
                () -> Content.json(Json.bytes(written.apply(standings.apply(snapshot), agent))));
    }
}
