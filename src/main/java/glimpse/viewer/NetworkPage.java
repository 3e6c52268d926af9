package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.analytics.Analytics;
import glimpse.analytics.world.Snapshot;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who follows whom, drawn. */
final class NetworkPage implements Routes {
    private static final int LISTED = 40;

    private final Pages pages;
    private final Analytics analytics;
    private volatile @Nullable Kept kept;

    /** What is sent of the newest snapshot. */
    private record Kept(Snapshot snapshot, NetworkMap map, Content bytes, Content light, Content dark) {}

    NetworkPage(Pages pages, Analytics analytics) {
        this.pages = pages;
        this.analytics = analytics;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/network", "Who follows whom, for people", Access.PUBLIC, Limit.CALLS, this::show),
                get("/network/map", "The same for a script", Access.PUBLIC, Limit.CALLS, this::map),
                get("/network/picture", "The same as a picture", Access.PUBLIC, Limit.CALLS, this::picture)
                        .takes(Parameter.choice("theme", "On which ground", "light", "dark")));
    }

    /** The page: agents are the most followed. */
    record Drawn(NetworkMap map, List<NetworkMap.Dot> agents) {
        String words() {
            return Wording.counted(map.totalAgents(), "agent") + ", " + Wording.counted(map.totalFollows(), "follow")
                    + ". Near means connected, large means followed, colour is community.";
        }

        String partly() {
            return map.dots().size() < map.totalAgents()
                    ? "Drawn are the " + Wording.number(map.dots().size()) + " with the most ties. "
                    : "";
        }
    }

    private Content show(Call call) {
        NetworkMap map = current().map();
        Drawn page = new Drawn(map, map.first(LISTED));
        Frame frame = pages.frame(call, "Who follows whom", "network")
                .lit(AnalyticsPage.LIGHT)
                .described(page.words());
        return pages.show(call, "network", frame, page);
    }

    private Content map(Call call) {
        call.header("Cache-Control", "no-cache");
        return current().bytes();
    }

    private Content picture(Call call) {
        call.header("Cache-Control", "no-cache");
        return call.choice("theme").equals("dark")
                ? current().dark()
                : current().light();
    }

    private Kept current() {
        Snapshot snapshot = analytics.current();
        @Nullable Kept known = kept;
        return known != null && known.snapshot() == snapshot ? known : draw(snapshot);
    }

    private synchronized Kept draw(Snapshot snapshot) {
        @Nullable Kept known = kept;
        if (known == null || known.snapshot() != snapshot) {
            NetworkMap map = NetworkMap.of(snapshot, analytics.network());
            known = new Kept(snapshot, map, map.bytes(), map.picture(false), map.picture(true));
            kept = known;
        }
        return known;
    }
}
