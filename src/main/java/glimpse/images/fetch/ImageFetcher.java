package glimpse.images.fetch;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Downloads a picture from a URL that a caller chose, without being led into the private network (server-side request
 * forgery): each hop's name is resolved once, all its addresses are checked, and only those are connected to.
 */
public final class ImageFetcher implements AutoCloseable {
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String PICTURES = "image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.5";

    /**
     * The limits of a fetch.
     *
     * @param timeout over all hops, from the lookup of the first name to the last byte
     * @param maxConcurrent fetches at a time; more are turned away
     * @param allowHosts each {@code host} or {@code host:port}, IPv6 in brackets, that may have an address of any kind
     */
    public record Settings(
            Duration timeout, long maxBytes, int maxConcurrent, Set<String> allowHosts, String userAgent) {
        public Settings {
            allowHosts = allowHosts.stream()
                    .map(host -> host.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        }

        boolean allows(HttpUrl url) {
            String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
            return allowHosts.contains(host) || allowHosts.contains(host + ":" + url.port());
        }
    }

    /** Finds the addresses of a host name; tests put a lying DNS here. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Settings settings;
    private final CheckedLookup lookup;
    private final Semaphore slots;
    private @Nullable OkHttpClient client;

    public ImageFetcher(Settings settings) {
        this(settings, InetAddress::getAllByName);
    }

    public ImageFetcher(Settings settings, Resolver resolver) {
        this.settings = settings;
        this.lookup = new CheckedLookup(settings, resolver);
        this.slots = new Semaphore(settings.maxConcurrent());
    }

    /**
     * Saves what is at the URL as the new file {@code target}, which does not exist after a failure.
     *
     * @throws ApiError IMAGE_URL_FORBIDDEN, IMAGE_FETCH_FAILED, IMAGE_TOO_LARGE, or SERVICE_UNAVAILABLE when too many
     *     fetches are under way
     */
    public void fetch(String url, Path target) {
        fetch(url, target, settings.timeout());
    }

    /** The same in less time than the settings give, where that is less. */
    public void fetch(String url, Path target, Duration atMost) {
        if (!slots.tryAcquire()) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "Too many images are being fetched at this moment")
                    .retryAfter(settings.timeout()); // by then each of them is over
        }
        try {
            Duration timeout = atMost.compareTo(settings.timeout()) < 0 ? atMost : settings.timeout();
            follow(ForeignUrl.parse(url), target, Deadline.after(timeout));
        } finally {
            slots.release();
        }
    }

    private void follow(HttpUrl first, Path target, Deadline deadline) {
        HttpUrl url = first;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpUrl next = hop(url, target, deadline);
            if (next == null) {
                return;
            }
            url = next;
        }
        throw FetchFailures.failed("it redirects more than " + MAX_REDIRECTS + " times");
    }

    /** The host that a URL names, in the form in which it is looked up; none where it is no URL of the web. */
    public static @Nullable String host(String url) {
        @Nullable HttpUrl parsed = HttpUrl.parse(url);
        return parsed == null ? null : parsed.host();
    }

    /** Where the answer redirects to, or null when the picture was saved. */
    private @Nullable HttpUrl hop(HttpUrl url, Path target, Deadline deadline) {
        List<InetAddress> addresses = lookup.addresses(url, deadline);
        OkHttpClient pinned = client().newBuilder()
                .dns(host -> addresses)
                .callTimeout(deadline.remaining())
                .build();
        try (Response response = pinned.newCall(request(url)).execute()) {
            if (REDIRECTS.contains(response.code())) {
                return ForeignUrl.redirect(url, location(response));
            }
            Download.save(response, target, settings.maxBytes());
            return null;
        } catch (IOException problem) {
            throw FetchFailures.of(problem);
        }
    }

    private Request request(HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Accept", PICTURES)
                .header("Accept-Encoding", "identity") // also keeps OkHttp from unpacking gzip
                .header("Connection", "close")
                .header("User-Agent", settings.userAgent())
                .build();
    }

    private static String location(Response response) {
        String location = response.header("Location");
        if (location == null) {
            throw FetchFailures.failed("it redirects to nowhere");
        }
        return location;
    }

    /** Made at the first fetch, since it takes a good part of the time in which the whole server starts. */
    private synchronized OkHttpClient client() {
        if (client == null) {
            client = new OkHttpClient.Builder()
                    .proxy(Proxy.NO_PROXY)
                    .socketFactory(new DirectSockets())
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .retryOnConnectionFailure(false)
                    // No connection outlives its answer, so none made for one lookup serves another.
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                    .protocols(List.of(Protocol.HTTP_1_1)) // HTTP/2 shares connections between names
                    .connectTimeout(settings.timeout())
                    .readTimeout(settings.timeout())
                    .writeTimeout(settings.timeout())
                    .build();
        }
        return client;
    }

    /** Ends no fetch that is under way; it is over within the timeout. */
    @Override
    public void close() {
        lookup.close();
    }
}
