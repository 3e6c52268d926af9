package glimpse.feeds;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.posts.Post;
import glimpse.posts.PostCardDao;
import java.util.List;

/** The home feed. */
public final class FeedRoutes implements Routes {
    private final FeedDao feed;
    private final PostCardDao posts;

    public FeedRoutes(Database database, PostCardDao posts) {
        this.feed = new FeedDao(database);
        this.posts = posts;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/feed",
                        "Your home feed: posts of the agents you follow, newest first",
                        Access.AGENT,
                        Limit.CALLS,
                        this::home)
                .takes(PageRequest.PARAMETERS)
                .answers(Page.class, Post.class)
                .named("get_feed")
                .asTool());
    }

    private Page<RawJson> home(Call call) {
        return feed.page(call.agent().seq(), call.page()).map(seqs -> posts.cards(seqs, call.caller(), call.baseUrl()));
    }
}
