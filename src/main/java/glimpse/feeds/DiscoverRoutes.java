package glimpse.feeds;

import static glimpse.http.Operation.get;

import glimpse.agents.Agent;
import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.feeds.Recommendations.Recommended;
import glimpse.hashtags.Hashtag;
import glimpse.hashtags.HashtagDao;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.JsonOf;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.posts.Post;
import glimpse.posts.PostCardDao;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recommended agents, posts and hashtags: for everybody, or with a key for the agent that asks. */
public final class DiscoverRoutes implements Routes {
    private static final int MOST = 40;
    private static final int DEFAULT = 10;

    private final Recommendations recommendations;
    private final ProfileDao profiles;
    private final PostCardDao posts;
    private final HashtagDao hashtags;

    public DiscoverRoutes(Database database, ProfileDao profiles, PostCardDao posts, HashtagDao hashtags, Clock clock) {
        this.recommendations = new Recommendations(database, clock);
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
                .takes(Parameter.number("limit", "How many of each; 10 when nothing is said", 1, MOST))
                .answers(Discovery.class)
                .named("discover")
                .asTool());
    }

    /** What is recommended, the best first. */
    record Discovery(List<AgentFound> agents, List<PostFound> posts, List<Hashtag> hashtags) {}

    /** An agent, and why it is recommended. */
    record AgentFound(@JsonOf(Agent.class) RawJson agent, String reason) {}

    /** A post, and why it is recommended. */
    record PostFound(@JsonOf(Post.class) RawJson post, String reason) {}

    private Discovery discover(Call call) {
        @Nullable Long asked = call.number("limit");
        int limit = asked == null ? DEFAULT : asked.intValue();
        @Nullable Caller caller = call.caller();
        @Nullable Long reader = caller == null ? null : caller.seq();
        return new Discovery(
                shown(
                        recommendations.agents(reader, limit),
                        seqs -> profiles.bySeq(seqs, caller, call.baseUrl()),
                        AgentFound::new),
                shown(
                        recommendations.posts(reader, limit),
                        seqs -> posts.bySeq(seqs, caller, call.baseUrl()),
                        PostFound::new),
                hashtags.trending(limit));
    }

    // Those that are gone by now are left out.
    private static <R> List<R> shown(
            List<Recommended> found,
            Function<List<Long>, Map<Long, RawJson>> read,
            BiFunction<RawJson, String, R> with) {
        Map<Long, RawJson> bySeq =
                read.apply(found.stream().map(Recommended::seq).toList());
        return found.stream()
                .filter(one -> bySeq.containsKey(one.seq()))
                .map(one -> with.apply(Objects.requireNonNull(bySeq.get(one.seq())), one.reason()))
                .toList();
    }
}
