package glimpse.stream;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.ErrorCode;
import glimpse.http.EventStream;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import glimpse.posts.PostCardDao;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** New posts as they come. They are shown as to anybody: one stream is written for all. */
public final class StreamRoutes implements Routes {
    private static final Parameter LAST_EVENT_ID = Parameter.number(
            "last_event_id",
            "Begin with what was posted after this seq; the header Last-Event-ID stands over it",
            0,
            Long.MAX_VALUE);

    private final StreamDao posts;
    private final PostEvents events;

    public StreamRoutes(Database database, PostCardDao cards, Supplier<String> baseUrl) {
        this.posts = new StreamDao(database);
        this.events = new PostEvents(database, posts, cards, baseUrl);
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/stream",
                        "New posts as they come, as server-sent events: id is the seq, event is post, data the post",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::listen)
                .takes(LAST_EVENT_ID, Parameter.header("Last-Event-ID", "Go on after this event", 20))
                .answers("text/event-stream")
                .named("stream_posts")
                .fails(ErrorCode.SERVICE_UNAVAILABLE));
    }

    private EventStream listen(Call call) {
        long newest = posts.newest();
        @Nullable Long last = lastEventId(call);
        // The last one that was seen can be deleted, or from before all posts were: then it goes on from here.
        return new EventStream(events, last == null ? newest : Math.min(last, newest));
    }

    private static @Nullable Long lastEventId(Call call) {
        @Nullable String header = call.sent("Last-Event-ID");
        if (header == null || header.isEmpty()) {
            return call.number("last_event_id");
        }
        try {
            if (header.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.valueOf(header);
            }
        } catch (NumberFormatException tooLong) {
            // told below
        }
        throw new ApiError(ErrorCode.INVALID_PARAMETER, "Last-Event-ID must be the id of an event of this stream");
    }
}
