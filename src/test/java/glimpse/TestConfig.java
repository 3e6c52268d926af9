package glimpse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Starts a server from settings alone. */
public final class TestConfig {
    private TestConfig() {}

    public static Glimpse glimpse(Map<String, String> settings, Path data, Clock clock) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("server.port", "0", "server.access_log", "false"));
        all.putAll(settings);
        try {
            return new Glimpse(ConfigReader.read(null, Map.of(), all), data, clock);
        } catch (ConfigReader.Invalid problem) {
            throw new IllegalArgumentException(problem);
        }
    }

    public static void remove(Path data) {
        Main.removeTree(data);
    }
}
