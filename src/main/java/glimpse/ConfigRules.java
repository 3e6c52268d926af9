package glimpse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import glimpse.c2pa.TrustAnchors;
import glimpse.http.AddressRange;
import glimpse.images.Blocklist;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What has to hold between values that are each good by themselves. */
final class ConfigRules {
    private ConfigRules() {}

    static List<String> problems(Config config) {
        List<String> problems = new ArrayList<>();
        publicUrl(config.server().publicUrl(), problems);
        config.server().trustedProxies().forEach(range -> addressRange(range, problems));
        config.images().fetch().allowHosts().stream()
                .filter(host -> host.contains("/"))
                .forEach(host -> problems.add("images.fetch.allow_hosts: " + host + " must be a host or host:port"));
        if (!config.isSandbox() && config.server().publicUrl().isEmpty()) {
            problems.add("server.public_url must be set in production: it stands in mails and before every picture");
        }
        blocklist(config.images().blocklist(), problems);
        Config.Provenance provenance = config.provenance();
        certificates("provenance.trust_anchors", provenance.trustAnchors(), problems);
        certificates("provenance.time_stamp_anchors", provenance.timeStampAnchors(), problems);
        mail(config, problems);
        providers(config.providers(), problems);
        if (config.isSandbox()
                && !config.sandbox().allowRemote()
                && !isLoopback(config.server().host())) {
            problems.add("server.host " + config.server().host() + " can be reached by others, and a sandbox gives"
                    + " everybody everything: set mode: production, or sandbox.allow_remote: true");
        }
        return problems;
    }

    private static void publicUrl(String url, List<String> problems) {
        if (!url.isEmpty() && !(url.matches("https?://[^/?#@\\s]+") && hasHost(url))) {
            problems.add("server.public_url must be like https://glimpse.example, not \"" + url + '"');
        }
    }

    private static void providers(Config.Providers providers, List<String> problems) {
        baseUrl("huggingface", providers.huggingface().baseUrl(), problems);
        baseUrl("openai", providers.openai().baseUrl(), problems);
        baseUrl("google", providers.google().baseUrl(), problems);
        baseUrl("replicate", providers.replicate().baseUrl(), problems);
        baseUrl("fal", providers.fal().baseUrl(), problems);
        baseUrl("stability", providers.stability().baseUrl(), problems);
        if (!providers.sdapi().baseUrl().isEmpty()) {
            baseUrl("sdapi", providers.sdapi().baseUrl(), problems);
        }
    }

    private static void baseUrl(String provider, String url, List<String> problems) {
        if (!(url.matches("https?://[^?#@\\s]+") && hasHost(url))) {
            problems.add(
                    "providers." + provider + ".base_url must be like https://proxy.example/path, not \"" + url + '"');
        }
    }

    private static boolean hasHost(String url) {
        try {
            return URI.create(url).getHost() != null;
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }

    private static void addressRange(String range, List<String> problems) {
        try {
            AddressRange.parse(range);
        } catch (IllegalArgumentException problem) {
            problems.add("server.trusted_proxies: " + problem.getMessage());
        }
    }

    private static void blocklist(String file, List<String> problems) {
        if (!file.isEmpty()) {
            List<String> found = new ArrayList<>();
            Blocklist.read(Path.of(file), found);
            found.forEach(problem -> problems.add("images.blocklist: " + problem));
        }
    }

    /** The certificates in a file; none where no file is named. */
    static List<X509Certificate> certificates(String key, String file, List<String> problems) {
        try {
            return file.isEmpty() ? List.of() : TrustAnchors.certificates(Files.readString(Path.of(file), ISO_8859_1));
        } catch (IOException | InvalidPathException unreadable) {
            problems.add(key + ": " + file + " can't be read");
        } catch (CertificateException problem) {
            problems.add(key + ": " + file + " must hold certificates in PEM");
        }
        return List.of();
    }

    private static void mail(Config config, List<String> problems) {
        Config.Mail mail = config.mail();
        switch (config.mailMode()) {
            case AUTO -> problems.add("mail.mode must be smtp in production, or none to do without verification");
            case CAPTURE -> {
                if (!config.isSandbox()) {
                    problems.add("mail.mode capture is for a sandbox: in production nobody would get the mail");
                }
            }
            case SMTP -> {
                if (mail.host().isEmpty() || mail.from().isEmpty()) {
                    problems.add("mail.mode smtp needs mail.host and mail.from");
                }
            }
            case NONE -> {}
        }
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException problem) {
            return false;
        }
    }

    /** The host name in a URL that passed the rules. */
    static String hostOf(String url) {
        return String.valueOf(URI.create(url).getHost());
    }
}
