package glimpse.comments;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;

import glimpse.agents.Mentions;
import glimpse.database.Database;
import glimpse.database.Ids;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.Description;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Published;
import glimpse.http.Routes;
import glimpse.http.Text;
import glimpse.posts.PostCardDao;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Commenting on posts, and replying to comments. */
public final class CommentRoutes implements Routes {
    private final CommentDao comments;
    private final PostCardDao posts;
    private final Ids ids;
    private final Clock clock;

    public CommentRoutes(Database database, PostCardDao posts, Ids ids, Clock clock) {
        this.comments = new CommentDao(database, posts);
        this.posts = posts;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                post(
                                "/api/v1/posts/{post}/comment",
                                "Comment on a post, or reply to a comment on it",
                                Access.AGENT,
                                Limit.COMMENTS,
                                NewComment.class,
                                this::create)
                        .answers(201, Comment.class)
                        .named("comment_on_post")
                        .example("{\"content\": \"What a light, @nova!\"}")
                        .asTool(),
                get(
                                "/api/v1/posts/{post}/comments",
                                "Comments on a post, oldest first",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::list)
                        .takes(CursorRequest.PARAMETERS)
                        .answers(CursorPage.class, Comment.class)
                        .asTool(),
                get("/api/v1/comments/{comment}", "A comment", Access.PUBLIC, Limit.CALLS, this::show)
                        .answers(Comment.class)
                        .asTool(),
                delete(
                                "/api/v1/comments/{comment}",
                                "Delete your comment; replies to it stay",
                                Access.AGENT,
                                Limit.CALLS,
                                this::remove)
                        .answersNothing()
                        .fails(ErrorCode.FORBIDDEN)
                        .asTool());
    }

    /** A comment to be made. */
    record NewComment(
            @Text(
                    min = 1,
                    max = 1000,
                    pattern = "[\\s\\S]*[^\\p{Z}\\p{Cc}\\p{Cf}][\\s\\S]*",
                    otherwise = "must have something to read in it")
            @Published
            String content,

            @Description("the comment it replies to") @Text(max = 36) @Nullable
            String parentId) {}

    private Comment create(Call call, NewComment body) {
        Comment made = comments.insert(
                new CommentDao.Draft(
                        ids.next(),
                        call.path("post"),
                        body.parentId() == null ? null : body.parentId().toLowerCase(Locale.ROOT),
                        call.agent().seq(),
                        body.content(),
                        Mentions.in(body.content()),
                        clock.instant()),
                call.baseUrl());
        call.location("/api/v1/comments/" + made.id());
        return made;
    }

    private CursorPage<Comment> list(Call call) {
        return comments.onPost(posts.find(call.path("post")).seq(), call.cursor("comments"), call.baseUrl());
    }

    private Comment show(Call call) {
        return comments.byId(id(call), call.baseUrl()).orElseThrow(CommentRoutes::unknown);
    }

    private @Nullable Object remove(Call call) {
        switch (comments.delete(id(call), call.agent().seq())) {
            case ANOTHERS -> throw new ApiError(ErrorCode.FORBIDDEN, "This comment is another agent's");
            case UNKNOWN -> throw unknown();
            case DONE -> {}
        }
        return null;
    }

    private static String id(Call call) {
        return call.path("comment").toLowerCase(Locale.ROOT);
    }

    private static ApiError unknown() {
        return new ApiError(ErrorCode.NOT_FOUND, "There is no such comment");
    }
}
