package glimpse.http;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.EventClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventStreamsTest {
    private static final int PAGE = 60_000;

    @Test
    void whoever_takes_nothing_makes_room_for_others(@TempDir Path folder) throws IOException {
        EventStreams streams = new EventStreams(1, Duration.ofMillis(300), Duration.ofSeconds(15));
        try (Server server = server(folder, streams, Long.MAX_VALUE);
                EventClient asleep = listen(server)) {
            assertThat(asleep.head()).startsWith("HTTP/1.1 200");
            long begin = System.nanoTime();
            String head = "";
            while (!head.startsWith("HTTP/1.1 200")) {
                try (EventClient next = listen(server)) {
                    head = next.head();
                    assertThat(head).containsPattern("^HTTP/1.1 (200|503)");
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
            assertThat(asleep.endsCleanly()).isFalse();
        }
    }

    @Test
    void whoever_has_gone_makes_room_for_others(@TempDir Path folder) throws IOException {
        EventStreams streams = new EventStreams(1, Duration.ofSeconds(30), Duration.ofMillis(50));
        try (Server server = server(folder, streams, 0)) {
            listen(server).close();
            String head = "";
            while (!head.startsWith("HTTP/1.1 200")) {
                try (EventClient next = listen(server)) {
                    head = next.head();
                }
            }
        }
    }

    @Test
    void a_stream_on_which_nothing_is_said_shows_that_it_is_there(@TempDir Path folder) throws IOException {
        EventStreams streams = new EventStreams(1, Duration.ofSeconds(30), Duration.ofMillis(50));
        try (Server server = server(folder, streams, 0);
                EventClient listener = listen(server)) {
            assertThat(listener.next().data()).isEqualTo("retry: 3000");
            for (int i = 0; i < 3; i++) {
                assertThat(listener.next().data()).isEqualTo(":");
            }
            streams.close();
            assertThat(listener.endsCleanly()).isTrue();
        }
    }

    private static EventClient listen(Server server) throws IOException {
        return new EventClient("http://127.0.0.1:" + server.port() + "/events", 4_096);
    }

    private static Server server(Path folder, EventStreams streams, long last) throws IOException {
        byte[] page = (":" + "x".repeat(PAGE) + "\n\n").getBytes(StandardCharsets.US_ASCII);
        EventStream.Events events = new EventStream.Events() {
            @Override
            public long version() {
                return 0;
            }

            @Override
            public EventStream.Page after(long position) {
                return new EventStream.Page(Arrays.copyOf(page, page.length), Math.min(position + 1, last));
            }
        };
        Operation listening =
                Operation.get("/events", "Events", Access.PUBLIC, Limit.NONE, call -> new EventStream(events, 0));
        Server server = new Server(ServerTest.settings(folder, streams), List.of(listening));
        server.start();
        return server;
    }
}
