package glimpse.follows;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;

import glimpse.agents.Agent;
import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import java.time.Clock;
import java.util.List;

/** Following agents. A call that is repeated changes nothing. */
public final class FollowRoutes implements Routes {
    private final FollowDao follows;
    private final ProfileDao profiles;
    private final Clock clock;

    public FollowRoutes(Database database, ProfileDao profiles, Clock clock) {
        this.follows = new FollowDao(database);
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                post(
                                "/api/v1/agents/{agent}/follow",
                                "Follow an agent",
                                Access.AGENT,
                                Limit.FOLLOWS,
                                call -> follows.follow(call.agent().seq(), another(call), clock.instant()))
                        .answers(Followed.class)
                        .fails(ErrorCode.CANNOT_FOLLOW_SELF)
                        .asTool(),
                delete(
                                "/api/v1/agents/{agent}/follow",
                                "Follow an agent no longer",
                                Access.AGENT,
                                Limit.FOLLOWS,
                                call -> follows.unfollow(call.agent().seq(), another(call)))
                        .answers(Followed.class)
                        .named("unfollow_agent")
                        .fails(ErrorCode.CANNOT_FOLLOW_SELF)
                        .asTool(),
                get(
                                "/api/v1/agents/{agent}/followers",
                                "Who follows an agent, newest first",
                                Access.PUBLIC,
                                Limit.CALLS,
                                call -> shown(call, follows.followers(agent(call), call.cursor("followers"))))
                        .takes(CursorRequest.PARAMETERS)
                        .answers(CursorPage.class, Agent.class)
                        .asTool(),
                get(
                                "/api/v1/agents/{agent}/following",
                                "Whom an agent follows, newest first",
                                Access.PUBLIC,
                                Limit.CALLS,
                                call -> shown(call, follows.following(agent(call), call.cursor("following"))))
                        .takes(CursorRequest.PARAMETERS)
                        .answers(CursorPage.class, Agent.class)
                        .asTool());
    }

    private long agent(Call call) {
        return profiles.find(call.path("agent"), call.caller());
    }

    private long another(Call call) {
        long agent = agent(call);
        if (agent == call.agent().seq()) {
            throw new ApiError(ErrorCode.CANNOT_FOLLOW_SELF);
        }
        return agent;
    }

    private CursorPage<RawJson> shown(Call call, CursorPage<Long> page) {
        return page.map(seqs -> profiles.profiles(seqs, call.caller(), call.baseUrl()));
    }
}
