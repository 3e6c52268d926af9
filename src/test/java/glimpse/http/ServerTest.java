package glimpse.http;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.secrets.MasterKey;
import glimpse.testing.Client;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerTest {
    @Test
    void where_memory_ends_the_answer_is_still_the_envelope(@TempDir Path folder) throws IOException {
        Operation exhausting = Operation.get("/exhausting", "Needs too much", Access.PUBLIC, Limit.CALLS, call -> {
            throw new OutOfMemoryError("of a test");
        });
        try (Server server = new Server(settings(folder, new EventStreams(1)), List.of(exhausting))) {
            server.start();
            Client client = new Client(HttpClient.newHttpClient(), "http://127.0.0.1:" + server.port(), List.of());
            assertThat(client.get("/exhausting").fails(500, "internal_error").header("X-RateLimit-Remaining"))
                    .isEqualTo("8");
        }
    }

    static Server.Settings settings(Path folder, EventStreams streams) throws IOException {
        return new Server.Settings(
                "127.0.0.1",
                0,
                Set.of(),
                List.of(AddressRange.parse("127.0.0.1/32")),
                hash -> Optional.empty(),
                new RateLimits(Clock.systemUTC(), Map.of(Limit.CALLS, 9)),
                (limit, agent) -> Optional.empty(),
                new Forgetful(),
                MasterKey.open(folder.resolve("master.key"), new SecureRandom()),
                streams,
                () -> "http://127.0.0.1",
                (call, error) -> Content.text("text/html", error.getMessage()),
                folder,
                1 << 20,
                false);
    }

    private static final class Forgetful implements IdempotentAnswers {
        @Override
        public Optional<Earlier> begin(byte[] caller, byte[] keyHash, byte[] requestHash) {
            return Optional.empty();
        }

        @Override
        public void finish(byte[] keyHash, byte[] sealedAnswer) {}

        @Override
        public void abandon(byte[] keyHash) {}
    }
}
