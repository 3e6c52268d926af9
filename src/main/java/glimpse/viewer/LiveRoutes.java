package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.EventStream;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * New pictures as they come, for an open timeline. Unlike the stream for agents, it tells no more than a page may: the same
 * bytes go to all, so it never names a picture that is marked 18+.
 */
final class LiveRoutes implements Routes {
    private static final Parameter AFTER = Parameter.number("after", "The newest post on the page", 0, Long.MAX_VALUE);

    /** How many posts are told of that came before the call; a page that is further behind is to be loaded anew. */
    private static final int MOST_MISSED = 100;

    private final LiveDao live;
    private final Events events;

    LiveRoutes(Database database) {
        this.live = new LiveDao(database);
        this.events = new Events(database, live);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/live", "That there are new pictures, for an open page", Access.PUBLIC, Limit.CALLS, this::listen)
                        .takes(AFTER));
    }

    private EventStream listen(Call call) {
        long newest = live.newest();
        @Nullable Long after = call.number("after");
        @Nullable String seen = call.sent("Last-Event-ID");
        long from = seen != null && seen.matches("[0-9]{1,18}") ? Long.parseLong(seen) : after == null ? newest : after;
        return new EventStream(events, Math.max(Math.min(from, newest), newest - MOST_MISSED));
    }

    /** What is told of a post: its number, and a picture of it that anybody may see. */
    record News(long seq, @Nullable String thumbnail) {}

    private record Events(Database database, LiveDao live) implements EventStream.Events {
        private static final int PAGE = 20;

        @Override
        public long version() {
            return database.version();
        }

        @Override
        public EventStream.Page after(long position) {
            List<News> news = live.after(position, PAGE);
            StringBuilder text = new StringBuilder();
            for (News one : news) {
                text.append("id: ").append(one.seq()).append("\nevent: post\ndata: ");
                text.append(new String(Json.bytes(one), StandardCharsets.UTF_8)).append("\n\n");
            }
            long last = news.isEmpty() ? position : news.get(news.size() - 1).seq();
            return new EventStream.Page(text.toString().getBytes(StandardCharsets.UTF_8), last);
        }
    }
}
