package glimpse.images.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** What the tests of fetching have in common: settings that reach loopback, and how a failure looks. */
final class Fetching {
    static final long MAX_BYTES = 100_000;

    private Fetching() {}

    static ImageFetcher.Settings allowing(String... hosts) {
        return new ImageFetcher.Settings(Duration.ofSeconds(10), MAX_BYTES, 16, Set.of(hosts), "Glimpse/test");
    }

    static ImageFetcher.Settings within(Duration timeout) {
        return new ImageFetcher.Settings(timeout, MAX_BYTES, 2, Set.of("127.0.0.1", "slow.example"), "Glimpse/test");
    }

    static String fetched(RawServer server, Path folder) throws Exception {
        try (var fetcher = new ImageFetcher(allowing("127.0.0.1"))) {
            fetcher.fetch(server.url("/picture"), folder.resolve("picture"));
        }
        return Files.readString(folder.resolve("picture"));
    }

    static ApiError refusal(RawServer server, Path folder, ErrorCode code) {
        try (var fetcher = new ImageFetcher(allowing("127.0.0.1"))) {
            return refusal(fetcher, server.url("/picture"), folder, code);
        }
    }

    /** The failure has the given code and leaves no file. */
    static ApiError refusal(ImageFetcher fetcher, String url, Path folder, ErrorCode code) {
        ApiError error = catchThrowableOfType(ApiError.class, () -> fetcher.fetch(url, folder.resolve("picture")));
        assertThat(error).as(url).isNotNull();
        assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
        assertThat(folder.resolve("picture")).doesNotExist();
        return error;
    }
}
