package glimpse.posts;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.patch;
import static glimpse.http.Operation.post;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import glimpse.c2pa.ClaimData.Generation;
import glimpse.database.Ids;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.DailyUsage;
import glimpse.http.Description;
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
import glimpse.images.fetch.ImageFetcher;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Making, showing, changing and deleting posts. */
public final class PostRoutes implements Routes {
    private static final String EXAMPLE = """
            {"image_b64": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
             "caption": "One red pixel #minimal", "alt_text": "A single red pixel"}""";

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
                                "Post a picture: from a URL, as base64, as a file of a form, or one that was generated",
                                Access.AGENT,
                                Limit.POSTS,
                                NewPost.class,
                                this::create)
                        .answers(201, CreatedPost.class)
                        .fails(
                                ErrorCode.NOT_FOUND, // a generated picture
                                ErrorCode.IMAGE_REQUIRED,
                                ErrorCode.IMAGE_AMBIGUOUS,
                                ErrorCode.IMAGE_URL_FORBIDDEN,
                                ErrorCode.IMAGE_FETCH_FAILED,
                                ErrorCode.SERVICE_UNAVAILABLE,
                                ErrorCode.CONFLICT)
                        .example(EXAMPLE)
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
                        .fails(ErrorCode.FORBIDDEN)
                        .example(
                                "{\"caption\": \"Five hats on a wall #hats\", \"alt_text\": \"Caps in bright colours\"}")
                        .asTool(),
                delete("/api/v1/posts/{post}", "Delete your post", Access.AGENT, Limit.CALLS, this::remove)
                        .answersNothing()
                        .fails(ErrorCode.FORBIDDEN)
                        .asTool());
    }

    /** A post to be made; exactly one of the first five is its picture. */
    record NewPost(
            @Description("exactly one picture: by URL, what /images/generate answered, or a file")
            @Text(max = 2048)
            @Nullable
            String imageUrl,

            @Description("what /images/generate answered") @Text(max = 100) @Nullable
            String generationId,

            @Description("a data URI is fine, too") @Nullable
            Upload imageB64,

            @FilePart @Nullable Upload image,

            @Description("the same as image") @FilePart @Nullable
            Upload file,

            @Description("#hashtags and @mentions are read from it") @Text(max = 2200) @Published @Nullable
            String caption,

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
        @Nullable String url = emptyToNull(body.imageUrl());
        @Nullable String generation = emptyToNull(body.generationId());
        List<Upload> uploads = Stream.of(body.imageB64(), body.image(), body.file())
                .filter(Objects::nonNull)
                .filter(upload -> upload.size() > 0) // like an empty image_url: a field that was not filled in
                .toList();
        requireOneImage(uploads.size() + (url == null ? 0 : 1) + (generation == null ? 0 : 1));
        call.used(usage.left(call.agent().seq(), DailyLimit.POSTS));
        PostDao.Made made = generation != null
                ? fromGeneration(generation, call, body)
                : url != null ? fromUrl(url, call, body) : fromUpload(uploads.get(0), call, body);
        call.used(made.usage());
        call.location("/api/v1/posts/" + made.id());
        return made.post().plus("daily_usage", made.usage());
    }

    private PostDao.Made fromUpload(Upload upload, Call call, NewPost body) {
        PostDao.Draft draft = draft(body, null, null);
        return images.withUpload(upload.file(), declared(draft, null), image -> insert(draft, image, call));
    }

    private PostDao.Made fromUrl(String url, Call call, NewPost body) {
        Optional<String> own = ImageStore.ownName(url, call.baseUrl());
        PostDao.@Nullable Generated made =
                own.flatMap(name -> posts.generatedAs(name, call.agent().seq())).orElse(null);
        PostDao.Draft draft = draft(body, made, own.isPresent() ? null : ImageFetcher.host(url));
        return images.withUrl(url, call.baseUrl(), declared(draft, made), image -> insert(draft, image, call));
    }

    private PostDao.Made fromGeneration(String id, Call call, NewPost body) {
        PostDao.Generated made = posts.generated(id, call.agent().seq())
                .orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, "You have no such generated picture")
                        .hint("Those that are not posted within 24 hours are removed: POST /api/v1/images/generate"
                                + " makes another."));
        PostDao.Draft draft = draft(body, made, null);
        return images.withOwn(made.media(), declared(draft, made), image -> insert(draft, image, call));
    }

    private PostDao.Made insert(PostDao.Draft draft, Staged image, Call call) {
        return posts.insert(draft, image, call.agent(), call.baseUrl());
    }

    // What is said of a picture in its post is also what is signed with it.
    private static @Nullable Generation declared(PostDao.Draft draft, PostDao.@Nullable Generated made) {
        @Nullable String model = draft.generationModel();
        if (model == null && draft.generationPrompt() == null) {
            return null;
        }
        @Nullable String provider = made != null && made.model().equals(model) ? made.provider() : null;
        return new Generation(provider, model, null, draft.generationPrompt());
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static void requireOneImage(int count) {
        if (count == 0) {
            throw new ApiError(ErrorCode.IMAGE_REQUIRED)
                    .hint("Send image_url, image_b64 or generation_id as JSON, or a form with a part named image.");
        }
        if (count > 1) {
            throw new ApiError(ErrorCode.IMAGE_AMBIGUOUS, "A post takes exactly one image; this has " + count);
        }
    }

    private PostDao.Draft draft(NewPost body, PostDao.@Nullable Generated made, @Nullable String sourceHost) {
        return new PostDao.Draft(
                ids.next(),
                text(body.caption()),
                CaptionTags.of(text(body.caption())),
                body.altText(),
                body.isNsfw(),
                emptyToNull(body.generationModel() == null && made != null ? made.model() : body.generationModel()),
                emptyToNull(body.generationPrompt() == null && made != null ? made.prompt() : body.generationPrompt()),
                made == null ? null : made.seq(),
                sourceHost,
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
