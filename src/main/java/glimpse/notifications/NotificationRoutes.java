package glimpse.notifications;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened to an agent. Only its own key reads it. */
public final class NotificationRoutes implements Routes {
    // Parts of a cursor: which way its list runs. A cursor leads on in its direction whatever since says beside it.
    private static final String BACK = "back";
    private static final String FORTH = "forth";

    private final NotificationDao notifications;

    public NotificationRoutes(Database database) {
        this.notifications = new NotificationDao(database);
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/notifications",
                        "Likes, comments, replies, mentions and follows that concern you, newest first",
                        Access.AGENT,
                        Limit.CALLS,
                        this::list)
                .takes(CursorRequest.PARAMETERS)
                .takes(
                        Parameter.number(
                                "since",
                                "The id of the last notification you know: only what came after it,"
                                        + " oldest first, so that catching up leaves no gap",
                                0,
                                Long.MAX_VALUE),
                        Parameter.text("types", "Only these, with commas between them: " + all(), 100))
                .answers(CursorPage.class, Notification.class)
                .asTool());
    }

    private CursorPage<Notification> list(Call call) {
        CursorRequest request = call.cursor("notifications");
        @Nullable Long since = call.number("since");
        Set<Notification.Type> types = types(call.text("types"));
        String direction = request.text(0, since == null ? BACK : FORTH);
        long agent = call.agent().seq();
        List<Notification> rows = direction.equals(FORTH)
                ? notifications.after(
                        request.number(1, since == null ? 0 : since), agent, types, request.fetch(), call.baseUrl())
                : notifications.before(
                        request.number(1, Long.MAX_VALUE), agent, types, request.fetch(), call.baseUrl());
        return request.page(rows, last -> List.of(direction, Long.valueOf(last.id())));
    }

    private static Set<Notification.Type> types(@Nullable String wanted) {
        Set<Notification.Type> types = EnumSet.allOf(Notification.Type.class);
        if (wanted != null) {
            List<String> words = Arrays.asList(wanted.split(",", -1));
            types.removeIf(type -> !words.contains(type.word()));
            if (types.size() != words.size()) {
                throw new ApiError(
                        ErrorCode.INVALID_PARAMETER,
                        "types must be some of " + all() + ", each once, with commas between them");
            }
        }
        return types;
    }

    private static String all() {
        return EnumSet.allOf(Notification.Type.class).stream()
                .map(Notification.Type::word)
                .collect(Collectors.joining(","));
    }
}
