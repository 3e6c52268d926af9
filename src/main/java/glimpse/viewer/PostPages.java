package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import glimpse.posts.PostCardDao;
import glimpse.viewer.CommentPageDao.Said;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A picture in its own room, lit by it. */
final class PostPages implements Routes {
    private static final int COMMENTS = 40;
    private static final int MORE = 8;

    private final Pages pages;
    private final PictureDao pictures;
    private final ProfilePageDao profiles;
    private final CommentPageDao comments;
    private final PostCardDao cards;
    private final Clock clock;

    PostPages(Pages pages, Database database, PostCardDao cards, Clock clock) {
        this.pages = pages;
        this.pictures = new PictureDao(database);
        this.profiles = new ProfilePageDao(database);
        this.comments = new CommentPageDao(database);
        this.cards = cards;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get("/posts/{post}", "A post, for people", Access.PUBLIC, Limit.CALLS, this::show)
                .takes(Parameter.number("comments", "Only comments after this one", 0, Long.MAX_VALUE)));
    }

    /**
     * The page.
     *
     * @param more other pictures of the same agent
     * @param nextComments the path of the page with the next comments; none on the last
     */
    record Room(
            Picture picture,
            Profile agent,
            List<Said> threads,
            @Nullable String nextComments,
            boolean isFirst,
            Flow more,
            @Nullable Long newer,
            @Nullable Long older,
            Instant now) {}

    private Content show(Call call) {
        Visit visit = Visit.of(call);
        PostCardDao.Found found = cards.find(call.path("post"));
        Picture picture = pictures.bySeq(found.seq(), visit).orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
        Frame frame = pages.frame(call, picture.title(), "").at(picture.href()).inRoom(picture.light());
        if (picture.isVeiled()) {
            return pages.show(call, "gate", frame.unindexed(), picture);
        }
        Room room = room(call, picture, found.agentSeq(), visit);
        return pages.show(
                call,
                "post",
                frame.described(picture.description())
                        .withFeed(picture.agentHref() + "/feed.atom")
                        .withCard(card(call, picture)),
                room);
    }

    private Room room(Call call, Picture picture, long agent, Visit visit) {
        Instant now = clock.instant();
        @Nullable Long after = call.number("comments");
        List<Said> rows = comments.onPost(picture.seq(), after == null ? 0 : after, COMMENTS + 1, visit);
        List<Said> said = rows.subList(0, Math.min(COMMENTS, rows.size()));
        boolean isWhole = rows.size() <= COMMENTS;
        List<Picture> others = pictures.ofAgent(agent, Long.MAX_VALUE, MORE + 1, visit).stream()
                .filter(other -> other.seq() != picture.seq())
                .limit(MORE)
                .toList();
        return new Room(
                picture,
                profiles.bySeq(agent, visit).orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND)),
                CommentPageDao.threads(said),
                isWhole
                        ? null
                        : picture.href() + "?comments=" + said.get(COMMENTS - 1).seq() + "#comments",
                after == null,
                Flow.of(others, "grid", null, false, now),
                pictures.newer(picture.seq()).orElse(null),
                pictures.older(picture.seq()).orElse(null),
                now);
    }

    /** What is shown of a post where it is shared; nothing of one that is marked 18+, also to those who may see it. */
    static Frame.@Nullable Card card(Call call, Picture picture) {
        if (picture.isNsfw()) {
            return null;
        }
        int width = picture.srcWidth();
        return new Frame.Card(
                call.baseUrl() + picture.src(), width, picture.heightOf(width), picture.description(), true);
    }
}
