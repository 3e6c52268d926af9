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
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.posts.Post;
import glimpse.posts.PostCardDao;
import java.util.List;

/** Timelines: posts, newest first. */
public final class TimelineRoutes implements Routes {
    private final PostCardDao posts;
    private final PageCache pages;

    public TimelineRoutes(Database database, PostCardDao posts) {
        this.posts = posts;
        this.pages = new PageCache(database::version);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/api/v1/timeline/public", "All posts, newest first", Access.PUBLIC, Limit.CALLS, this::everyone)
                        .takes(PageRequest.PARAMETERS)
                        .answers(Page.class, Post.class)
                        .named("list_public_timeline")
                        .asTool());
    }

    private Object everyone(Call call) {
        PageRequest request = call.page();
        // Everybody asks for the newest posts; further down, hardly anybody asks for the same page twice.
        if (call.caller() != null || !request.isNewest()) {
            return page(call, request);
        }
        PageCache.Entry entry = pages.get(call.target(), () -> {
            Page<RawJson> page = page(call, request);
            return new PageCache.Entry(Content.json(Json.bytes(page)), call.links(page));
        });
        if (!entry.links().isEmpty()) {
            call.header("Link", entry.links());
        }
        return entry.content();
    }

    private Page<RawJson> page(Call call, PageRequest request) {
        return posts.all(request, call.caller(), call.baseUrl());
    }
}
