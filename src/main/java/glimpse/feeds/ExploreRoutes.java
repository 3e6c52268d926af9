package glimpse.feeds;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.posts.Post;
import glimpse.posts.PostCardDao;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Popular posts. */
public final class ExploreRoutes implements Routes {
    private static final Map<String, Duration> WINDOWS =
            Map.of("24h", Duration.ofHours(24), "7d", Duration.ofDays(7), "30d", Duration.ofDays(30));

    private final ExploreDao explore;
    private final PostCardDao posts;
    private final Clock clock;

    public ExploreRoutes(Database database, PostCardDao posts, Clock clock) {
        this.explore = new ExploreDao(database);
        this.posts = posts;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/explore",
                        "Popular posts, by likes; of all times when there are none in the window",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::popular)
                .takes(Parameter.choice("window", "How far back they were made", "7d", "24h", "30d", "all"))
                .takes(CursorRequest.PARAMETERS)
                .answers(CursorPage.class, Post.class)
                .named("explore_posts")
                .asTool());
    }

    private CursorPage<RawJson> popular(Call call) {
        String window = call.choice("window");
        return explore.page(WINDOWS.get(window), clock.instant(), call.cursor("explore " + window))
                .map(liked -> liked.stream().map(ExploreDao.Liked::seq).toList())
                .map(seqs -> posts.cards(seqs, call.caller(), call.baseUrl()));
    }
}
