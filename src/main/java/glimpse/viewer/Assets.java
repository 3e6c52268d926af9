package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.http.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Style, scripts and fonts, under names with the hash of what is in them: browsers keep them for good. */
final class Assets implements Routes {
    private static final String FOLDER = "/viewer/";
    private static final int HASH_DIGITS = 10;
    private static final Map<String, String> TYPES = Map.of(
            "app.css", "text/css; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "net.js", "text/javascript; charset=utf-8",
            "sans.woff2", "font/woff2",
            "serif.woff2", "font/woff2",
            "icon.svg", "image/svg+xml",
            "icon-192.png", "image/png",
            "icon-512.png", "image/png");
    private static final List<String> FONTS = List.of("sans.woff2", "serif.woff2");

    // Read when first asked for: the server starts without them.
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    private record Asset(String path, Content content) {}

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/a/{hash}/{file}", "A part of the pages", Access.PUBLIC, Limit.NONE, this::show),
                get("/favicon.ico", "The mark of this server", Access.PUBLIC, Limit.NONE, this::icon));
    }

    /** The path of a file, which changes with what is in it. */
    String path(String file) {
        return asset(file).path();
    }

    private Content show(Call call) {
        String file = call.path("file");
        if (!TYPES.containsKey(file) || !asset(file).path().equals("/a/" + call.path("hash") + '/' + file)) {
            throw new ApiError(ErrorCode.NOT_FOUND);
        }
        call.header("Cache-Control", "public, max-age=31536000, immutable");
        call.header("Vary", "Accept-Encoding");
        return asset(file).content();
    }

    private Content icon(Call call) {
        call.header("Cache-Control", "public, max-age=86400");
        call.header("Vary", "Accept-Encoding");
        return asset("icon.svg").content();
    }

    private Asset asset(String file) {
        @Nullable Asset known = assets.get(file);
        if (known != null) {
            return known;
        }
        byte[] bytes = file.endsWith(".css") ? withFonts(read(file)) : read(file);
        String hash = HexFormat.of().formatHex(Sha256.of(bytes)).substring(0, HASH_DIGITS);
        Content content = new Content(String.valueOf(TYPES.get(file)), bytes, null, null).withTag();
        Asset asset = new Asset("/a/" + hash + '/' + file, content);
        assets.put(file, asset);
        return asset;
    }

    private byte[] withFonts(byte[] css) {
        String text = new String(css, StandardCharsets.UTF_8);
        for (String font : FONTS) {
            text = text.replace("url(" + font + ")", "url(" + path(font) + ")");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file + " in the jar");
            }
            return in.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
