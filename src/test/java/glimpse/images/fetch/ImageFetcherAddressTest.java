package glimpse.images.fetch;

import static glimpse.images.fetch.Fetching.allowing;
import static glimpse.images.fetch.Fetching.refusal;
import static glimpse.images.fetch.RawServer.ok;
import static glimpse.images.fetch.RawServer.redirect;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFetcherAddressTest {
    private final Path folder;
    private final List<String> lookups = new ArrayList<>();

    ImageFetcherAddressTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_name_that_turns_private_between_two_lookups_is_not_connected_to() throws Exception {
        try (var first = RawServer.answering(ok("first"));
                var second = listening("127.0.0.2", first.port());
                var fetcher = fetcher(allowing("pictures.example"), "127.0.0.1", "127.0.0.2")) {
            fetcher.fetch("http://pictures.example:" + first.port() + "/", folder.resolve("picture"));

            assertThat(folder.resolve("picture")).hasContent("first");
            assertThat(lookups).containsExactly("pictures.example");
            assertThat(first.requests).singleElement().asString().contains("Host: pictures.example:" + first.port());
            assertThat(second.requests).isEmpty();
        }
    }

    @Test
    void each_fetch_connects_to_what_its_own_lookup_found() throws Exception {
        try (var first = RawServer.answering(ok("first"));
                var second = listening("127.0.0.2", first.port());
                var fetcher = fetcher(allowing("pictures.example"), "127.0.0.1", "127.0.0.2")) {
            String url = "http://pictures.example:" + first.port() + "/";
            fetcher.fetch(url, folder.resolve("one"));
            fetcher.fetch(url, folder.resolve("two"));

            assertThat(folder.resolve("one")).hasContent("first");
            assertThat(folder.resolve("two")).hasContent("second");
            assertThat(second.requests).hasSize(1);
        }
    }

    @Test
    void a_name_with_one_private_address_among_public_ones_is_forbidden() throws Exception {
        try (var server = RawServer.answering(ok("secret"));
                var fetcher = fetcher(allowing(), "8.8.8.8 127.0.0.1")) {
            String url = "http://rebind.example:" + server.port() + "/";
            ApiError error = refusal(fetcher, url, folder, ErrorCode.IMAGE_URL_FORBIDDEN);

            assertThat(error).hasMessageEndingWith("its host is not a public address");
            assertThat(lookups).hasSize(1);
            assertThat(server.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "64:ff9b::a00:1", "2002:a00:1::1"})
    void a_name_that_leads_inside_is_forbidden_and_the_address_is_not_told(String address) {
        try (var fetcher = fetcher(allowing(), address)) {
            ApiError error = refusal(fetcher, "https://inside.example/", folder, ErrorCode.IMAGE_URL_FORBIDDEN);

            assertThat(error).hasMessageEndingWith("its host is not a public address");
        }
    }

    @Test
    void localhost_is_forbidden_by_its_name_too() {
        try (var fetcher = new ImageFetcher(allowing())) {
            refusal(fetcher, "http://localhost:8080/", folder, ErrorCode.IMAGE_URL_FORBIDDEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "0x7f.1",
                "0x7f000001",
                "127.0.0.1.",
                "127%2e0%2e0%2e1",
                "%31%32%37.0.0.1",
                "１２７.０.０.１",
                "127。0。0。1",
                "①②⑦.0.0.1",
                "0.0.0.0",
                "[::]",
                "[::1]",
                "%5B::1%5D",
                "%3A%3A1",
                "[::127.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::]",
                "[2001:0:7f00:1::]",
                "[2600::5efe:7f00:1]",
                "[fe80::1%25lo]",
                "[fd00:ec2::254]",
                "169.254.169.254",
                "0xa9fea9fe",
            })
    void no_spelling_of_an_inner_address_gets_through(String host) {
        try (var fetcher = fetcher(allowing())) {
            refusal(fetcher, "http://" + host + ":8080/", folder, ErrorCode.IMAGE_URL_FORBIDDEN);

            assertThat(lookups).isEmpty();
        }
    }

    @Test
    void a_name_that_is_not_found_fails() {
        try (var fetcher = fetcher(allowing(), "")) {
            ApiError error = refusal(fetcher, "http://nobody.example/", folder, ErrorCode.IMAGE_FETCH_FAILED);

            assertThat(error).hasMessageEndingWith("its host name was not found");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,              true",
        "127.0.0.1:PORT,         true",
        "127.0.0.1:1,            false",
        "127.0.0.2,              false",
        "localhost,              false",
        "[::1],                  false",
    })
    void an_allowed_host_is_exempt_and_only_it(String allowed, boolean through) throws Exception {
        try (var server = RawServer.answering(ok("picture"));
                var fetcher = new ImageFetcher(allowing(allowed.replace("PORT", String.valueOf(server.port()))))) {
            if (through) {
                fetcher.fetch(server.url("/"), folder.resolve("picture"));
                assertThat(folder.resolve("picture")).hasContent("picture");
            } else {
                refusal(fetcher, server.url("/"), folder, ErrorCode.IMAGE_URL_FORBIDDEN);
                assertThat(server.requests).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_into_the_private_network_is_forbidden(int status) throws Exception {
        try (var inside = listening("127.0.0.2", 0);
                var outside = RawServer.answering(redirect(status, "http://127.0.0.2:" + inside.port() + "/secret"))) {
            refusal(outside, folder, ErrorCode.IMAGE_URL_FORBIDDEN);

            assertThat(outside.requests).hasSize(1);
            assertThat(inside.requests).isEmpty();
        }
    }

    @Test
    void a_redirect_back_to_a_name_looks_it_up_and_checks_it_again() throws Exception {
        try (var server = RawServer.answering(redirect(302, "http://turning.example:8080/again"));
                var fetcher = fetcher(allowing("turning.example:" + server.port()), "127.0.0.1", "10.0.0.1")) {
            String url = "http://turning.example:" + server.port() + "/";
            refusal(fetcher, url, folder, ErrorCode.IMAGE_URL_FORBIDDEN);

            assertThat(lookups).containsExactly("turning.example", "turning.example");
        }
    }

    @Test
    void three_redirects_are_followed() throws Exception {
        try (var server = new RawServer((request, client) -> RawServer.write(client, hop(request)))) {
            assertThat(Fetching.fetched(server, folder)).isEqualTo("picture");
            assertThat(server.requests).hasSize(4);
        }
    }

    @Test
    void a_redirect_loop_ends_after_three() throws Exception {
        try (var server = RawServer.answering(redirect(302, "/picture"))) {
            ApiError error = refusal(server, folder, ErrorCode.IMAGE_FETCH_FAILED);

            assertThat(error).hasMessageEndingWith("it redirects more than 3 times");
            assertThat(server.requests).hasSize(4);
        }
    }

    @Test
    void a_redirect_without_a_location_fails() throws Exception {
        try (var server = RawServer.answering("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(refusal(server, folder, ErrorCode.IMAGE_FETCH_FAILED))
                    .hasMessageEndingWith("it redirects to nowhere");
        }
    }

    private static String hop(String request) {
        return switch (request.substring(0, request.indexOf(" HTTP"))) {
            case "GET /picture" -> redirect(301, "/2");
            case "GET /2" -> redirect(307, "3");
            case "GET /3" -> redirect(308, "?4");
            default -> ok("picture");
        };
    }

    private static RawServer listening(String address, int port) throws Exception {
        return new RawServer(
                new ServerSocket(port, 50, InetAddress.getByName(address)),
                (request, client) -> RawServer.write(client, ok("second")));
    }

    /** A DNS that gives one answer after another, each a list of addresses. */
    private ImageFetcher fetcher(ImageFetcher.Settings settings, String... answers) {
        return new ImageFetcher(settings, host -> {
            lookups.add(host);
            return addresses(answers[lookups.size() - 1]);
        });
    }

    private static InetAddress[] addresses(String list) throws UnknownHostException {
        if (list.isEmpty()) {
            throw new UnknownHostException();
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : list.split(" ", -1)) {
            addresses.add(InetAddress.getByName(address));
        }
        return addresses.toArray(InetAddress[]::new);
    }
}
