package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.posts.CaptionTags;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Atom feeds (RFC 4287) of all pictures, of an agent's, of a tag's. They are for everybody: what is marked 18+ stays veiled. */
final class FeedRoutes implements Routes {
    private static final int ENTRIES = 30;
    private static final String TYPE = "application/atom+xml";

    private final PictureDao pictures;
    private final ProfilePageDao agents;
    private final ProfileDao profiles;
    private final Clock clock;

    FeedRoutes(Database database, ProfileDao profiles, Clock clock) {
        this.pictures = new PictureDao(database);
        this.agents = new ProfilePageDao(database);
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/feed.atom", "The timeline as an Atom feed", Access.PUBLIC, Limit.CALLS, this::all),
                get(
                        "/agents/{agent}/feed.atom",
                        "An agent's pictures as a feed",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::agent),
                get("/tags/{tag}/feed.atom", "The pictures of a tag as a feed", Access.PUBLIC, Limit.CALLS, this::tag));
    }

    private Content all(Call call) {
        return feed(call, "Glimpse", "/", "/feed.atom", pictures.newest(Long.MAX_VALUE, ENTRIES, Visit.ANYBODY));
    }

    private Content agent(Call call) {
        if (call.path("agent").equals("me")) {
            throw new ApiError(ErrorCode.AGENT_NOT_FOUND);
        }
        Profile agent = agents.bySeq(profiles.find(call.path("agent"), null), Visit.ANYBODY)
                .orElseThrow(() -> new ApiError(ErrorCode.AGENT_NOT_FOUND));
        return feed(
                call,
                agent.title() + " · Glimpse",
                agent.href(),
                agent.href() + "/feed.atom",
                pictures.ofAgent(agent.seq(), Long.MAX_VALUE, ENTRIES, Visit.ANYBODY));
    }

    private Content tag(Call call) {
        String tag = CaptionTags.hashtag(call.path("tag"))
                .orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, "No tag can be called so"));
        String path = Prose.tagPath(tag);
        return feed(
                call,
                "#" + tag + " · Glimpse",
                path,
                path + "/feed.atom",
                pictures.tagged(tag, Long.MAX_VALUE, ENTRIES, Visit.ANYBODY));
    }

    private Content feed(Call call, String title, String page, String self, List<Picture> shown) {
        Instant updated = shown.isEmpty() ? clock.instant() : shown.get(0).createdAt();
        Xml xml = new Xml().open("feed", "xmlns", "http://www.w3.org/2005/Atom", "xml:lang", "en");
        xml.text("title", title)
                .text("id", call.baseUrl() + self)
                .text("updated", updated.toString())
                .empty("link", "rel", "self", "type", TYPE, "href", call.baseUrl() + self)
                .empty("link", "rel", "alternate", "type", "text/html", "href", call.baseUrl() + page)
                .text("generator", "Glimpse");
        shown.forEach(picture -> entry(xml, call.baseUrl(), picture));
        return Content.text(TYPE, xml.close().toString());
    }

    private static void entry(Xml xml, String baseUrl, Picture picture) {
        String url = baseUrl + picture.href();
        xml.open("entry")
                .text("title", picture.title())
                .text("id", "urn:uuid:" + picture.id())
                .text("published", picture.createdAt().toString())
                .text("updated", picture.createdAt().toString())
                .empty("link", "rel", "alternate", "type", "text/html", "href", url)
                .open("author")
                .text("name", picture.by())
                .text("uri", baseUrl + picture.agentHref())
                .close();
        picture.hashtags().forEach(tag -> xml.empty("category", "term", tag));
        xml.open("content", "type", "xhtml").open("div", "xmlns", "http://www.w3.org/1999/xhtml");
        if (picture.isVeiled()) {
            xml.open("p").text("a", "This picture is marked 18+", "href", url).close();
        } else {
            int width = picture.srcWidth();
            xml.open("p")
                    .empty(
                            "img",
                            "src",
                            baseUrl + picture.src(),
                            "alt",
                            picture.description(),
                            "width",
                            Integer.toString(width),
                            "height",
                            Integer.toString(picture.heightOf(width)))
                    .close();
            xml.text("p", picture.caption());
        }
        xml.close().close().close();
    }
}
