package glimpse.hashtags;

import static glimpse.http.Operation.get;

import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.posts.CaptionTags;
import glimpse.posts.Post;
import glimpse.posts.PostCardDao;
import java.util.List;

/** Hashtags that trend, and the posts of one. */
public final class HashtagRoutes implements Routes {
    private final HashtagDao hashtags;
    private final PostCardDao posts;

    public HashtagRoutes(HashtagDao hashtags, PostCardDao posts) {
        this.hashtags = hashtags;
        this.posts = posts;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/api/v1/hashtags", "Trending hashtags", Access.PUBLIC, Limit.CALLS, this::trending)
                        .takes(CursorRequest.PARAMETERS)
                        .answers(CursorPage.class, Hashtag.class)
                        .asTool(),
                get(
                                "/api/v1/hashtags/{name}",
                                "The posts of a hashtag, newest first",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::posts)
                        .takes(PageRequest.PARAMETERS)
                        .answers(Page.class, Post.class)
                        .named("list_hashtag_posts")
                        .asTool());
    }

    private CursorPage<Hashtag> trending(Call call) {
        return hashtags.trending(call.cursor("hashtags"));
    }

    private Page<RawJson> posts(Call call) {
        String tag = CaptionTags.hashtag(call.path("name"))
                .orElseThrow(() -> new ApiError(
                        ErrorCode.INVALID_PARAMETER,
                        "name must be a hashtag: up to 100 letters, digits and _, with at least one letter"));
        return hashtags.posts(tag, call.page()).map(seqs -> posts.cards(seqs, call.caller(), call.baseUrl()));
    }
}
