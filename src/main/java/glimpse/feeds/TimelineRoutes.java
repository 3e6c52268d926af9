package glimpse.feeds;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import glimpse.http.Routes;
import glimpse.posts.Post;
import java.util.List;

/** Timelines: posts, newest first. */
public final class TimelineRoutes implements Routes {
    private final TimelineDao timeline;
    private final PageCache pages;

    public TimelineRoutes(Database database) {
        this.timeline = new TimelineDao(database);
        this.pages = new PageCache(database::version);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/api/v1/timeline/public", "All posts, newest first", Access.PUBLIC, Limit.CALLS, this::everyone)
                        .takes(PageRequest.PARAMETERS)
                        .answers(Page.class)
                        .asTool());
    }

    private Content everyone(Call call) {
        PageCache.Entry entry = pages.get(call.target(), () -> build(call));
        if (!entry.links().isEmpty()) {
            call.header("Link", entry.links());
        }
        return entry.content();
    }

    private PageCache.Entry build(Call call) {
        Page<Post> page = timeline.page(call.page(), call.baseUrl());
        return new PageCache.Entry(Content.json(Json.bytes(page)), call.links(page.pagination()));
    }
}
