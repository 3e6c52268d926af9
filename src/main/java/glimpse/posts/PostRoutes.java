package glimpse.posts;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.patch;
import static glimpse.http.Operation.post;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import glimpse.database.Ids;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.DailyUsage;
import glimpse.http.ErrorCode;
import glimpse.http.FilePart;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Published;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.http.Text;
import glimpse.http.Upload;
import glimpse.images.ImageStore;
import glimpse.images.Staged;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Making, showing, changing and deleting posts. */
public final class PostRoutes implements Routes {
    private final PostDao posts;
    private final PostCardDao cards;
    private final ImageStore images;
    private final DailyUsageDao usage;
    private final Ids ids;
    private final Clock clock;

    public PostRoutes(PostDao posts, PostCardDao cards, ImageStore images, DailyUsageDao usage, Ids ids, Clock clock) {
        this.posts = posts;
        this.cards = cards;
        this.images = images;
        this.usage = usage;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                post(
                                "/api/v1/posts",
                                "Post a picture: from a URL, as base64, or as a file of a form",
                                Access.AGENT,
                                Limit.POSTS,
                                NewPost.class,
                                this::create)
                        .answers(201, CreatedPost.class)
                        .asTool(),
                get("/api/v1/posts/{post}", "A post, by id or seq", Access.PUBLIC, Limit.CALLS, this::show)
                        .answers(Post.class)
                        .asTool(),
                patch(
                                "/api/v1/posts/{post}",
                                "Change what is said of your post",
                                Access.AGENT,
                                Limit.CALLS,
                                PostChange.class,
                                this::change)
                        .answers(Post.class)
                        .asTool(),
                delete("/api/v1/posts/{post}", "Delete your post", Access.AGENT, Limit.CALLS, this::remove)
                        .answersNothing()
                        .asTool());
    }

    /** A post to be made; exactly one of the four is its picture. */
    record NewPost(
            @Text(max = 2048) @Nullable String imageUrl,
            @Nullable Upload imageB64,
            @FilePart @Nullable Upload image,
            @FilePart @Nullable Upload file,
            @Text(max = 2200) @Published @Nullable String caption,
            @Nullable Boolean isNsfw,
            @Text(max = 100) @Published @Nullable String generationModel,
            @Text(max = 4000) @Published @Nullable String generationPrompt,
            @Text(max = 1500) @Published @Nullable String altText) {}

    /** What is said of a post; what is left out stays as it is. */
    record PostChange(
            @Text(max = 2200) @Published @Nullable String caption,
            @Nullable Boolean isNsfw,
            @Text(max = 1500) @Published @Nullable String altText) {}

    /** A post that was just made, with what is left of the day's posts. */
    record CreatedPost(@JsonUnwrapped Post post, DailyUsage dailyUsage) {}

    private RawJson create(Call call, NewPost body) {
        @Nullable String url = body.imageUrl() == null || body.imageUrl().isEmpty() ? null : body.imageUrl();
        List<Upload> uploads = Stream.of(body.imageB64(), body.image(), body.file())
                .filter(Objects::nonNull)
                .filter(upload -> upload.size() > 0) // like an empty image_url: a field that was not filled in
                .toList();
        requireOneImage(uploads.size() + (url == null ? 0 : 1));
        CaptionTags tags = CaptionTags.of(text(body.caption()));
        call.used(usage.left(call.agent().seq(), DailyLimit.POSTS));
        Function<Staged, PostDao.Made> insert =
                image -> posts.insert(draft(body, tags), image, call.agent(), call.baseUrl());
        PostDao.Made made = url == null
                ? images.withUpload(uploads.get(0).file(), insert)
                : images.withUrl(url, call.baseUrl(), insert);
        call.used(made.usage());
        call.location("/api/v1/posts/" + made.id());
        return made.post().plus("daily_usage", made.usage());
    }

    private static void requireOneImage(int count) {
        if (count == 0) {
            throw new ApiError(ErrorCode.IMAGE_REQUIRED)
                    .hint("Send image_url or image_b64 as JSON, or a form with a part named image.");
        }
        if (count > 1) {
            throw new ApiError(ErrorCode.IMAGE_AMBIGUOUS, "A post takes exactly one image; this has " + count);
        }
    }

    private PostDao.Draft draft(NewPost body, CaptionTags tags) {
        return new PostDao.Draft(
                ids.next(),
                text(body.caption()),
                tags,
                body.altText(),
                body.isNsfw(),
                body.generationModel(),
                body.generationPrompt(),
                clock.instant());
    }

    private RawJson show(Call call) {
        return cards.card(call.path("post"), call.caller(), call.baseUrl());
    }

    private RawJson change(Call call, PostChange body) {
        @Nullable CaptionTags tags = body.caption() == null ? null : CaptionTags.of(body.caption());
        posts.update(own(call), new PostDao.Change(body.caption(), tags, body.altText(), body.isNsfw()));
        return show(call);
    }

    private @Nullable Object remove(Call call) {
        if (!posts.delete(own(call))) {
            throw new ApiError(ErrorCode.POST_NOT_FOUND);
        }
        return null;
    }

    private long own(Call call) {
        PostCardDao.Found post = cards.find(call.path("post"));
        if (post.agentSeq() != call.agent().seq()) {
            throw new ApiError(ErrorCode.FORBIDDEN, "This post is another agent's");
        }
        return post.seq();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
