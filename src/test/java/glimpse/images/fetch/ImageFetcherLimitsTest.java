package glimpse.images.fetch;

import static glimpse.images.fetch.Fetching.MAX_BYTES;
import static glimpse.images.fetch.Fetching.fetched;
import static glimpse.images.fetch.Fetching.refusal;
import static glimpse.images.fetch.Fetching.within;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD) // seconds: a broken limit must not hang the build
class ImageFetcherLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final long BOUND_MILLIS = 3_000; // generous: a busy machine, yet far from the default ten seconds

    private final Path folder;

    ImageFetcherLimitsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_content_length_over_the_limit_is_refused_before_the_body() throws Exception {
        try (var server = new RawServer((request, client) -> {
            RawServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: " + (MAX_BYTES + 1) + "\r\n\r\n");
            RawServer.pause(client, 60_000);
        })) {
            ApiError error = refusal(server, folder, ErrorCode.IMAGE_TOO_LARGE);

            assertThat(error).hasMessage("The image is larger than 100000 bytes");
        }
    }

    @Test
    void a_body_of_exactly_the_limit_is_saved() throws Exception {
        String body = "a".repeat((int) MAX_BYTES);
        try (var server = RawServer.answering(RawServer.ok(body))) {
            assertThat(fetched(server, folder)).isEqualTo(body);
        }
    }

    @Test
    void an_endless_body_is_cut_off() throws Exception {
        try (var server = endless("X-Length: unknown")) {
            refusal(server, folder, ErrorCode.IMAGE_TOO_LARGE);
        }
    }

    @Test
    void an_endless_chunked_body_is_cut_off() throws Exception {
        try (var server = new RawServer((request, client) -> {
            RawServer.write(client, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (; ; ) {
                RawServer.write(client, "1000\r\n" + "a".repeat(0x1000) + "\r\n");
            }
        })) {
            refusal(server, folder, ErrorCode.IMAGE_TOO_LARGE);
        }
    }

    @Test
    void a_content_length_that_is_too_small_ends_the_picture_there() throws Exception {
        try (var server = endless("Content-Length: 10")) {
            assertThat(fetched(server, folder)).isEqualTo("aaaaaaaaaa");
        }
    }

    @Test
    void a_dripping_body_is_broken_off_at_the_deadline() throws Exception {
        try (var server = new RawServer((request, client) -> {
            RawServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n");
            drip(client);
        })) {
            assertTimesOut(server.url("/"));
        }
    }

    @Test
    void a_dripping_head_is_broken_off_at_the_deadline() throws Exception {
        try (var server = new RawServer((request, client) -> {
            RawServer.write(client, "HTTP/1.1 200 OK\r\nX-Slow: ");
            drip(client);
        })) {
            assertTimesOut(server.url("/"));
        }
    }

    @Test
    void a_silent_server_is_left_at_the_deadline() throws Exception {
        try (var server = new RawServer((request, client) -> RawServer.pause(client, 60_000))) {
            assertTimesOut(server.url("/"));
        }
    }

    @Test
    void the_deadline_is_one_for_all_hops() throws Exception {
        try (var server = new RawServer((request, client) -> {
            RawServer.pause(client, 200);
            RawServer.write(client, RawServer.redirect(302, "/"));
        })) {
            assertTimesOut(server.url("/"));
            assertThat(server.requests).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void a_slow_lookup_is_left_at_the_deadline() {
        CountDownLatch end = new CountDownLatch(1);
        long start = System.nanoTime();
        try (var fetcher = new ImageFetcher(within(SHORT), host -> uninterruptibly(end))) {
            for (int fetch = 0; fetch < 3; fetch++) { // more than there are threads for lookups
                ApiError error = refusal(fetcher, "http://slow.example/", folder, ErrorCode.IMAGE_FETCH_FAILED);
                assertThat(error).hasMessageEndingWith("it took too long");
            }
        } finally {
            end.countDown();
        }
        assertThat(millisSince(start)).isLessThan(BOUND_MILLIS);
    }

    @Test
    void more_fetches_than_there_are_slots_are_turned_away_and_slots_come_back() throws Exception {
        CountDownLatch bothArrived = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        try (var server = new RawServer((request, client) -> {
                    bothArrived.countDown();
                    answer.await();
                    RawServer.write(client, RawServer.ok("picture"));
                });
                var fetcher = new ImageFetcher(within(Duration.ofSeconds(30)))) {
            var one = CompletableFuture.runAsync(
                    () -> fetcher.fetch(server.url("/"), folder.resolve("one")), this::thread);
            var two = CompletableFuture.runAsync(
                    () -> fetcher.fetch(server.url("/"), folder.resolve("two")), this::thread);
            assertThat(bothArrived.await(20, TimeUnit.SECONDS)).isTrue();

            Path spare = Files.createDirectory(folder.resolve("spare"));
            ApiError error = refusal(fetcher, server.url("/"), spare, ErrorCode.SERVICE_UNAVAILABLE);
            assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(30));

            answer.countDown();
            CompletableFuture.allOf(one, two).get(20, TimeUnit.SECONDS);
            fetcher.fetch(server.url("/"), folder.resolve("three"));
            assertThat(folder.resolve("three")).hasContent("picture");
        }
    }

    private void assertTimesOut(String url) {
        long start = System.nanoTime();
        try (var fetcher = new ImageFetcher(within(SHORT))) {
            ApiError error = refusal(fetcher, url, folder, ErrorCode.IMAGE_FETCH_FAILED);

            assertThat(error).hasMessageEndingWith("it took too long");
        }
        assertThat(millisSince(start)).isLessThan(BOUND_MILLIS);
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private static RawServer endless(String header) throws IOException {
        return new RawServer((request, client) -> {
            RawServer.write(client, "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
            for (; ; ) {
                RawServer.write(client, "a".repeat(4_096));
            }
        });
    }

    private static void drip(Socket client) throws IOException {
        for (; ; ) {
            RawServer.write(client, "a");
            RawServer.pause(client, 20);
        }
    }

    /** As the C library's resolver, which takes no notice of an interrupt. */
    private static InetAddress[] uninterruptibly(CountDownLatch end) {
        for (; ; ) {
            try {
                end.await();
                return new InetAddress[0];
            } catch (InterruptedException ignored) {
                // Goes on waiting.
            }
        }
    }

    private void thread(Runnable work) {
        new Thread(work).start();
    }
}
