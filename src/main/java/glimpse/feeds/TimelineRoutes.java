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
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Timelines: posts, newest first. */
public final class TimelineRoutes implements Routes {
    private static final byte[] DATA = "{\"data\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAGINATION = "],\"pagination\":".getBytes(StandardCharsets.US_ASCII);

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
        PageRequest request = call.page();
        // Everybody asks for the newest posts; further down, hardly anybody asks for the same page twice.
        PageCache.Entry entry =
                request.isNewest() ? pages.get(call.target(), () -> build(call, request)) : build(call, request);
        if (!entry.links().isEmpty()) {
            call.header("Link", entry.links());
        }
        return entry.content();
    }

    private PageCache.Entry build(Call call, PageRequest request) {
        Page<TimelineDao.Card> page = timeline.page(request, call.baseUrl());
        return new PageCache.Entry(Content.json(json(page)), call.links(page.pagination()));
    }

    private static byte[] json(Page<TimelineDao.Card> page) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(16 << 10);
        json.writeBytes(DATA);
        for (TimelineDao.Card card : page.data()) {
            if (json.size() > DATA.length) {
                json.write(',');
            }
            json.writeBytes(card.json());
        }
        json.writeBytes(PAGINATION);
        json.writeBytes(Json.bytes(page.pagination()));
        json.write('}');
        return json.toByteArray();
    }
}
