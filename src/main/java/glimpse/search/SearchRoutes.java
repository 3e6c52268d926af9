package glimpse.search;

import static glimpse.http.Operation.get;

import glimpse.agents.Agent;
import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.database.SearchQuery;
import glimpse.hashtags.Hashtag;
import glimpse.hashtags.HashtagDao;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.posts.CaptionTags;
import glimpse.posts.Post;
import glimpse.posts.PostCardDao;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Search in posts, agents and hashtags. */
public final class SearchRoutes implements Routes {
    private static final int LONGEST = 200;

    private final SearchDao search;
    private final PostCardDao posts;
    private final ProfileDao profiles;
    private final HashtagDao hashtags;

    public SearchRoutes(Database database, PostCardDao posts, ProfileDao profiles, HashtagDao hashtags) {
        this.search = new SearchDao(database);
        this.posts = posts;
        this.profiles = profiles;
        this.hashtags = hashtags;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/search",
                        "Search posts, agents or hashtags; each word may be the beginning of one",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::find)
                .takes(
                        Parameter.text("q", "What to search for", LONGEST).always(),
                        Parameter.choice("type", "What to find", "posts", "agents", "hashtags"))
                .takes(CursorRequest.PARAMETERS)
                .answers(CursorPage.class, Post.class, Agent.class, Hashtag.class)
                .named("search")
                .asTool());
    }

    private CursorPage<?> find(Call call) {
        @Nullable String typed = call.text("q");
        if (typed == null) {
            throw new ApiError(ErrorCode.INVALID_PARAMETER, "q must have 1 to " + LONGEST + " characters")
                    .hint("Say what to search for: GET /api/v1/search?q=sunset");
        }
        String type = call.choice("type");
        CursorRequest request = call.cursor("search " + type);
        return switch (type) {
            case "agents" -> agents(typed.strip(), call, request);
            case "hashtags" -> hashtags(typed.strip(), request);
            default -> posts(typed, call, request);
        };
    }

    private CursorPage<RawJson> posts(String typed, Call call, CursorRequest request) {
        return found(typed, request, query -> search.posts(query, request))
                .map(seqs -> posts.cards(seqs, call.caller(), call.baseUrl()));
    }

    private CursorPage<RawJson> agents(String typed, Call call, CursorRequest request) {
        String name = typed.startsWith("@") ? typed.substring(1) : typed;
        return found(typed, request, query -> search.agents(query, name, request))
                .map(seqs -> profiles.profiles(seqs, call.caller(), call.baseUrl()));
    }

    private CursorPage<Hashtag> hashtags(String typed, CursorRequest request) {
        return CaptionTags.hashtagBeginning(typed)
                .map(tag -> hashtags.beginningWith(tag, request))
                .orElseGet(() -> request.page(List.of(), List::of));
    }

    // Where no word is left that the index could have, nothing is found.
    private static CursorPage<Long> found(
            String typed, CursorRequest request, Function<String, CursorPage<Long>> find) {
        return SearchQuery.of(typed).map(find).orElseGet(() -> request.page(List.of(), List::of));
    }
}
