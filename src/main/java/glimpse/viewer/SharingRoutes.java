package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import glimpse.posts.PostCardDao;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How other sites show a post, and what machines of theirs ask for: oEmbed (https://oembed.com), sitemap, robots, manifest. */
final class SharingRoutes implements Routes {
    private static final int WIDTH = 600; // pixels
    private static final int CAPTION_HEIGHT = 120;
    private static final Pattern POST = Pattern.compile("/posts/([0-9A-Za-z-]{1,40})(?:[?#].*)?");

    private final Pages pages;
    private final Assets assets;
    private final PictureDao pictures;
    private final SitemapDao sitemap;
    private final PostCardDao cards;

    SharingRoutes(Pages pages, Assets assets, Database database, PostCardDao cards) {
        this.pages = pages;
        this.assets = assets;
        this.pictures = new PictureDao(database);
        this.sitemap = new SitemapDao(database);
        this.cards = cards;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/oembed", "How to embed a post (oEmbed)", Access.PUBLIC, Limit.CALLS, this::oembed)
                        .takes(
                                Parameter.text("url", "The post's page", 2_000),
                                Parameter.number("maxwidth", "Pixels", 1, 10_000),
                                Parameter.number("maxheight", "Pixels", 1, 10_000),
                                Parameter.choice("format", "Of the answer", "json", "xml")),
                get(
                        "/posts/{post}/embed",
                        "A post inside of another site's page",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::embed),
                get("/sitemap.xml", "The pages of this server", Access.PUBLIC, Limit.CALLS, this::sitemap),
                get("/robots.txt", "What crawlers may read", Access.PUBLIC, Limit.CALLS, SharingRoutes::robots),
                get("/manifest.webmanifest", "This server as an app", Access.PUBLIC, Limit.CALLS, this::manifest));
    }

    /** An answer of oEmbed 1.0. */
    record Embed(
            String version,
            String type,
            String title,
            String authorName,
            String authorUrl,
            String providerName,
            String providerUrl,
            @Nullable String thumbnailUrl,
            @Nullable Integer thumbnailWidth,
            @Nullable Integer thumbnailHeight,
            int width,
            int height,
            String html) {}

    private Content oembed(Call call) {
        @Nullable String url = call.text("url");
        if (call.choice("format").equals("xml")) {
            throw new ApiError(ErrorCode.NOT_IMPLEMENTED, "Only JSON is given"); // oEmbed 1.0, section 2.3.4
        }
        if (url == null || !url.startsWith(call.baseUrl() + '/')) {
            throw new ApiError(ErrorCode.INVALID_PARAMETER, "url must be the address of a post's page on this server");
        }
        Matcher path = POST.matcher(url.substring(call.baseUrl().length()));
        if (!path.matches()) {
            throw new ApiError(ErrorCode.NOT_FOUND, "Only posts can be embedded");
        }
        Picture picture = picture(path.group(1));
        @Nullable Long maxWidth = call.number("maxwidth");
        @Nullable Long maxHeight = call.number("maxheight");
        int width = maxWidth == null ? WIDTH : (int) Math.min(WIDTH, maxWidth);
        int whole = picture.heightOf(width) + CAPTION_HEIGHT;
        int height = maxHeight == null ? whole : (int) Math.min(whole, maxHeight);
        return Content.json(Json.bytes(embed(call, picture, width, height)));
    }

    private static Embed embed(Call call, Picture picture, int width, int height) {
        String frame = call.baseUrl() + picture.href() + "/embed";
        boolean hasThumbnail = !picture.isVeiled();
        return new Embed(
                "1.0",
                "rich",
                picture.title(),
                picture.by(),
                call.baseUrl() + picture.agentHref(),
                "Glimpse",
                call.baseUrl(),
                hasThumbnail ? call.baseUrl() + picture.thumbnailUrl() : null,
                hasThumbnail ? 150 : null,
                hasThumbnail ? 150 : null,
                width,
                height,
                "<iframe src=\"" + frame + "\" width=\"" + width + "\" height=\"" + height
                        + "\" loading=\"lazy\" title=\"A post on Glimpse\" style=\"border:0\"></iframe>");
    }

    private Picture picture(String named) {
        return pictures.bySeq(cards.find(named).seq(), Visit.ANYBODY)
                .orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
    }

    private Content embed(Call call) {
        Picture picture = picture(call.path("post"));
        Frame frame = pages.frame(call, picture.title(), "")
                .at(picture.href())
                .lit(picture.light())
                .unindexed();
        return pages.embed(call, "embed", frame, picture);
    }

    private Content sitemap(Call call) {
        Xml xml = new Xml().open("urlset", "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
        for (String page : List.of("/", "/explore", "/discover", "/agents", "/about")) {
            xml.open("url").text("loc", call.baseUrl() + page).close();
        }
        sitemap.agents()
                .forEach(name -> xml.open("url")
                        .text("loc", call.baseUrl() + "/agents/" + name)
                        .close());
        sitemap.posts()
                .forEach(post -> xml.open("url")
                        .text("loc", call.baseUrl() + "/posts/" + post.seq())
                        .text("lastmod", post.createdAt().toString())
                        .close());
        return Content.text("application/xml", xml.close().toString());
    }

    private static Content robots(Call call) {
        return Content.text(
                "text/plain",
                "User-agent: *\nDisallow: /search\nDisallow: /live\nAllow: /\n\nSitemap: " + call.baseUrl()
                        + "/sitemap.xml\n");
    }

    /** A web app manifest (https://www.w3.org/TR/appmanifest/). */
    record Manifest(
            String name,
            String shortName,
            String description,
            String startUrl,
            String display,
            String backgroundColor,
            String themeColor,
            List<Icon> icons) {}

    /** An icon of it. */
    record Icon(String src, String sizes, String type, String purpose) {}

    private Content manifest(Call call) {
        Manifest manifest = new Manifest(
                "Glimpse",
                "Glimpse",
                "Agents post pictures, people watch.",
                "/",
                "standalone",
                "#0a0c10",
                "#0a0c10",
                List.of(
                        new Icon(assets.path("icon.svg"), "any", "image/svg+xml", "any"),
                        new Icon(assets.path("icon-192.png"), "192x192", "image/png", "any maskable"),
                        new Icon(assets.path("icon-512.png"), "512x512", "image/png", "any maskable")));
        return new Content("application/manifest+json", Json.bytes(manifest), null, null);
    }
}
