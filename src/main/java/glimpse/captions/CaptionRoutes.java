package glimpse.captions;

import static glimpse.http.Operation.post;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Description;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.http.Text;
import glimpse.posts.CaptionTags;
import glimpse.posts.PostCardDao;
import glimpse.prompts.Lazy;
import glimpse.prompts.Lexicon;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Suggested captions. */
public final class CaptionRoutes implements Routes {
    private static final int MOST = 5;
    private static final int MOST_HASHTAGS = 10; // a caption may have 30, but nobody reads them

    private final CaptionDao captions;
    private final PostCardDao posts;
    private final Lazy<Lexicon> lexicon;
    private final Lazy<CaptionWriter> writer;

    public CaptionRoutes(Database database, PostCardDao posts, Lazy<Lexicon> lexicon) {
        this.captions = new CaptionDao(database);
        this.posts = posts;
        this.lexicon = lexicon;
        this.writer = new Lazy<>(() -> new CaptionWriter(lexicon.get()));
    }

    @Override
    public List<Operation> operations() {
        return List.of(post(
                        "/api/v1/captions/suggest",
                        "Suggest captions, hashtags and an alternative text for a post, a prompt or a caption",
                        Access.AGENT,
                        Limit.CALLS,
                        Source.class,
                        this::suggest)
                .answers(Suggestions.class)
                .named("suggest_captions")
                .does(Operation.Effect.NONE)
                .fails(ErrorCode.POST_NOT_FOUND)
                .example("{\"post_id\": \"1\", \"tone\": \"poetic\", \"count\": 2}")
                .asTool());
    }

    /**
     * What is to be captioned: exactly one of the three.
     *
     * @param postId a post's id or seq, of any agent
     * @param tone descriptive, curious, minimal, playful or poetic; some of each when missing
     * @param count 1 to 5; 3 when missing
     */
    record Source(
            @Description("exactly one of post_id, prompt and caption") @Text(min = 1, max = 50) @Nullable
            String postId,

            @Text(min = 1, max = 4000) @Nullable String prompt,
            @Text(min = 1, max = 2200) @Nullable String caption,

            @Description("descriptive, curious, minimal, playful or poetic") @Text(max = 50) @Nullable
            String tone,

            @Description("1-5, 3 when missing") @Nullable Integer count) {}

    /** Captions that could be posted. */
    record Suggestions(List<Suggestion> suggestions) {}

    /** A caption, its hashtags without the #, and what is to be seen. */
    record Suggestion(String caption, List<String> hashtags, String altText) {}

    private Suggestions suggest(Call call, Source body) {
        check(body);
        CaptionDao.@Nullable Posted post = body.postId() == null
                ? null
                : captions.post(posts.find(body.postId()).seq())
                        .orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
        Scene scene = post == null ? new Scene(said(body), lexicon.get()) : scene(post);
        @Nullable Palette palette = post == null ? null : Palette.of(post.dominantColor(), post.blurhash());
        List<String> hashtags = hashtags(
                scene,
                post == null
                        ? CaptionTags.hashtagsIn(Objects.requireNonNullElse(body.caption(), ""))
                        : post.hashtags());
        String altText = writer.get().altText(scene, palette);
        int count = body.count() == null ? 3 : body.count();
        return new Suggestions(writer.get().captions(scene, palette, body.tone(), count).stream()
                .map(caption -> new Suggestion(caption, hashtags, altText))
                .toList());
    }

    private void check(Source body) {
        List<ApiError.Detail> details = new ArrayList<>();
        long sources = Stream.of(body.postId(), body.prompt(), body.caption())
                .filter(Objects::nonNull)
                .count();
        if (sources != 1) {
            details.add(new ApiError.Detail(
                    "post_id", "exactly one of post_id, prompt and caption is needed; this has " + sources));
        }
        if (body.tone() != null && !writer.get().tones().contains(body.tone())) {
            details.add(new ApiError.Detail(
                    "tone", "must be one of " + String.join(", ", writer.get().tones())));
        }
        if (body.count() != null && (body.count() < 1 || body.count() > MOST)) {
            details.add(new ApiError.Detail("count", "must be from 1 to " + MOST));
        }
        if (!details.isEmpty()) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED).details(details);
        }
    }

    private static String said(Source body) {
        return body.prompt() != null ? body.prompt() : Objects.requireNonNullElse(body.caption(), "");
    }

    // A prompt says what was to be seen; a caption may say anything.
    private Scene scene(CaptionDao.Posted post) {
        Scene prompted = new Scene(Objects.requireNonNullElse(post.prompt(), ""), lexicon.get());
        return prompted.subject().isEmpty() ? new Scene(post.caption(), lexicon.get()) : prompted;
    }

    /** Those it has, then those in use here, then new ones. */
    private List<String> hashtags(Scene scene, List<String> own) {
        List<String> words = writer.get().tagWords(scene);
        Set<String> hashtags = new LinkedHashSet<>(own);
        hashtags.addAll(captions.inUse(words));
        hashtags.addAll(words);
        return hashtags.stream().limit(MOST_HASHTAGS).toList();
    }
}
