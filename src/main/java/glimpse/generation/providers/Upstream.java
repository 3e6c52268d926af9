package glimpse.generation.providers;

import glimpse.http.ApiError;
import glimpse.http.Upload;
import glimpse.images.fetch.ImageFetcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The way to the providers: one HTTP client, and the fetcher for pictures that they leave somewhere else. */
public final class Upstream implements AutoCloseable {
    static {
        // A connection that the other side closed while it lay idle fails the next POST, which is not sent again by
        // itself. The client of Java 17 keeps them for twenty minutes, longer than any provider does.
        System.setProperty("jdk.httpclient.keepalive.timeout", "15");
    }

    private static final long LARGEST_ANSWER = 32L << 20; // bytes
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int THREADS = 4; // they only move bytes

    private final Path spool;
    private final ImageFetcher fetcher;
    private final String userAgent;
    private @Nullable HttpClient client;
    private @Nullable ExecutorService threads;

    /**
     * Wires it; connects to nobody.
     *
     * @param spool a folder for answers
     * @param fetcher for pictures at URLs; it has to allow the hosts of base URLs that were configured
     */
    public Upstream(Path spool, ImageFetcher fetcher, String userAgent) {
        this.spool = spool;
        this.fetcher = fetcher;
        this.userAgent = userAgent;
    }

    /** Begins to have one picture made, with so much time for all of it. */
    public Exchange begin(String key, Duration timeout) {
        return new Exchange(this, key, timeout);
    }

    /** An empty file for bytes on their way. */
    Upload file() {
        try {
            return new Upload(Files.createTempFile(spool, "generation-", ".part"), 0);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    void write(byte[] bytes, Upload target) {
        try {
            Files.write(target.file(), bytes);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** One request and its answer, to the last byte, within the time that is left. */
    Reply send(HttpRequest.Builder request, Upload into, Duration left) {
        HttpRequest timed =
                request.timeout(left).header("User-Agent", userAgent).build();
        CompletableFuture<HttpResponse<Long>> answer = client().sendAsync(timed, head -> body(into));
        try {
            HttpResponse<Long> complete = answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
            return new Reply(complete.statusCode(), complete.headers(), new Upload(into.file(), complete.body()));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw ProviderFailure.of(ProviderFailure.Kind.TIMEOUT);
        } catch (InterruptedException stop) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw ProviderFailure.of(ProviderFailure.Kind.UNAVAILABLE);
        } catch (ExecutionException problem) {
            throw failure(problem.getCause());
        }
    }

    private static FileBody body(Upload into) {
        try {
            return new FileBody(into.file(), LARGEST_ANSWER);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static ProviderFailure failure(@Nullable Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
            return ProviderFailure.of(ProviderFailure.Kind.UNAVAILABLE);
        }
        if (cause instanceof HttpTimeoutException) {
            return ProviderFailure.of(ProviderFailure.Kind.TIMEOUT);
        }
        return ProviderFailure.unusable("no whole answer", cause == null ? new IOException() : cause);
    }

    /** Fetches a picture from a URL, without any key, and never from the private network. */
    Upload fetch(URI url, Duration left) {
        Upload target = file();
        target.close(); // the fetcher makes it itself
        try {
            fetcher.fetch(url.toString(), target.file(), left);
            return target;
        } catch (ApiError refused) {
            throw ProviderFailure.unusable(
                    "result not fetched: " + refused.code().code());
        }
    }

    // Made at the first generation, since it is a good part of the time in which the whole server starts.
    private synchronized HttpClient client() {
        if (client == null) {
            threads = Executors.newFixedThreadPool(THREADS, work -> {
                Thread thread = new Thread(work, "providers");
                thread.setDaemon(true);
                return thread;
            });
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1) // some local engines stumble over the offer of HTTP/2
                    .followRedirects(HttpClient.Redirect.NEVER) // a key goes to the host that was configured only
                    .connectTimeout(CONNECT_TIMEOUT)
                    .executor(threads)
                    .build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
        fetcher.close();
    }
}
