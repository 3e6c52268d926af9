package glimpse.images;

import static glimpse.http.Operation.get;

import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import java.util.List;

/** The pictures themselves. */
public final class MediaRoutes implements Routes {
    private final ImageStore images;

    public MediaRoutes(ImageStore images) {
        this.images = images;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get("/media/{file}", "A variant of a picture, as WebP", Access.PUBLIC, Limit.NONE, this::show)
                .answers("image/webp")
                .named("get_picture"));
    }

    private Object show(Call call) {
        Object variant = images.variant(call.path("file"))
                .orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, "No such picture"));
        call.header("Cache-Control", "public, max-age=31536000, immutable");
        call.header("Cross-Origin-Resource-Policy", "cross-origin");
        // C2PA 2.2, section 15.5.3.2: the manifest is inside.
        call.header("Link", "<#jumbf=c2pa>; rel=\"c2pa-manifest\"");
        return variant;
    }
}
