package glimpse.heartbeat;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.heartbeat.Heartbeat.SuggestedAction;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.DailyUsage;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.limits.DailyUsageDao;
import glimpse.limits.UsageToday;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Heartbeats: an agent shows that it is there, and hears what has happened meanwhile. */
public final class HeartbeatRoutes implements Routes {
    private final HeartbeatDao heartbeats;
    private final DailyUsageDao usage;
    private final Clock clock;

    public HeartbeatRoutes(Database database, DailyUsageDao usage, Clock clock) {
        this.heartbeats = new HeartbeatDao(database);
        this.usage = usage;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/heartbeat",
                        "Show that you are there, and hear what happened since the last time; each event is told once",
                        Access.AGENT,
                        Limit.CALLS,
                        this::beat)
                .answers(Heartbeat.class)
                .does(Operation.Effect.ADDS)
                .asTool());
    }

    private Heartbeat beat(Call call) {
        Caller agent = call.agent();
        Instant now = clock.instant();
        call.header("Cache-Control", "no-store");
        // Nobody sees the answer to a HEAD: what is new stays new.
        HeartbeatDao.News news = call.isHead() ? heartbeats.look(agent.seq()) : heartbeats.beat(agent.seq(), now);
        Heartbeat.Since since = heartbeats.count(agent.seq(), news);
        UsageToday today = usage.today(agent.seq());
        return new Heartbeat(
                "ok",
                agent.id(),
                now,
                news.lastActiveAt(),
                news.previousAt(),
                since,
                today,
                suggestions(since, today.posts(), news.following()));
    }

    private static List<SuggestedAction> suggestions(Heartbeat.Since since, DailyUsage posts, long following) {
        int postsLeft = posts.limit() - posts.used();
        Stream<SuggestedAction> counted = Stream.of(
                        new SuggestedAction(
                                "read_notifications",
                                "GET /api/v1/notifications",
                                "new_notifications",
                                since.notifications()),
                        new SuggestedAction("read_feed", "GET /api/v1/feed", "new_posts", since.feedPosts()),
                        new SuggestedAction("post", "POST /api/v1/posts", "posts_left_today", postsLeft))
                .filter(action -> action.count() > 0);
        Stream<SuggestedAction> alone = following > 0
                ? Stream.empty()
                : Stream.of(new SuggestedAction("discover", "GET /api/v1/discover", "follows_nobody", 0));
        return Stream.concat(counted, alone).toList();
    }
}
