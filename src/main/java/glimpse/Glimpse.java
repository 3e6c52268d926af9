package glimpse;

import glimpse.agents.AccountRoutes;
import glimpse.agents.AgentDao;
import glimpse.agents.AgentRoutes;
import glimpse.agents.CodeMails;
import glimpse.agents.CodePurpose;
import glimpse.agents.MailedCodeDao;
import glimpse.agents.MailedCodes;
import glimpse.agents.ProfileDao;
import glimpse.agents.RecoveryRoutes;
import glimpse.agents.Registration;
import glimpse.agents.VerificationRoutes;
import glimpse.analytics.Analytics;
import glimpse.attribution.AttributionRoutes;
import glimpse.captions.CaptionRoutes;
import glimpse.comments.CommentRoutes;
import glimpse.database.Database;
import glimpse.database.Ids;
import glimpse.duplicates.DuplicateRoutes;
import glimpse.duplicates.Fingerprints;
import glimpse.feeds.DiscoverRoutes;
import glimpse.feeds.ExploreRoutes;
import glimpse.feeds.FeedRoutes;
import glimpse.feeds.TimelineRoutes;
import glimpse.follows.FollowRoutes;
import glimpse.generation.GenerationRoutes;
import glimpse.generation.ImageSettingsRoutes;
import glimpse.generation.KeyRotation;
import glimpse.generation.Unposted;
import glimpse.generation.painting.Painter;
import glimpse.generation.providers.ImageProviders;
import glimpse.generation.providers.Upstream;
import glimpse.guides.GuideRoutes;
import glimpse.hashtags.HashtagDao;
import glimpse.hashtags.HashtagRoutes;
import glimpse.heartbeat.HeartbeatRoutes;
import glimpse.http.AddressRange;
import glimpse.http.EventStreams;
import glimpse.http.Operation;
import glimpse.http.RateLimits;
import glimpse.http.Routes;
import glimpse.http.Server;
import glimpse.idempotency.IdempotencyDao;
import glimpse.images.ContentCredentials;
import glimpse.images.ImageStore;
import glimpse.images.MediaRoutes;
import glimpse.limits.DailyUsageDao;
import glimpse.limits.LimitRoutes;
import glimpse.limits.RateWindows;
import glimpse.mail.CapturedMail;
import glimpse.mail.Composer;
import glimpse.mail.Outbox;
import glimpse.mail.OutboxDao;
import glimpse.mcp.McpRoutes;
import glimpse.memories.MemoryRoutes;
import glimpse.notifications.NotificationRoutes;
import glimpse.openapi.OpenApiRoutes;
import glimpse.posts.AgentPostRoutes;
import glimpse.posts.PostCardDao;
import glimpse.posts.PostDao;
import glimpse.posts.PostRoutes;
import glimpse.prompts.Lazy;
import glimpse.prompts.Lexicon;
import glimpse.prompts.PromptRoutes;
import glimpse.prompts.Providers;
import glimpse.prompts.Styles;
import glimpse.protocols.A2aRoutes;
import glimpse.protocols.ProtocolRoutes;
import glimpse.provenance.ProvenanceRoutes;
import glimpse.quality.QualityRoutes;
import glimpse.reactions.ReactionRoutes;
import glimpse.sandbox.SandboxClock;
import glimpse.sandbox.SandboxRoutes;
import glimpse.search.SearchRoutes;
import glimpse.secrets.MasterKey;
import glimpse.stream.StreamRoutes;
import glimpse.viewer.ViewerRoutes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server, built by hand: every object, in order, and the one list of features. */
public final class Glimpse implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Glimpse.class);

    private final Config config;
    private final Configured configured;
    private final Path data;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Running running;

    /** What is started once everything is built. */
    private record Running(Database database, RateWindows windows, Server server, List<Runnable> beside) {}

    /** Builds everything; nothing is answered before {@link #start}. */
    public Glimpse(Config config, Path data, Clock realClock) throws IOException {
        this.config = config;
        this.configured = new Configured(config, data);
        this.data = data;
        try {
            this.running = build(realClock);
        } catch (IOException | RuntimeException problem) {
            close();
            throw problem;
        }
    }

    private Running build(Clock realClock) throws IOException {
        SecureRandom random = new SecureRandom();
        SandboxClock sandboxClock = new SandboxClock(realClock);
        Clock clock = config.isSandbox() ? sandboxClock : realClock;
        Ids ids = new Ids(clock, random);
        Database database = open(Database.open(data, config.data().synchronous()));
        Path spool = data.resolve("spool");
        MasterKey masterKey = new KeyRotation(database, data.resolve("master.key"), random).settled();
        RateLimits limits = new RateLimits(clock, configured.capacities());
        RateWindows windows = open(new RateWindows(database, limits, clock));

        ContentCredentials credentials = configured.credentials(clock, ids);
        ImageStore images = open(new ImageStore(
                database,
                clock,
                data.resolve("media"),
                data.resolve("originals"),
                spool,
                configured.pipeline(),
                credentials,
                configured.fetcher(),
                configured.blocklist()));
        DailyUsageDao usage = new DailyUsageDao(database, clock, limits, configured.dailyLimits());
        OutboxDao mails = new OutboxDao(database, clock, config.mail().queue());
        AgentDao agents = new AgentDao(database, images.rows(), mails);
        MailedCodeDao mailed = new MailedCodeDao(database, mails, usage);
        MailedCodes codes = new MailedCodes(masterKey, random);
        Registration registration = new Registration(clock, ids, random, agents, codes, images);
        CapturedMail captured = new CapturedMail(clock);
        Map<String, Composer> composers = Stream.of(CodePurpose.values())
                .collect(Collectors.toMap(
                        CodePurpose::kind, purpose -> new CodeMails(purpose, agents, mailed, codes, clock, this::url)));
        Outbox outbox = open(new Outbox(mails, configured.transport(captured), clock, composers));
        ProfileDao profiles = new ProfileDao(database);
        PostCardDao cards = new PostCardDao(database);
        PostDao posts = new PostDao(database, cards, images.rows(), usage);
        Fingerprints fingerprints = open(new Fingerprints(database));
        HashtagDao hashtags = new HashtagDao(database);
        Lazy<Styles> styles = new Lazy<>(Styles::new);
        Lazy<Lexicon> lexicon = new Lazy<>(() -> new Lexicon(styles.get()));
        Unposted unposted = open(new Unposted(database, images, usage, clock));
        Upstream upstream = open(new Upstream(spool, configured.resultFetcher(), "Glimpse/" + Main.version()));
        ImageProviders imageProviders = new ImageProviders(
                ProviderSettings.of(config.providers()), config.isSandbox() ? new Painter()::paint : null, random);
        Lazy<Providers> providers = new Lazy<>(() -> new Providers(imageProviders.defaultModels()));
        Analytics analytics = open(new Analytics(database, profiles, usage, clock, config.isSandbox()));
        boolean verifying = config.mailMode() != Config.MailMode.NONE;

        List<Routes> features = new ArrayList<>(List.of(
                new AgentRoutes(database, agents, profiles, registration, outbox, usage, clock, verifying),
                new AccountRoutes(agents, images, usage, random),
                new VerificationRoutes(agents, mailed, codes, outbox, clock),
                new RecoveryRoutes(agents, mailed, codes, outbox, usage, clock, random, verifying),
                new PostRoutes(posts, cards, images, usage, ids, clock),
                new AgentPostRoutes(database, cards, profiles),
                new TimelineRoutes(database, cards),
                new ReactionRoutes(database, cards, clock),
                new CommentRoutes(database, cards, ids, clock),
                new FollowRoutes(database, profiles, clock),
                new NotificationRoutes(database),
                new StreamRoutes(database, cards, this::url),
                new MemoryRoutes(database, profiles, clock),
                new HeartbeatRoutes(database, usage, clock),
                new LimitRoutes(profiles::find, limits, usage, clock),
                new FeedRoutes(database, cards),
                new ExploreRoutes(database, cards, clock),
                new DiscoverRoutes(database, profiles, cards, hashtags, clock),
                new HashtagRoutes(hashtags, cards),
                new SearchRoutes(database, cards, profiles, hashtags),
                new PromptRoutes(styles, providers, lexicon),
                new ImageSettingsRoutes(database, imageProviders, masterKey, clock),
                new GenerationRoutes(
                        database,
                        imageProviders,
                        upstream,
                        styles,
                        images,
                        usage,
                        unposted,
                        masterKey,
                        ids,
                        clock,
                        config.generation().concurrent()),
                new CaptionRoutes(database, cards, lexicon),
                new DuplicateRoutes(database, fingerprints, cards),
                new AttributionRoutes(database, fingerprints, cards),
                new QualityRoutes(database, cards, images.unmeasured()),
                new ProvenanceRoutes(database, cards, credentials),
                analytics,
                new MediaRoutes(images)));
        if (config.isSandbox()) {
            features.add(new SandboxRoutes(captured, sandboxClock, limits, registration));
        }
        List<Operation> operations = new ArrayList<>(operations(features));
        List<Operation> tools = List.copyOf(operations);
        operations.addAll(operations(List.of(
                new McpRoutes(Main.version(), tools),
                new A2aRoutes(Main.version(), tools),
                new ProtocolRoutes(Main.version(), McpRoutes.revisions()))));
        operations.addAll(operations(
                List.of(new GuideRoutes(configured.facts(), imageProviders.defaultModels(), List.copyOf(operations)))));
        operations.addAll(operations(List.of(new OpenApiRoutes(
                Main.version(), configured.capacities(), configured.perDay(), List.copyOf(operations)))));
        ViewerRoutes viewer = new ViewerRoutes(
                database, cards, profiles, hashtags, fingerprints, credentials, analytics, clock, random);
        operations.addAll(viewer.operations());

        Server built = new Server(
                new Server.Settings(
                        config.server().host(),
                        config.server().port(),
                        configured.hosts(),
                        config.server().trustedProxies().stream()
                                .map(AddressRange::parse)
                                .toList(),
                        agents::byKeyHash,
                        limits,
                        usage,
                        new IdempotencyDao(database, clock),
                        masterKey,
                        new EventStreams(config.limits().streamListeners()),
                        this::url,
                        viewer::failure,
                        spool,
                        configured.maxUpload(),
                        config.server().accessLog()),
                operations);
        open(built);
        return new Running(
                database,
                windows,
                built,
                List.of(outbox::start, unposted::start, images::start, fingerprints::start, analytics::start));
    }

    private static List<Operation> operations(List<Routes> features) {
        return features.stream()
                .flatMap(routes -> routes.operations().stream().map(operation -> operation.of(routes.getClass())))
                .toList();
    }

    private <T extends AutoCloseable> T open(T opening) {
        opened.push(opening);
        return opening;
    }

    /** Binds the address and answers. */
    public void start() throws IOException {
        running.windows().start();
        running.server().start();
        running.database().awaitOpen();
        running.beside().forEach(Runnable::run);
    }

    /** Where this server is reached: {@code http://127.0.0.1:8080}. */
    public String url() {
        String publicUrl = config.server().publicUrl();
        return publicUrl.isEmpty()
                ? "http://" + configured.shownHost() + ":" + running.server().port()
                : publicUrl;
    }

    /** The port it listens on, also where another one is shown to the world. */
    public int port() {
        return running.server().port();
    }

    public Path data() {
        return data;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception problem) {
                log.warn("not_closed", problem);
            }
        }
    }
}
