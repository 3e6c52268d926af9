package glimpse.http;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.EventClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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

    @Test
    void whoever_reads_all_that_there_ever_was_holds_up_neither_others_nor_the_end(@TempDir Path folder)
            throws IOException, InterruptedException {
        EventStreams streams = new EventStreams(2, Duration.ofSeconds(30), Duration.ofMillis(50));
        try (Server server = server(folder, streams, Long.MAX_VALUE, 1); // it is read faster than written
                EventClient greedy = new EventClient(url(server, "/events"), 0)) {
            Thread reading = new Thread(() -> readOn(greedy));
            reading.start();
            try (EventClient other = new EventClient(url(server, "/end"), 0)) {
                assertThat(other.next().data()).isEqualTo("retry: 3000");
                for (int i = 0; i < 3; i++) {
                    assertThat(other.next().data()).isEqualTo(":");
                }
                streams.close();
                assertThat(other.endsCleanly()).isTrue();
            }
            reading.join();
        }
    }

    @Test
    void an_address_that_has_all_places_gives_up_those_that_others_come_for(@TempDir Path folder) throws IOException {
        EventStreams streams = new EventStreams(4, Duration.ofSeconds(30), Duration.ofMillis(50));
        Deque<EventClient> listening = new ArrayDeque<>();
        try (Server server = server(folder, streams, 0)) {
            for (int i = 0; i < 4; i++) {
                listening.add(from("203.0.113.1", server, 200));
            }
            for (int i = 0; i < 2; i++) {
                listening.add(from("203.0.113.2", server, 200));
            }
            from("203.0.113.1", server, 503).close();
            from("203.0.113.2", server, 503).close();
            listening.add(from("203.0.113.3", server, 200));
            streams.close();
        }
        for (EventClient client : listening) {
            assertThat(client.endsCleanly()).isTrue();
            client.close();
        }
    }

    private static EventClient from(String address, Server server, int status) throws IOException {
        EventClient client = new EventClient(url(server, "/events"), 0, "X-Forwarded-For: " + address);
        assertThat(client.head()).startsWith("HTTP/1.1 " + status);
        return client;
    }

    @Test
    void many_who_read_all_that_there_ever_was_leave_threads_for_others(@TempDir Path folder) throws IOException {
        EventStreams streams = new EventStreams(300, Duration.ofSeconds(30), Duration.ofMillis(50));
        List<EventClient> greedy = new ArrayList<>();
        try (Server server = server(folder, streams, Long.MAX_VALUE, 1)) {
            for (int i = 0; i < 300; i++) { // more than there are threads
                greedy.add(new EventClient(url(server, "/events"), 0));
            }
        } finally {
            for (EventClient listener : greedy) {
                listener.close();
            }
        }
    }

    @Test
    void whatever_goes_wrong_with_one_listener_the_others_are_looked_after(@TempDir Path folder) throws IOException {
        EventStreams streams = new EventStreams(3, Duration.ofSeconds(30), Duration.ofMillis(50));
        AtomicInteger looks = new AtomicInteger();
        EventStream.Events failing = new EventStream.Events() {
            @Override
            public long version() {
                if (looks.incrementAndGet() > 2) {
                    throw new StackOverflowError("a test's");
                }
                return looks.get();
            }

            @Override
            public EventStream.Page after(long position) {
                return new EventStream.Page(new byte[0], position);
            }
        };
        Operation breaking =
                Operation.get("/breaking", "Breaks", Access.PUBLIC, Limit.NONE, call -> new EventStream(failing, 0));
        try (Server server = server(folder, streams, 0, PAGE, breaking);
                EventClient other = new EventClient(url(server, "/end"), 0);
                EventClient broken = new EventClient(url(server, "/breaking"), 0)) {
            assertThat(broken.endsCleanly()).isFalse();
            assertThat(other.next().data()).isEqualTo("retry: 3000");
            for (int i = 0; i < 20; i++) { // more than the failed look can have left
                assertThat(other.next().data()).isEqualTo(":");
            }
            try (EventClient next = new EventClient(url(server, "/end"), 0)) {
                assertThat(next.next().data()).isEqualTo("retry: 3000");
                assertThat(next.next().data()).isEqualTo(":");
            }
        }
    }

    private static void readOn(EventClient greedy) {
        try {
            greedy.endsCleanly();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static EventClient listen(Server server) throws IOException {
        return new EventClient(url(server, "/events"), 4_096);
    }

    private static String url(Server server, String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private static Server server(Path folder, EventStreams streams, long last) throws IOException {
        return server(folder, streams, last, PAGE);
    }

    private static Server server(Path folder, EventStreams streams, long last, int size, Operation... more)
            throws IOException {
        byte[] page = (":" + "x".repeat(size) + "\n\n").getBytes(StandardCharsets.US_ASCII);
        EventStream.Events events = new EventStream.Events() {
            @Override
            public long version() {
                return 0;
            }

            @Override
            public EventStream.Page after(long position) {
                return new EventStream.Page(Arrays.copyOf(page, page.length), position < last ? position + 1 : last);
            }
        };
        Operation listening =
                Operation.get("/events", "Events", Access.PUBLIC, Limit.NONE, call -> new EventStream(events, 0));
        Operation waiting =
                Operation.get("/end", "Nothing", Access.PUBLIC, Limit.NONE, call -> new EventStream(events, last));
        Server server = new Server(
                ServerTest.settings(folder, streams),
                Stream.concat(Stream.of(listening, waiting), Stream.of(more)).toList());
        server.start();
        return server;
    }
}
