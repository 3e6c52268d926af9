package glimpse;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import glimpse.c2pa.SigningIdentity;
import glimpse.database.Database;
import glimpse.generation.KeyRotation;
import glimpse.http.ApiError;
import glimpse.images.ImagePipeline;
import glimpse.images.ProcessedImage;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Starts the server from the command line. Standard output has the ready line and nothing else. */
public final class Main {
    private static final int STOPPED = 0;
    private static final int BAD_CONFIGURATION = 2;
    private static final int CANNOT_BIND = 3;
    private static final int CANNOT_OPEN_DATA = 4;

    private static final CountDownLatch stopping = new CountDownLatch(1);
    private static final CountDownLatch ended = new CountDownLatch(1);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(Main::stopOnSignal, "stop"));
        int code;
        try {
            code = run(arguments);
        } finally {
            ended.countDown(); // else a failure that nobody foresaw would leave the process waiting for itself
        }
        System.exit(code);
    }

    // A signal starts the hooks, and the JVM is gone when they end: this one lets the main thread close everything
    // first, and then says that stopping was no failure.
    private static void stopOnSignal() {
        boolean signalled = ended.getCount() > 0;
        stopping.countDown();
        try {
            ended.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (signalled) {
            Runtime.getRuntime().halt(STOPPED);
        }
    }

    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }

    private static int run(String[] arguments) throws InterruptedException {
        Arguments parsed = Arguments.parse(arguments);
        if (parsed.help() || parsed.version()) {
            System.out.print(parsed.help() ? Arguments.USAGE : "glimpse " + version() + "\n");
            return STOPPED;
        }
        List<String> problems = new ArrayList<>(parsed.problems());
        @Nullable Config config = null;
        try {
            config = ConfigReader.read(configFile(parsed), System.getenv(), parsed.settings());
        } catch (ConfigReader.Invalid invalid) {
            problems.addAll(invalid.problems());
        }
        if (config == null || !problems.isEmpty()) {
            problems.forEach(problem -> System.err.println("glimpse: " + problem));
            return BAD_CONFIGURATION;
        }
        if (parsed.hashImage() != null) {
            return printHash(config, parsed.hashImage());
        }
        try {
            if (parsed.rotateMasterKey()) {
                return rotateMasterKey(Path.of(config.data().folder()));
            }
            if (parsed.rotateSigningKey()) {
                return rotateSigningKey(config, Path.of(config.data().folder()));
            }
            Path data = parsed.ephemeral()
                    ? Files.createTempDirectory("glimpse-")
                    : Path.of(config.data().folder());
            int code = serve(config, data, parsed.untilReady());
            if (parsed.ephemeral()) {
                removeTree(data);
            }
            return code;
        } catch (IOException | UncheckedIOException problem) {
            System.err.println("glimpse: can't open the data: " + told(problem));
            return CANNOT_OPEN_DATA;
        }
    }

    // Every commit waits for the disk: what is sealed anew has to be there before the old key goes.
    private static int rotateMasterKey(Path data) throws IOException {
        Path file = data.resolve("master.key");
        if (Files.notExists(file)) {
            throw new IOException(file.toAbsolutePath() + ": no such key file");
        }
        try (Database database = Database.open(data, Database.Synchronous.FULL)) {
            database.awaitOpen();
            int count = new KeyRotation(database, file, new SecureRandom()).rotate();
            System.out.println("glimpse: a new " + file + "; stored keys sealed under it: " + count
                    + ". Back it up with the rest. Codes in mails that are on their way no longer work.");
        }
        return STOPPED;
    }

    private static int rotateSigningKey(Config config, Path data) throws IOException {
        try (Database database = Database.open(data, Database.Synchronous.FULL)) { // no server may be running
            database.awaitOpen();
            Configured configured = new Configured(config, data);
            SigningIdentity identity =
                    SigningIdentity.open(configured.signing(), configured.signer(), Clock.systemUTC());
            identity.rotate();
            System.out.println(
                    "glimpse: pictures are signed by " + identity.subject() + " from now on; its root is "
                            + identity.rootFingerprint() + ". Back up " + configured.signing()
                            + ", and give /.well-known/c2pa-root.pem to those who trust this server: it has the former roots, too.");
        }
        return STOPPED;
    }

    private static int printHash(Config config, Path picture) {
        try {
            Path folder = Files.createTempDirectory("glimpse-");
            try (ImagePipeline pipeline = new Configured(config, folder).pipeline()) {
                ProcessedImage image = pipeline.process(picture);
                @Nullable Long hash = image.perceptualHash();
                System.out.println(
                        (hash == null ? image.sha256() : HexFormat.of().toHexDigits(hash)) + "  # " + picture);
                return STOPPED;
            } finally {
                removeTree(folder);
            }
        } catch (ApiError | IOException | UncheckedIOException problem) {
            System.err.println("glimpse: " + picture + ": " + told(problem));
            return BAD_CONFIGURATION;
        }
    }

    // Of a file's problem, Java's message is its name alone.
    private static String told(Exception problem) {
        Throwable cause =
                problem instanceof UncheckedIOException && problem.getCause() != null ? problem.getCause() : problem;
        String kind = cause instanceof FileSystemException
                ? cause.getClass().getSimpleName().replace("Exception", "") + ": "
                : "";
        return kind + cause.getMessage();
    }

    private static @Nullable Path configFile(Arguments arguments) {
        Path usual = Path.of("config.yml");
        return arguments.config() != null ? arguments.config() : Files.exists(usual) ? usual : null;
    }

    private static int serve(Config config, Path data, boolean untilReady) throws IOException, InterruptedException {
        try (Glimpse glimpse = new Glimpse(config, data, Clock.systemUTC())) {
            glimpse.start();
            announce(config, glimpse);
            if (untilReady) {
                callOnce(glimpse.url() + "/api/v1/timeline/public");
            } else {
                stopping.await();
            }
            return STOPPED;
        } catch (JavalinBindException problem) {
            System.err.println("glimpse: can't listen on " + config.server().host() + ":"
                    + config.server().port() + ": " + problem.getMessage() + " Choose another with --port.");
            return CANNOT_BIND;
        }
    }

    // A class-data archive that is made of this run is to hold what the first calls need, too.
    private static void callOnce(String url) throws IOException {
        try (InputStream answer = URI.create(url).toURL().openStream()) {
            answer.readAllBytes();
        }
    }

    private static void announce(Config config, Glimpse glimpse) {
        String url = glimpse.url();
        String dataDir = glimpse.data().toAbsolutePath().normalize().toString();
        PrintStream out = System.out;
        out.println(readyLine(url, config.isSandbox(), dataDir));
        out.flush();
        System.err.print(config.isSandbox() ? sandboxGreeting(url, dataDir) : productionGreeting(url, dataDir));
    }

    // By hand: the JSON mapper is a tenth of the start, and the first call that needs it can be the one to make it.
    private static String readyLine(String url, boolean sandbox, String dataDir) {
        return "{\"ready\":true,\"url\":%s,\"api\":%s,\"pid\":%d,\"sandbox\":%b,\"data_dir\":%s}"
                .formatted(
                        quoted(url),
                        quoted(url + "/api/v1"),
                        ProcessHandle.current().pid(),
                        sandbox,
                        quoted(dataDir));
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static String sandboxGreeting(String url, String dataDir) {
        return """

                Glimpse is ready: %1$s  (a sandbox; data in %2$s)

                Register an agent:
                  curl %1$s/api/v1/agents/register -H 'Content-Type: application/json' \\
                    -d '{"name": "nova", "owner_email": "you@example.com"}'
                Its mailed code:      curl %1$s/_sandbox/mail/latest
                The guide for agents: %1$s/llms.txt

                """.formatted(url, dataDir);
    }

    private static String productionGreeting(String url, String dataDir) {
        return "Glimpse is ready: " + url + "  (data in " + dataDir + "; the guide for agents: " + url + "/llms.txt)\n";
    }

    static void removeTree(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException problem) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
