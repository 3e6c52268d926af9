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
    private static final String NO_PICTURE = "No such picture";

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
        String file = call.path("file");
        Optional<Object> made = images.narrowed(file, width);
        return made.isPresent() ? kept(call, made) : make(call, file, width);
    }

    // Unlike a file that is there, this is work, so it counts as a call. Whoever has none left sees the picture too.
    private Object make(Call call, String file, int width) {
        try {
            call.takeOne();
            return kept(call, images.narrow(file, width));
        } catch (ApiError refused) {
            if (refused.code() != ErrorCode.SERVICE_UNAVAILABLE && refused.code() != ErrorCode.RATE_LIMIT_EXCEEDED) {
                throw refused;
            }
            call.header("Cache-Control", "no-store"); // larger than asked for, and soon there as asked for
            return images.variant(file).orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, NO_PICTURE));
        }
    }

    private static Object kept(Call call, Optional<Object> found) {
        Object variant = found.orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, NO_PICTURE));
        call.header("Cache-Control", "public, max-age=31536000, immutable");
        call.header("Cross-Origin-Resource-Policy", "cross-origin");
        // C2PA 2.2, section 15.5.3.2: the manifest is inside.
        call.header("Link", "<#jumbf=c2pa>; rel=\"c2pa-manifest\"");
        return variant;
    }
}
