package glimpse.duplicates;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
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
import glimpse.images.PerceptualHash;
import glimpse.posts.PostCardDao;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Posts whose pictures are the same as another's, or look like it. */
public final class DuplicateRoutes implements Routes {
    private static final int LARGEST_DISTANCE = 16;
    private static final Parameter MAX_DISTANCE = Parameter.number(
            "max_distance",
            "In how many of the 64 bits of their perceptual hashes pictures may differ; " + PerceptualHash.NEAR
                    + " when it is left out",
            0,
            LARGEST_DISTANCE);

    private final FingerprintDao rows;
    private final Fingerprints fingerprints;
    private final PostCardDao posts;

    public DuplicateRoutes(Database database, Fingerprints fingerprints, PostCardDao posts) {
        this.rows = new FingerprintDao(database);
        this.fingerprints = fingerprints;
        this.posts = posts;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/posts/{post}/duplicates",
                        "Posts of the same picture, and of pictures that look like it: nearest first, then oldest",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::list)
                .takes(MAX_DISTANCE)
                .takes(CursorRequest.PARAMETERS)
                .answers(CursorPage.class, Duplicate.class)
                .asTool());
    }

    private CursorPage<Duplicate> list(Call call) {
        CursorRequest request = call.cursor("duplicates");
        @Nullable Long maxDistance = call.number("max_distance");
        FingerprintDao.Post post = rows.post(posts.find(call.path("post")).seq())
                .orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
        int distance = maxDistance == null ? PerceptualHash.NEAR : maxDistance.intValue();
        return request.page(found(post, distance, request), near -> List.of(near.distance(), near.post()))
                .map(page -> shown(page, post, call));
    }

    /** Of a flat picture only the same file counts: any two that are flat look alike, or not, by chance. */
    private List<Near> found(FingerprintDao.Post post, int maxDistance, CursorRequest request) {
        int afterDistance = (int) Math.max(0, Math.min(64, request.number(0, 0)));
        long afterPost = Math.max(0, Math.min(Near.LARGEST_POST, request.number(1, 0)));
        @Nullable Long hash = post.hash();
        return hash == null
                ? rows.ofImage(post.image(), afterPost, post.seq(), request.fetch()).stream()
                        .map(seq -> new Near(seq, 0, false))
                        .toList()
                : fingerprints.near(hash, maxDistance, afterDistance, afterPost, post.seq(), request.fetch());
    }

    private List<Duplicate> shown(List<Near> page, FingerprintDao.Post of, Call call) {
        List<Long> seqs = page.stream().map(Near::post).toList();
        Set<Long> exact = rows.ofImage(of.image(), seqs);
        Map<Long, RawJson> cards = posts.bySeq(seqs, call.caller(), call.baseUrl());
        List<Duplicate> shown = new ArrayList<>();
        for (Near near : page) {
            @Nullable RawJson card = cards.get(near.post());
            if (card != null) { // else it was deleted just now
                shown.add(new Duplicate(
                        card,
                        near.distance(),
                        PerceptualHash.similarity(near.distance()),
                        exact.contains(near.post()) ? "exact" : "near",
                        near.mirrored()));
            }
        }
        return shown;
    }
}
