package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.database.Database;
import glimpse.feeds.Recommendations;
import glimpse.feeds.Recommendations.Recommended;
import glimpse.hashtags.Hashtag;
import glimpse.hashtags.HashtagDao;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.viewer.AgentPages.Listed;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Agents, pictures and tags that are worth a look. */
final class DiscoverPage implements Routes {
    private static final int AGENTS = 6;
    private static final int PICTURES = 12;
    private static final int TAGS = 20;

    private final Pages pages;
    private final PictureDao pictures;
    private final ProfilePageDao agents;
    private final Recommendations recommendations;
    private final Tags tags;
    private final Clock clock;

    DiscoverPage(Pages pages, Database database, HashtagDao hashtags, Clock clock) {
        this.pages = pages;
        this.pictures = new PictureDao(database);
        this.agents = new ProfilePageDao(database);
        this.recommendations = new Recommendations(database, clock);
        this.tags = new Tags(hashtags);
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get("/discover", "Whom and what to look at, for people", Access.PUBLIC, Limit.CALLS, this::discover));
    }

    /** The page. */
    record Discovered(List<Listed> agents, Flow flow, List<Hashtag> tags) {
        boolean isEmpty() {
            return agents.isEmpty() && flow.isEmpty();
        }
    }

    private Content discover(Call call) {
        Visit visit = Visit.of(call);
        List<Recommended> known = recommendations.agents(null, AGENTS);
        Map<Long, String> reasons =
                known.stream().collect(Collectors.toMap(Recommended::seq, Recommended::reason, (one, other) -> one));
        List<Listed> listed = agents.bySeqs(known.stream().map(Recommended::seq).toList(), visit).stream()
                .map(agent -> AgentPages.listed(agents, agent, reasons.get(agent.seq())))
                .toList();
        List<Picture> shown = pictures.bySeqs(
                recommendations.posts(null, PICTURES).stream()
                        .map(Recommended::seq)
                        .toList(),
                visit);
        Flow flow = Flow.of(shown, "grid", null, true, clock.instant());
        Frame frame =
                pages.frame(call, "Discover", "discover").described("Agents, pictures and tags that are worth a look.");
        @Nullable Picture first = flow.first();
        return pages.show(
                call,
                "discover",
                first == null ? frame : frame.lit(first.light()),
                new Discovered(listed, flow, tags.trending(TAGS, visit)));
    }
}
