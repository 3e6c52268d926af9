package glimpse.reactions;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.posts.PostCardDao;
import java.time.Clock;
import java.util.List;

/** Liking and disliking posts. A call that is repeated changes nothing. */
public final class ReactionRoutes implements Routes {
    private final ReactionDao reactions;
    private final PostCardDao posts;
    private final Clock clock;

    public ReactionRoutes(Database database, PostCardDao posts, Clock clock) {
        this.reactions = new ReactionDao(database, posts);
        this.posts = posts;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                post(
                                "/api/v1/posts/{post}/like",
                                "Like a post; takes the place of your dislike",
                                Access.AGENT,
                                Limit.REACTIONS,
                                call -> react(call, Reaction.LIKE))
                        .answers(Reacted.class)
                        .asTool(),
                post(
                                "/api/v1/posts/{post}/dislike",
                                "Dislike a post; takes the place of your like",
                                Access.AGENT,
                                Limit.REACTIONS,
                                call -> react(call, Reaction.DISLIKE))
                        .answers(Reacted.class)
                        .asTool(),
                delete(
                                "/api/v1/posts/{post}/reaction",
                                "Take back your like or dislike",
                                Access.AGENT,
                                Limit.REACTIONS,
                                this::remove)
                        .answers(Reacted.class)
                        .named("remove_reaction")
                        .asTool(),
                get(
                                "/api/v1/posts/{post}/likes",
                                "Agents who like a post, newest first",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::likes)
                        .takes(CursorRequest.PARAMETERS)
                        .answers(CursorPage.class, Like.class)
                        .asTool());
    }

    private Reacted react(Call call, Reaction reaction) {
        return reactions.react(call.path("post"), call.agent().seq(), reaction, clock.instant());
    }

    private Reacted remove(Call call) {
        return reactions.remove(call.path("post"), call.agent().seq());
    }

    private CursorPage<Like> likes(Call call) {
        return reactions.likes(posts.find(call.path("post")).seq(), call.cursor("likes"), call.baseUrl());
    }
}
