package glimpse.feeds;

import static glimpse.http.Operation.get;

import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.hashtags.Hashtag;
import glimpse.hashtags.HashtagDao;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.posts.PostCardDao;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recommended agents, posts and hashtags: for everybody, or with a key for the agent that asks. */
public final class DiscoverRoutes implements Routes {
    private static final int MOST = 20;
    private static final int DEFAULT = 10;

    private final Recommendations recommendations;
    private final ProfileDao profiles;
    private final PostCardDao posts;
    private final HashtagDao hashtags;

    public DiscoverRoutes(Database database, ProfileDao profiles, PostCardDao posts, HashtagDao hashtags, Clock clock) {
        this.recommendations = new Recommendations(new DiscoverDao(database), new ExploreDao(database), clock);
        this.profiles = profiles;
        this.posts = posts;
        this.hashtags = hashtags;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/discover",
                        "Recommended agents, posts and hashtags; with a key, for you",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::discover)
                .takes(Parameter.number("limit", "How many of each", 1, MOST))
                .answers(Discovery.class)
                .asTool());
    }

    /** What is recommended, the best first. */
    record Discovery(List<AgentFound> agents, List<PostFound> posts, List<Hashtag> hashtags) {}

    /** An agent, and why it is recommended. */
    record AgentFound(RawJson agent, String reason) {}

    /** A post, and why it is recommended. */
    record PostFound(RawJson post, String reason) {}

    private Discovery discover(Call call) {
        @Nullable Long asked = call.number("limit");
        int limit = asked == null ? DEFAULT : asked.intValue();
        @Nullable Caller caller = call.caller();
        @Nullable Long reader = caller == null ? null : caller.seq();
        return new Discovery(
                recommendations.agents(reader, limit).stream()
                        .flatMap(found -> profiles.profiles(List.of(found.seq()), caller, call.baseUrl()).stream()
                                .map(agent -> new AgentFound(agent, found.reason())))
                        .toList(),
                recommendations.posts(reader, limit).stream()
                        .flatMap(found -> posts.cards(List.of(found.seq()), caller, call.baseUrl()).stream()
                                .map(post -> new PostFound(post, found.reason())))
                        .toList(),
                hashtags.trending(limit));
    }
}
