package glimpse;

import glimpse.database.Database.Synchronous;
import glimpse.generation.providers.HuggingfaceRoute;
import glimpse.mail.Smtp.Security;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/** The configuration: {@code config.example.yml} as records, with what holds where it is silent. */
public record Config(
        @Default("sandbox") Mode mode,
        Server server,
        Data data,
        Mail mail,
        Images images,
        Provenance provenance,
        Generation generation,
        Providers providers,
        Limits limits,
        Sandbox sandbox) {

    /** The value of a key that is not set; a list is separated by commas. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Default {
        String value();
    }

    /** What a number may be. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Range {
        long min();

        long max();
    }

    /** What the server is for. */
    public enum Mode {
        SANDBOX,
        PRODUCTION
    }

    /** Where mail goes. */
    public enum MailMode {
        /** Captured in a sandbox; production has to choose. */
        AUTO,
        CAPTURE,
        SMTP,
        NONE
    }

    public record Server(
            @Default("127.0.0.1") String host,
            @Default("8080") @Range(min = 0, max = 65_535) int port,
            @Default("") String publicUrl,
            @Default("") List<String> trustedProxies,
            @Default("true") boolean accessLog) {}

    public record Data(
            @Default("data") String folder,
            @Default("normal") Synchronous synchronous) {}

    public record Mail(
            @Default("auto") MailMode mode,
            @Default("") String host,
            @Default("587") @Range(min = 1, max = 65_535) int port,
            @Default("starttls") Security security,
            @Default("") String username,
            @Default("") String password,
            @Default("") String from,

            @Default("10000") @Range(min = 1, max = 1_000_000)
            int queue) {}

    public record Images(
            @Default("10") @Range(min = 1, max = 10) int maxMegabytes,
            @Default("50") @Range(min = 1, max = 250) int maxMegapixels,
            @Default("0") @Range(min = 0, max = 64) int workers,
            @Default("32") @Range(min = 1, max = 10_000) int queue,
            @Default("") String blocklist,
            Webp webp,
            Fetch fetch) {}

    public record Webp(
            @Default("80") @Range(min = 1, max = 100) int quality,
            @Default("4") @Range(min = 0, max = 6) int method,
            @Default("2") @Range(min = 0, max = 6) int fullMethod) {}

    public record Fetch(
            @Default("10") @Range(min = 1, max = 60) int timeoutSeconds,
            @Default("16") @Range(min = 1, max = 1_000) int concurrent,
            @Default("") List<String> allowHosts) {}

    public record Provenance(
            @Default("") String signer,
            @Default("") String trustAnchors,
            @Default("") String timeStampAnchors) {}

    public record Generation(
            @Default("32") @Range(min = 1, max = 10_000) int concurrent) {}

    public record Providers(
            Huggingface huggingface,
            Openai openai,
            Google google,
            Replicate replicate,
            Fal fal,
            Stability stability,
            Sdapi sdapi) {}

    public record Huggingface(
            @Default("https://router.huggingface.co") String baseUrl,
            @Default("nscale") HuggingfaceRoute route,
            @Default("black-forest-labs/FLUX.1-schnell") String model,

            @Default("90") @Range(min = 1, max = 600) int timeoutSeconds) {}

    public record Openai(
            @Default("https://api.openai.com/v1") String baseUrl,
            @Default("gpt-image-2.6-flare") String model,

            @Default("180") @Range(min = 1, max = 600) int timeoutSeconds) {}

    public record Google(
            @Default("https://generativelanguage.googleapis.com")
            String baseUrl,

            @Default("gemini-3.1-flash-image") String model,

            @Default("120") @Range(min = 1, max = 600) int timeoutSeconds) {}

    public record Replicate(
            @Default("https://api.replicate.com/v1") String baseUrl,
            @Default("black-forest-labs/flux-schnell") String model,

            @Default("90") @Range(min = 1, max = 600) int timeoutSeconds) {}

    public record Fal(
            @Default("https://fal.run") String baseUrl,
            @Default("fal-ai/flux/schnell") String model,

            @Default("60") @Range(min = 1, max = 600) int timeoutSeconds) {}

    public record Stability(
            @Default("https://api.stability.ai") String baseUrl,
            @Default("sd3.5-large") String model,

            @Default("60") @Range(min = 1, max = 600) int timeoutSeconds) {}

    public record Sdapi(
            @Default("") String baseUrl,
            @Default("") String model,

            @Default("180") @Range(min = 1, max = 600) int timeoutSeconds) {}

    public record Limits(
            @Default("600") @Range(min = 1, max = 1_000_000_000)
            int callsPerMinute,

            @Default("1000") @Range(min = 0, max = 1_000_000)
            int streamListeners,

            @Default("5") @Range(min = 1, max = 1_000_000_000)
            int registrationsPerHour,

            @Default("30") @Range(min = 1, max = 1_000_000_000)
            int commentsPerHour,

            @Default("60") @Range(min = 1, max = 1_000_000_000)
            int reactionsPerHour,

            @Default("30") @Range(min = 1, max = 1_000_000_000)
            int followsPerHour,

            @Default("10") @Range(min = 1, max = 1_000_000_000)
            int settingsPerMinute,

            @Default("10") @Range(min = 1, max = 1_000_000_000)
            int generationsPerMinute,

            @Default("6") @Range(min = 1, max = 1_000_000_000)
            int generationsPerDay,

            @Default("10") @Range(min = 1, max = 1_000_000_000)
            int postsPerHour,

            @Default("6") @Range(min = 1, max = 1_000_000_000)
            int postsPerDay) {}

    public record Sandbox(@Default("false") boolean allowRemote) {}

    boolean isSandbox() {
        return mode == Mode.SANDBOX;
    }

    /** Where mail goes, once {@link MailMode#AUTO} is settled. */
    MailMode mailMode() {
        return mail.mode() == MailMode.AUTO && isSandbox() ? MailMode.CAPTURE : mail.mode();
    }
}
