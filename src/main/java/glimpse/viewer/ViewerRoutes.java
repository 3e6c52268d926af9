package glimpse.viewer;

import glimpse.agents.ProfileDao;
import glimpse.analytics.Analytics;
import glimpse.database.Database;
import glimpse.duplicates.Fingerprints;
import glimpse.hashtags.HashtagDao;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.images.ContentCredentials;
import glimpse.posts.PostCardDao;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** All that people see. */
public final class ViewerRoutes implements Routes {
    private final Pages pages;
    private final List<Routes> parts;

    public ViewerRoutes(
            Database database,
            PostCardDao cards,
            ProfileDao profiles,
            HashtagDao hashtags,
            Fingerprints fingerprints,
            ContentCredentials credentials,
            Analytics analytics,
            Clock clock,
            SecureRandom random) {
        Assets assets = new Assets();
        this.pages = new Pages(assets, random);
        this.parts = List.of(
                new TimelinePages(pages, database, hashtags, clock),
                new PostPages(pages, database, cards, fingerprints, credentials, clock),
                new AgentPages(pages, database, profiles, clock),
                new FindPages(pages, database, hashtags, clock),
                new DiscoverPage(pages, database, hashtags, clock),
                new AnalyticsPage(pages, database, analytics),
                new NetworkPage(pages, analytics),
                new AboutPage(pages),
                new FeedRoutes(database, profiles, clock),
                new SharingRoutes(pages, assets, database, cards),
                new Choices(),
                new LiveRoutes(database),
                assets);
    }

    @Override
    public List<Operation> operations() {
        return parts.stream().flatMap(part -> part.operations().stream()).toList();
    }

    /** A failure as people are shown it. */
    public Content failure(Call call, ApiError error) {
        Failure failure = Failure.of(error);
        return pages.show(
                call, "failure", pages.frame(call, failure.title(), "").unindexed(), failure);
    }
}
