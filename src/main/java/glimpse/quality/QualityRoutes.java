package glimpse.quality;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.images.Compression;
import glimpse.images.Measures;
import glimpse.images.Unmeasured;
import glimpse.posts.PostCardDao;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How good the picture of a post is, technically. */
public final class QualityRoutes implements Routes {
    private final QualityDao pictures;
    private final PostCardDao posts;
    private final Unmeasured unmeasured;

    public QualityRoutes(Database database, PostCardDao posts, Unmeasured unmeasured) {
        this.pictures = new QualityDao(database);
        this.posts = posts;
        this.unmeasured = unmeasured;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/posts/{post}/quality",
                        "How good a post's picture is, technically: each measure, and one score",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::show)
                .answers(Quality.class)
                .fails(ErrorCode.SERVICE_UNAVAILABLE)
                .asTool());
    }

    private Quality show(Call call) {
        QualityDao.Row picture = measured(posts.find(call.path("post")).seq());
        @Nullable Measures measures = picture.measures();
        if (measures == null) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "The file of this picture can't be read");
        }
        return quality(picture, measures);
    }

    private QualityDao.Row measured(long post) {
        QualityDao.Row picture = picture(post);
        if (picture.measures() == null) {
            unmeasured.measure(picture.image());
            return picture(post);
        }
        return picture;
    }

    private QualityDao.Row picture(long post) {
        return pictures.ofPost(post).orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
    }

    private static Quality quality(QualityDao.Row picture, Measures measures) {
        @Nullable Compression compression = picture.compression();
        @Nullable Long hash = picture.perceptualHash();
        Assessment assessment =
                new Assessment(measures, compression, picture.format(), picture.width(), picture.height());
        return new Quality(
                picture.postId(),
                assessment.overall(),
                assessment.grade(),
                assessment.advice(),
                Quality.SCOPE,
                assessment.measures(),
                picture.width(),
                picture.height(),
                picture.format(),
                hash == null,
                hash == null ? null : HexFormat.of().toHexDigits(hash),
                picture.disclosure(),
                compression == null ? "full_variant" : "original",
                new Quality.Method(Assessment.METHOD, Assessment.LOWEST_SCORE),
                picture.measuredAt());
    }
}
