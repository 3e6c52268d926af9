package glimpse.images.fetch;

import glimpse.http.AddressLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.HttpUrl;

/** Finds the addresses of a host, once, and gives them out only when every one of them is public. */
final class CheckedLookup implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final ImageFetcher.Settings settings;
    private final ImageFetcher.Resolver resolver;
    // A lookup can't be interrupted in the C library, so a slow one is left behind; no more of them than fetches.
    private final ThreadPoolExecutor threads;

    CheckedLookup(ImageFetcher.Settings settings, ImageFetcher.Resolver resolver) {
        this.settings = settings;
        this.resolver = resolver;
        this.threads = new ThreadPoolExecutor(
                settings.maxConcurrent(),
                settings.maxConcurrent(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                CheckedLookup::daemon);
        threads.allowCoreThreadTimeOut(true);
    }

    List<InetAddress> addresses(HttpUrl url, Deadline deadline) {
        InetAddress literal = AddressLiteral.parse(url.host());
        List<InetAddress> addresses = literal == null ? resolved(url.host(), deadline) : List.of(literal);
        if (!settings.allows(url) && !addresses.stream().allMatch(PublicAddresses::isPublic)) {
            throw FetchFailures.forbidden("its host is not a public address")
                    .hint("Send the picture itself, as a file or in image_b64; who runs this server can let a host"
                            + " through with images.fetch.allow_hosts.");
        }
        return addresses;
    }

    private List<InetAddress> resolved(String host, Deadline deadline) {
        Future<InetAddress[]> lookup = threads.submit(() -> resolver.resolve(host));
        try {
            return List.of(lookup.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException unknown) {
            throw FetchFailures.failed("its host name was not found").cause(unknown);
        } catch (TimeoutException slow) {
            throw FetchFailures.timedOut().cause(slow);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw FetchFailures.failed("this server is stopping").cause(stopped);
        } finally {
            lookup.cancel(true);
        }
    }

    private static Thread daemon(Runnable lookup) {
        Thread thread = new Thread(lookup, "image-lookup");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
