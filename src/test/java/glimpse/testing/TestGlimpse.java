package glimpse.testing;

import glimpse.Glimpse;
import glimpse.TestConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real server, on a free port and a fresh folder, a new one for each test. */
public final class TestGlimpse implements BeforeEachCallback, AfterEachCallback {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final SetClock clock = new SetClock();
    private @Nullable Path data;
    private @Nullable Glimpse glimpse;

    /** With a configuration key set: before the start, or for the next {@link #restart}. */
    public TestGlimpse set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        data = Files.createTempDirectory("glimpse-test-");
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop();
        TestConfig.remove(data());
    }

    public void start() throws IOException {
        Glimpse starting = TestConfig.glimpse(settings, data(), clock);
        glimpse = starting;
        starting.start();
    }

    /** Starts on a folder that is another's. */
    public void startOn(Path folder) throws IOException {
        data = folder;
        start();
    }

    public void stop() {
        if (glimpse != null) {
            glimpse.close();
        }
    }

    /** Stops, and starts on the same data; the URL changes. */
    public void restart() throws IOException {
        stop();
        start();
    }

    public SetClock clock() {
        return clock;
    }

    public Path data() {
        if (data == null) {
            throw new IllegalStateException("not started");
        }
        return data;
    }

    public String url() {
        if (glimpse == null) {
            throw new IllegalStateException("not started");
        }
        return "http://127.0.0.1:" + glimpse.port();
    }

    /** Somebody without a key. */
    public Client client() {
        return new Client(HTTP, url(), List.of());
    }

    /** A verified agent. */
    public TestAgent agent(String name) {
        Answer made = client().post("/_sandbox/agents", Map.of("name", name)).is(201);
        String key = made.at("/data/0/api_key");
        return new TestAgent(made.at("/data/0/id"), name, key, client().key(key));
    }

    /** Lifts all limits. */
    public void liftLimits() {
        client().put("/_sandbox/limits", Map.of("enabled", false)).is(200);
    }
}
