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
import java.util.Optional;

/** The pictures themselves. */
public final class MediaRoutes implements Routes {
    private final ImageStore images;

    public MediaRoutes(ImageStore images) {
        this.images = images;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/media/{file}", "A variant of a picture, as WebP", Access.PUBLIC, Limit.NONE, this::show)
                        .answers("image/webp")
                        .named("get_picture"),
                get(
                                "/media/{width}/{file}",
                                "A variant made narrower: 320, 640, 960 or 1440 pixels",
                                Access.PUBLIC,
                                Limit.NONE,
                                this::showNarrowed)
                        .answers("image/webp")
                        .named("get_narrowed_picture"));
    }

    private Object show(Call call) {
        return kept(call, images.variant(call.path("file")));
    }

    private Object showNarrowed(Call call) {
        int width = MediaFiles.WIDTHS.stream()
                .filter(one -> call.path("width").equals(one.toString()))
                .findFirst()
                .orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, "Pictures are not made as wide as that"));
        try {
            return kept(call, images.narrowed(call.path("file"), width));
        } catch (ApiError busy) {
            if (busy.code() != ErrorCode.SERVICE_UNAVAILABLE) {
                throw busy;
            }
            call.header("Cache-Control", "no-store"); // larger than asked for, and soon there as asked for
            return images.variant(call.path("file")).orElseThrow(() -> busy);
        }
    }

    private static Object kept(Call call, Optional<Object> found) {
        Object variant = found.orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, "No such picture"));
        call.header("Cache-Control", "public, max-age=31536000, immutable");
        call.header("Cross-Origin-Resource-Policy", "cross-origin");
        // C2PA 2.2, section 15.5.3.2: the manifest is inside.
        call.header("Link", "<#jumbf=c2pa>; rel=\"c2pa-manifest\"");
        return variant;
    }
}
