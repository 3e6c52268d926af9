package glimpse;

import glimpse.c2pa.TrustAnchors;
import glimpse.database.Ids;
import glimpse.generation.providers.ImageProviders;
import glimpse.http.Limit;
import glimpse.images.Blocklist;
import glimpse.images.ContentCredentials;
import glimpse.images.ImagePipeline;
import glimpse.images.fetch.ImageFetcher;
import glimpse.limits.DailyLimit;
import glimpse.mail.CapturedMail;
import glimpse.mail.Smtp;
import glimpse.mail.Transport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the configuration says to each part of the server, in that part's own terms. */
final class Configured {
    private final Config config;
    private final Path data;

    Configured(Config config, Path data) {
        this.config = config;
        this.data = data;
    }

    Blocklist blocklist() {
        String file = config.images().blocklist();
        return file.isEmpty() ? Blocklist.none() : Blocklist.read(Path.of(file), new ArrayList<>());
    }

    /** Makes pictures as configured; its native library goes to a folder of its own. */
    ImagePipeline pipeline() {
        Config.Images images = config.images();
        // One core stays for reads: pictures take all they are given, and reads beside them took four times as long.
        int workers =
                images.workers() == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() - 1) : images.workers();
        return new ImagePipeline(new ImagePipeline.Settings(
                maxUpload(),
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

    ContentCredentials credentials(Clock clock, Ids ids) {
        Config.Provenance provenance = config.provenance();
        TrustAnchors anchors = TrustAnchors.of(
                ConfigRules.certificates("", provenance.trustAnchors(), new ArrayList<>()),
                ConfigRules.certificates("", provenance.timeStampAnchors(), new ArrayList<>()));
        return new ContentCredentials(
                new ContentCredentials.Settings(signing(), signer(), Main.version(), anchors), clock, ids::next);
    }

    Path signing() {
        return data.resolve("signing");
    }

    /** Whom validators show as the signer of pictures. */
    String signer() {
        String configured = config.provenance().signer();
        String url = config.server().publicUrl();
        return !configured.isEmpty() ? configured : url.isEmpty() ? "Glimpse" : ConfigRules.hostOf(url);
    }

    ImageFetcher fetcher() {
        Config.Fetch fetch = config.images().fetch();
        return new ImageFetcher(new ImageFetcher.Settings(
                Duration.ofSeconds(fetch.timeoutSeconds()),
                maxUpload(),
                fetch.concurrent(),
                Set.copyOf(fetch.allowHosts()),
                "Glimpse/" + Main.version()));
    }

    /** For pictures that providers leave at a URL; where an operator put something in a provider's place, also from there. */
    ImageFetcher resultFetcher() {
        return new ImageFetcher(new ImageFetcher.Settings(
                Duration.ofSeconds(30),
                maxUpload(),
                config.generation().concurrent(),
                ImageProviders.configuredHosts(ProviderSettings.of(config.providers())),
                "Glimpse/" + Main.version()));
    }

    long maxUpload() {
        return config.images().maxMegabytes() * 1024L * 1024L;
    }

    Transport transport(CapturedMail captured) {
        Config.Mail mail = config.mail();
        return config.mailMode() == Config.MailMode.SMTP
                ? new Smtp(new Smtp.Settings(
                        mail.host(), mail.port(), mail.username(), mail.password(), mail.security(), mail.from()))
                : captured;
    }

    Map<Limit, Integer> capacities() {
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

    Map<DailyLimit, Integer> dailyLimits() {
        Config.Limits limits = config.limits();
        return Map.of(
                DailyLimit.POSTS, limits.postsPerDay(),
                DailyLimit.GENERATIONS, limits.generationsPerDay(),
                DailyLimit.CODE_MAILS, 10);
    }

    /** Beside which limit a day's limit stands. */
    Map<Limit, Integer> perDay() {
        Map<DailyLimit, Integer> daily = dailyLimits();
        return daily.keySet().stream().collect(Collectors.toMap(limit -> Limit.valueOf(limit.name()), daily::get));
    }

    /** What guides tell of this server. */
    Map<String, String> facts() {
        Config.Limits limits = config.limits();
        return Map.ofEntries(
                Map.entry("version", Main.version()),
                Map.entry("code", howToVerify()),
                Map.entry("max_megabytes", Integer.toString(config.images().maxMegabytes())),
                Map.entry("posts_per_hour", Integer.toString(limits.postsPerHour())),
                Map.entry("posts_per_day", Integer.toString(limits.postsPerDay())),
                Map.entry("comments_per_hour", Integer.toString(limits.commentsPerHour())),
                Map.entry("reactions_per_hour", Integer.toString(limits.reactionsPerHour())),
                Map.entry("follows_per_hour", Integer.toString(limits.followsPerHour())),
                Map.entry("settings_per_minute", Integer.toString(limits.settingsPerMinute())),
                Map.entry("registrations_per_hour", Integer.toString(limits.registrationsPerHour())),
                Map.entry("calls_per_minute", Integer.toString(limits.callsPerMinute())),
                Map.entry("generations_per_minute", Integer.toString(limits.generationsPerMinute())),
                Map.entry("generations_per_day", Integer.toString(limits.generationsPerDay())));
    }

    private String howToVerify() {
        return switch (config.mailMode()) {
            case NONE -> "This server asks for no code: your key works at once. Others ask for it so:";
            case SMTP -> "Send the 6-digit code that your owner gets by mail, with your key.";
            case AUTO, CAPTURE ->
                "Send the 6-digit code, with your key. This server is a sandbox and sends no mail: the code is at"
                        + " {{base_url}}/_sandbox/mail/latest";
        };
    }

    /** The names a sandbox answers under; production stands behind whatever name it is given. */
    Set<String> hosts() {
        if (!config.isSandbox() || config.sandbox().allowRemote()) {
            return Set.of();
        }
        String url = config.server().publicUrl();
        String named = url.isEmpty() ? "glimpse.localhost" : ConfigRules.hostOf(url);
        return Stream.of("localhost", "127.0.0.1", "[::1]", shownHost(), named)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Without a port: what can be typed into a browser, whatever is listened on. */
    String shownHost() {
        String host = config.server().host();
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost";
        }
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
