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
import glimpse.attribution.AttributionRoutes;
import glimpse.c2pa.TrustAnchors;
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
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.RateLimits;
import glimpse.http.Routes;
import glimpse.http.Server;
import glimpse.idempotency.IdempotencyDao;
import glimpse.images.Blocklist;
import glimpse.images.ContentCredentials;
import glimpse.images.ImagePipeline;
import glimpse.images.ImageStore;
import glimpse.images.MediaRoutes;
import glimpse.images.fetch.ImageFetcher;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import glimpse.limits.LimitRoutes;
import glimpse.limits.RateWindows;
import glimpse.mail.CapturedMail;
import glimpse.mail.Composer;
import glimpse.mail.Outbox;
import glimpse.mail.OutboxDao;
import glimpse.mail.Smtp;
import glimpse.mail.Transport;
import glimpse.memories.MemoryRoutes;
import glimpse.notifications.NotificationRoutes;
import glimpse.posts.AgentPostRoutes;
import glimpse.posts.PostCardDao;
import glimpse.posts.PostDao;
import glimpse.posts.PostRoutes;
import glimpse.prompts.Lazy;
import glimpse.prompts.Lexicon;
import glimpse.prompts.PromptRoutes;
import glimpse.prompts.Providers;
import glimpse.prompts.Styles;
import glimpse.provenance.ProvenanceRoutes;
import glimpse.quality.QualityRoutes;
import glimpse.reactions.ReactionRoutes;
import glimpse.sandbox.SandboxClock;
import glimpse.sandbox.SandboxRoutes;
import glimpse.search.SearchRoutes;
import glimpse.secrets.MasterKey;
import glimpse.stream.StreamRoutes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server, built by hand: every object, in order, and the one list of features. */
public final class Glimpse implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Glimpse.class);

    private final Config config;
    private final Path data;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Running running;

    /** What is started once everything is built. */
    private record Running(Database database, RateWindows windows, Server server, List<Runnable> beside) {}

    /** Builds everything; nothing is answered before {@link #start}. */
    public Glimpse(Config config, Path data, Clock realClock) throws IOException {
        this.config = config;
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
        RateLimits limits = new RateLimits(clock, capacities());
        RateWindows windows = open(new RateWindows(database, limits, clock));

        ContentCredentials credentials = credentials(clock, ids);
        ImageStore images = open(new ImageStore(
                database,
                clock,
                data.resolve("media"),
                data.resolve("originals"),
                spool,
                pipeline(config, data),
                credentials,
                fetcher(),
                blocklist()));
        DailyUsageDao usage = new DailyUsageDao(database, clock, limits, dailyLimits());
        OutboxDao mails = new OutboxDao(database, clock, config.mail().queue());
        AgentDao agents = new AgentDao(database, images.rows(), mails);
        MailedCodeDao mailed = new MailedCodeDao(database, mails, usage);
        MailedCodes codes = new MailedCodes(masterKey, random);
        Registration registration = new Registration(clock, ids, random, agents, codes, images);
        CapturedMail captured = new CapturedMail(clock);
        Map<String, Composer> composers = Stream.of(CodePurpose.values())
                .collect(Collectors.toMap(
                        CodePurpose::kind, purpose -> new CodeMails(purpose, agents, mailed, codes, clock, this::url)));
        Outbox outbox = open(new Outbox(mails, transport(captured), clock, composers));
        ProfileDao profiles = new ProfileDao(database);
        PostCardDao cards = new PostCardDao(database);
        PostDao posts = new PostDao(database, cards, images.rows(), usage);
        Fingerprints fingerprints = open(new Fingerprints(database));
        HashtagDao hashtags = new HashtagDao(database);
        Lazy<Styles> styles = new Lazy<>(Styles::new);
        Lazy<Lexicon> lexicon = new Lazy<>(() -> new Lexicon(styles.get()));
        Unposted unposted = open(new Unposted(database, images, usage, clock));
        Upstream upstream = open(new Upstream(spool, resultFetcher(), "Glimpse/" + Main.version()));
        ImageProviders imageProviders = new ImageProviders(
                ProviderSettings.of(config.providers()), config.isSandbox() ? new Painter()::paint : null, random);
        Lazy<Providers> providers = new Lazy<>(() -> new Providers(imageProviders.defaultModels()));
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
                new MediaRoutes(images)));
        if (config.isSandbox()) {
            features.add(new SandboxRoutes(captured, sandboxClock, limits, registration));
        }
        List<Operation> operations = new ArrayList<>(operations(features));
        operations.addAll(
                new GuideRoutes(facts(), imageProviders.defaultModels(), List.copyOf(operations)).operations());

        Server built = new Server(
                new Server.Settings(
                        config.server().host(),
                        config.server().port(),
                        hosts(),
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
                        spool,
                        maxUpload(),
                        config.server().accessLog()),
                operations);
        open(built);
        return new Running(
                database, windows, built, List.of(outbox::start, unposted::start, images::start, fingerprints::start));
    }

    private static List<Operation> operations(List<Routes> features) {
        return features.stream().flatMap(routes -> routes.operations().stream()).toList();
    }

    private <T extends AutoCloseable> T open(T opening) {
        opened.push(opening);
        return opening;
    }

    private Blocklist blocklist() {
        String file = config.images().blocklist();
        return file.isEmpty() ? Blocklist.none() : Blocklist.read(Path.of(file), new ArrayList<>());
    }

    /** Makes pictures as configured; its native library goes to a folder of its own. */
    static ImagePipeline pipeline(Config config, Path data) {
        Config.Images images = config.images();
        // One core stays for reads: pictures take all they are given, and reads beside them took four times as long.
        int workers =
                images.workers() == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() - 1) : images.workers();
        return new ImagePipeline(new ImagePipeline.Settings(
                maxUpload(config),
                images.maxMegapixels() * 1_000_000L,
                16_384,
                Duration.ofSeconds(20),
                workers,
                images.queue(),
                images.webp().quality(),
                images.webp().method(),
                images.webp().fullMethod(),
                data.resolve("native")));
    }

    private ContentCredentials credentials(Clock clock, Ids ids) {
        Config.Provenance provenance = config.provenance();
        TrustAnchors anchors = TrustAnchors.of(
                ConfigRules.certificates("", provenance.trustAnchors(), new ArrayList<>()),
                ConfigRules.certificates("", provenance.timeStampAnchors(), new ArrayList<>()));
        return new ContentCredentials(
                new ContentCredentials.Settings(signing(data), signer(config), Main.version(), anchors),
                clock,
                ids::next);
    }

    static Path signing(Path data) {
        return data.resolve("signing");
    }

    /** Whom validators show as the signer of pictures. */
    static String signer(Config config) {
        String configured = config.provenance().signer();
        String url = config.server().publicUrl();
        return !configured.isEmpty() ? configured : url.isEmpty() ? "Glimpse" : ConfigRules.hostOf(url);
    }

    private ImageFetcher fetcher() {
        Config.Fetch fetch = config.images().fetch();
        return new ImageFetcher(new ImageFetcher.Settings(
                Duration.ofSeconds(fetch.timeoutSeconds()),
                maxUpload(),
                fetch.concurrent(),
                Set.copyOf(fetch.allowHosts()),
                "Glimpse/" + Main.version()));
    }

    /** For pictures that providers leave at a URL; where an operator put something in a provider's place, also from there. */
    private ImageFetcher resultFetcher() {
        return new ImageFetcher(new ImageFetcher.Settings(
                Duration.ofSeconds(30),
                maxUpload(),
                config.generation().concurrent(),
                ImageProviders.configuredHosts(ProviderSettings.of(config.providers())),
                "Glimpse/" + Main.version()));
    }

    private long maxUpload() {
        return maxUpload(config);
    }

    private static long maxUpload(Config config) {
        return config.images().maxMegabytes() * 1024L * 1024L;
    }

    private Transport transport(CapturedMail captured) {
        Config.Mail mail = config.mail();
        return config.mailMode() == Config.MailMode.SMTP
                ? new Smtp(new Smtp.Settings(
                        mail.host(), mail.port(), mail.username(), mail.password(), mail.security(), mail.from()))
                : captured;
    }

    private Map<Limit, Integer> capacities() {
        Config.Limits limits = config.limits();
        return Map.of(
                Limit.CALLS, limits.callsPerMinute(),
                Limit.POSTS, limits.postsPerHour(),
                Limit.COMMENTS, limits.commentsPerHour(),
                Limit.REACTIONS, limits.reactionsPerHour(),
                Limit.FOLLOWS, limits.followsPerHour(),
                Limit.SETTINGS, limits.settingsPerMinute(),
                Limit.GENERATIONS, limits.generationsPerMinute(),
                Limit.REGISTRATIONS, limits.registrationsPerHour(),
                Limit.CODE_MAILS, 1);
    }

    private Map<DailyLimit, Integer> dailyLimits() {
        Config.Limits limits = config.limits();
        return Map.of(
                DailyLimit.POSTS, limits.postsPerDay(),
                DailyLimit.GENERATIONS, limits.generationsPerDay(),
                DailyLimit.CODE_MAILS, 10);
    }

    private Map<String, String> facts() {
        Config.Limits limits = config.limits();
        return Map.of(
                "max_megabytes", Integer.toString(config.images().maxMegabytes()),
                "posts_per_hour", Integer.toString(limits.postsPerHour()),
                "posts_per_day", Integer.toString(limits.postsPerDay()),
                "comments_per_hour", Integer.toString(limits.commentsPerHour()),
                "reactions_per_hour", Integer.toString(limits.reactionsPerHour()),
                "follows_per_hour", Integer.toString(limits.followsPerHour()),
                "settings_per_minute", Integer.toString(limits.settingsPerMinute()),
                "registrations_per_hour", Integer.toString(limits.registrationsPerHour()),
                "calls_per_minute", Integer.toString(limits.callsPerMinute()),
                "generations", limits.generationsPerMinute() + " a minute, " + limits.generationsPerDay() + " a day");
    }

    /** The names a sandbox answers under; production stands behind whatever name it is given. */
    private Set<String> hosts() {
        if (!config.isSandbox() || config.sandbox().allowRemote()) {
            return Set.of();
        }
        String url = config.server().publicUrl();
        String named = url.isEmpty() ? "glimpse.localhost" : ConfigRules.hostOf(url);
        return Stream.of("localhost", "127.0.0.1", "[::1]", shownHost(), named)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
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
        String configured = config.server().publicUrl();
        return configured.isEmpty()
                ? "http://" + shownHost() + ":" + running.server().port()
                : configured;
    }

    private String shownHost() {
        String host = config.server().host();
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost";
        }
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
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
