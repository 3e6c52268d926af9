package glimpse.generation.providers;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.generation.providers.ProviderFailure.Kind;
import glimpse.http.Json;
import glimpse.http.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One picture's talk with its provider: within its time, with its key, and its files gone when it is closed. */
public final class Exchange implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20); // before the one repetition
    private static final Set<Kind> WORTH_REPEATING = Set.of(Kind.RATE_LIMITED, Kind.UNAVAILABLE);

    private final Upstream upstream;
    private final String key;
    private final long endNanos;
    private final List<Upload> files = new ArrayList<>();
    private @Nullable Reply last;

    Exchange(Upstream upstream, String key, Duration timeout) {
        this.upstream = upstream;
        this.key = key;
        this.endNanos = System.nanoTime() + timeout.toNanos();
    }

    /** The caller's key at the provider; empty when it needs none. */
    String key() {
        return key;
    }

    /** What is left of its time; TIMEOUT when that is nothing. */
    Duration left() {
        long nanos = endNanos - System.nanoTime();
        if (nanos <= 0) {
            throw ProviderFailure.of(Kind.TIMEOUT);
        }
        return Duration.ofNanos(nanos);
    }

    static HttpRequest.Builder get(String url) {
        return HttpRequest.newBuilder(URI.create(url)).GET();
    }

    static HttpRequest.Builder post(String url, JsonNode body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", Json.TYPE)
                .header("Accept", Json.TYPE)
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    /** The same with the key as a bearer token, where there is one. */
    HttpRequest.Builder bearer(HttpRequest.Builder request) {
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    /**
     * Asks for the picture. Asks once more when the provider says how long to wait and there is time for that; never
     * after a timeout, which may have cost money.
     *
     * @param refusal what an answer means that is no success
     */
    Reply create(HttpRequest.Builder request, Function<Reply, ProviderFailure> refusal) {
        Reply reply = send(request.copy());
        if (isSuccess(reply)) {
            return reply;
        }
        ProviderFailure failure = refusal.apply(reply);
        @Nullable Duration wait = failure.retryAfter();
        boolean said = reply.status() == 429 || reply.status() == 503;
        if (wait == null || !said || !WORTH_REPEATING.contains(failure.kind()) || !fits(wait)) {
            throw failure;
        }
        pause(wait);
        Reply second = send(request.copy());
        if (!isSuccess(second)) {
            throw refusal.apply(second);
        }
        return second;
    }

    private boolean fits(Duration wait) {
        return wait.compareTo(LONGEST_PAUSE) <= 0
                && wait.compareTo(left().dividedBy(2)) < 0; // the rest is for the picture
    }

    static boolean isSuccess(Reply reply) {
        return reply.status() >= 200 && reply.status() < 300;
    }

    void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(time.toNanos(), left().toNanos()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw ProviderFailure.of(Kind.UNAVAILABLE);
        }
    }

    /** One request, whatever its answer. */
    Reply send(HttpRequest.Builder request) {
        Reply reply = upstream.send(request, file(), left());
        last = reply;
        return reply;
    }

    /** Asks for something that changes nothing for the caller, and does not care whether it worked. */
    void tell(HttpRequest.Builder request, Duration atMost) {
        try {
            upstream.send(request, file(), atMost);
        } catch (ProviderFailure unheard) {
            // there was nothing to be done about it
        }
    }

    /** The picture that a value of an answer holds: base64, a data URI, or a URL. */
    Picture picture(Reply reply, String value, String base, Set<String> hosts, @Nullable Long seed) {
        if (value.isEmpty()) {
            throw ProviderFailure.unusable("no picture in the answer");
        }
        return reply.isInline(value) ? decoded(reply, value, seed) : fetched(value, base, hosts, seed);
    }

    /** The picture that a value of an answer holds in base64. */
    Picture decoded(Reply reply, String value, @Nullable Long seed) {
        if (value.isEmpty()) {
            throw ProviderFailure.unusable("no picture in the answer");
        }
        Upload target = file();
        try {
            reply.decode(value, target);
        } catch (IOException problem) {
            throw ProviderFailure.unusable("no base64", problem);
        }
        return new Picture(target, seed);
    }

    /** Only from where the provider keeps its results, or from the host that was configured in its place. */
    private Picture fetched(String value, String base, Set<String> hosts, @Nullable Long seed) {
        URI url = resolved(value, base);
        URI configured = URI.create(base);
        boolean own = String.valueOf(url.getRawAuthority()).equals(configured.getRawAuthority());
        boolean known = "https".equals(url.getScheme())
                && hosts.stream().anyMatch(host -> isWithin(String.valueOf(url.getHost()), host));
        if (!own && !known) {
            throw ProviderFailure.unusable("a result at a host that is not the provider's");
        }
        Upload file = upstream.fetch(url, left());
        files.add(file);
        return new Picture(file, seed);
    }

    private static URI resolved(String value, String base) {
        try {
            return URI.create(base + "/").resolve(value);
        } catch (IllegalArgumentException notAUrl) {
            throw ProviderFailure.unusable("a result without a URL");
        }
    }

    private static boolean isWithin(String host, String domain) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals(domain) || lower.endsWith("." + domain);
    }

    private Upload file() {
        Upload file = upstream.file();
        files.add(file);
        return file;
    }

    /** A picture that was made here, as a file. */
    Upload write(byte[] bytes) {
        Upload file = file();
        upstream.write(bytes, file);
        return file;
    }

    /** The status of the last answer, for the log; 0 when there was none. */
    public int lastStatus() {
        return last == null ? 0 : last.status();
    }

    /** What the provider calls its last answer, for the log. */
    public String lastRequestId() {
        return last == null ? "" : last.requestId();
    }

    @Override
    public void close() {
        files.forEach(Upload::close);
    }

    /** An answer that is the picture itself. */
    static Picture raw(Reply reply, @Nullable Long seed) {
        return new Picture(reply.body(), seed);
    }

    static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
