package glimpse.images.fetch;

import static glimpse.images.fetch.Fetching.allowing;
import static glimpse.images.fetch.Fetching.fetched;
import static glimpse.images.fetch.Fetching.refusal;
import static glimpse.images.fetch.RawServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFetcherTest {
    private final Path folder;

    ImageFetcherTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_picture_is_saved_byte_for_byte() throws Exception {
        byte[] picture = new byte[90_000];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) i;
        }
        try (var server = new RawServer((request, client) -> {
                    RawServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n");
                    client.getOutputStream().write(picture);
                });
                var fetcher = new ImageFetcher(allowing("127.0.0.1"))) {
            fetcher.fetch(server.url("/a.png?size=1#top"), folder.resolve("picture"));

            assertThat(folder.resolve("picture")).hasBinaryContent(picture);
            assertThat(server.requests).singleElement().asString().startsWith("GET /a.png?size=1 HTTP/1.1\n");
        }
    }

    @Test
    void a_chunked_answer_and_one_that_ends_with_the_connection_are_saved() throws Exception {
        try (var server = RawServer.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")) {
            assertThat(fetched(server, folder)).isEqualTo("abcde");
        }
        Files.delete(folder.resolve("picture"));
        try (var server = RawServer.answering("HTTP/1.0 200 OK\r\n\r\nabcde")) {
            assertThat(fetched(server, folder)).isEqualTo("abcde");
        }
    }

    @Test
    void a_request_says_what_it_wants_and_nothing_about_who_asked() throws Exception {
        try (var server = RawServer.answering(ok("picture"))) {
            fetched(server, folder);

            assertThat(server.requests.get(0))
                    .contains("Accept: image/avif,image/webp,image/png,image/jpeg,image/gif")
                    .contains("Accept-Encoding: identity\n")
                    .contains("User-Agent: Glimpse/test\n")
                    .doesNotContainIgnoringCase("Referer")
                    .doesNotContainIgnoringCase("Cookie")
                    .doesNotContainIgnoringCase("Authorization");
        }
    }

    @Test
    void cookies_are_not_kept() throws Exception {
        try (var server = new RawServer((request, client) -> RawServer.write(
                        client,
                        request.startsWith("GET /first")
                                ? "HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /second\r\nContent-Length: 0\r\n\r\n"
                                : ok("picture")));
                var fetcher = new ImageFetcher(allowing("127.0.0.1"))) {
            fetcher.fetch(server.url("/first"), folder.resolve("one"));
            fetcher.fetch(server.url("/first"), folder.resolve("two"));

            assertThat(server.requests).hasSize(4).noneMatch(request -> request.contains("Cookie"));
        }
    }

    @Test
    void a_proxy_of_the_environment_is_not_used() throws Exception {
        Properties before = (Properties) System.getProperties().clone();
        System.setProperty("http.proxyHost", "127.0.0.2");
        System.setProperty("http.nonProxyHosts", "");
        System.setProperty("socksProxyHost", "127.0.0.2");
        System.setProperty("socksNonProxyHosts", "");
        try (var server = RawServer.answering(ok("picture"))) {
            assertThat(fetched(server, folder)).isEqualTo("picture");
        } finally {
            System.setProperties(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"201", "204", "206", "304", "401", "403", "404", "408", "500", "503"})
    void a_status_other_than_200_fails_and_is_told(int status) throws Exception {
        String answer = "HTTP/1.1 " + status + " No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n";
        try (var server = RawServer.answering(answer)) {
            ApiError error = refusal(server, folder, ErrorCode.IMAGE_FETCH_FAILED);

            assertThat(error.getMessage()).contains("status " + status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',                         the answer was empty",
        "'HTTP/1.1 200 OK\r\n\r\n',                                              the answer was empty",
        "'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc',                      the server broke off",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc',        the server broke off",
        "'220 smtp.example ESMTP\r\n',                                           did not speak HTTP",
        "'',                                                                     the server broke off",
        "'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n\r\nabc', compressed",
        "'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Encoding: br\r\nContent-Encoding: identity\r\n\r\nabc', compressed",
    })
    void an_answer_that_is_no_picture_fails(String answer, String reason) throws Exception {
        try (var server = RawServer.answering(answer)) {
            assertThat(refusal(server, folder, ErrorCode.IMAGE_FETCH_FAILED).getMessage())
                    .contains(reason);
        }
    }

    @Test
    void a_refused_connection_fails_without_naming_the_address() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (var fetcher = new ImageFetcher(
                allowing("gone.example"), host -> new InetAddress[] {InetAddress.getLoopbackAddress()})) {
            ApiError error =
                    refusal(fetcher, "http://gone.example:" + closed + "/", folder, ErrorCode.IMAGE_FETCH_FAILED);

            assertThat(error).hasMessageEndingWith("the server could not be connected to");
        }
    }

    @Test
    void an_existing_file_is_not_overwritten() throws Exception {
        Path taken = Files.writeString(folder.resolve("taken"), "before");
        try (var server = RawServer.answering(ok("picture"));
                var fetcher = new ImageFetcher(allowing("127.0.0.1"))) {
            ApiError error = catchThrowableOfType(ApiError.class, () -> fetcher.fetch(server.url("/"), taken));

            assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_FETCH_FAILED);
            assertThat(taken).hasContent("before");
        }
    }
}
