package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.duplicates.Fingerprints;
import glimpse.duplicates.Near;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import glimpse.images.ContentCredentials;
import glimpse.images.PerceptualHash;
import glimpse.posts.PostCardDao;
import glimpse.viewer.CommentPageDao.Said;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A picture in its own room, lit by it. */
final class PostPages implements Routes {
    private static final int COMMENTS = 40;
    private static final int MORE = 8;
    private static final int ALIKE = 16; // of 64 bits that differ: what /duplicates finds at most
    private static final int LOOKED_THROUGH = 300; // posts: a millisecond or two

    private final Pages pages;
    private final PictureDao pictures;
    private final ProfilePageDao profiles;
    private final CommentPageDao comments;
    private final PlateDao plates;
    private final PostCardDao cards;
    private final Fingerprints fingerprints;
    private final ContentCredentials credentials;
    private final Clock clock;

    PostPages(
            Pages pages,
            Database database,
            PostCardDao cards,
            Fingerprints fingerprints,
            ContentCredentials credentials,
            Clock clock) {
        this.pages = pages;
        this.pictures = new PictureDao(database);
        this.profiles = new ProfilePageDao(database);
        this.comments = new CommentPageDao(database);
        this.plates = new PlateDao(database);
        this.cards = cards;
        this.fingerprints = fingerprints;
        this.credentials = credentials;
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
     * @param alike pictures that look like this one, the most alike first
     * @param more other pictures of the same agent
     * @param nextComments the path of the page with the next comments; none on the last
     */
    record Room(
            Picture picture,
            Profile agent,
            Plate plate,
            List<Said> threads,
            @Nullable String nextComments,
            boolean isFirst,
            Flow alike,
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
        PlateDao.Row source = plates.ofPost(picture.seq()).orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
        List<Picture> alike = pictures.bySeqs(alike(picture, source.perceptualHash()), visit);
        List<Picture> others = pictures.ofAgent(agent, Long.MAX_VALUE, MORE + 1, visit).stream()
                .filter(other -> other.seq() != picture.seq())
                .limit(MORE)
                .toList();
        return new Room(
                picture,
                profiles.bySeq(agent, visit).orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND)),
                Plate.of(source, picture, credentials.identity().subject(), earlier(picture, source), now),
                CommentPageDao.threads(said),
                isWhole
                        ? null
                        : picture.href() + "?comments=" + said.get(COMMENTS - 1).seq() + "#comments",
                after == null,
                Flow.of(alike, "grid", null, false, now),
                Flow.of(others, "grid", null, false, now),
                pictures.newer(picture.seq()).orElse(null),
                pictures.older(picture.seq()).orElse(null),
                now);
    }

    /** Those whose shapes are near, and after them, among the newest, those that are most alike when they are blurred. */
    private List<Long> alike(Picture picture, @Nullable Long hash) {
        Stream<Long> near = hash == null
                ? Stream.of()
                : fingerprints.near(hash, ALIKE, 0, 0, picture.seq(), MORE).stream()
                        .map(Near::post);
        record Candidate(long seq, double difference) {}
        Stream<Long> blurred = pictures.slivers(Long.MAX_VALUE, LOOKED_THROUGH).stream()
                .filter(other -> other.seq() != picture.seq())
                .map(other -> new Candidate(other.seq(), Placeholder.difference(picture.blurhash(), other.blurhash())))
                .sorted(Comparator.comparingDouble(Candidate::difference))
                .map(Candidate::seq);
        return Stream.concat(near, blurred).distinct().limit(MORE).toList();
    }

    private @Nullable Long earlier(Picture picture, PlateDao.Row source) {
        if (source.first() != null || source.perceptualHash() == null) {
            return source.first();
        }
        return fingerprints
                .earliest(source.perceptualHash(), PerceptualHash.NEAR, picture.seq())
                .map(Near::post)
                .orElse(null);
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
