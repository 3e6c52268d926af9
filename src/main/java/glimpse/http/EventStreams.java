package glimpse.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of events that are under way. None has a thread: a listener that can take more is called by Jetty, and one
 * thread looks ten times a second whether there is anything new for those who have had everything.
 */
public final class EventStreams implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final long LOOK_MILLIS = 100;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Semaphore free;
    private final Duration patience;
    private final Duration beat;
    private final Map<EventListener, String> listeners = new ConcurrentHashMap<>(); // with their addresses
    private final Semaphore arrivals = new Semaphore(0);
    private @Nullable Thread watcher;
    private volatile boolean closed;

    /** @param most listeners at the same time */
    public EventStreams(int most) {
        this(most, Duration.ofSeconds(30), Duration.ofSeconds(15));
    }

    /**
     * The same with other times.
     *
     * @param patience how long a listener may take nothing
     * @param beat how often a listener to whom nothing is said hears that the stream is still there
     */
    EventStreams(int most, Duration patience, Duration beat) {
        this.free = new Semaphore(most);
        this.patience = patience;
        this.beat = beat;
    }

    /**
     * Begins to answer; whoever asks for the headers alone gets no more.
     *
     * @throws ApiError SERVICE_UNAVAILABLE when there are as many listeners as there may be, and no address has more of
     *     them than this one
     */
    void begin(Context context, EventStream stream, String address) {
        boolean isHead = context.method().name().equals("HEAD"); // takes no place, and nobody has to go for it
        if (!isHead && (closed || !(free.tryAcquire() || (makesRoom(address) && free.tryAcquire())))) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "There are too many listeners")
                    .retryAfter(RETRY_AFTER)
                    .hint("Until then, GET /api/v1/timeline/public with min_id tells what is new.");
        }
        context.contentType("text/event-stream; charset=utf-8");
        context.header("Cache-Control", "no-store");
        context.header("X-Accel-Buffering", "no"); // nginx would keep events back
        if (isHead) {
            return;
        }
        try {
            listen(context, stream, address);
        } catch (RuntimeException problem) {
            free.release();
            throw problem;
        }
    }

    // As long as there is room, one address can have it all: it has to give way to others, place by place, up to a fair
    // share. Its clients come back, and miss nothing.
    private synchronized boolean makesRoom(String address) {
        Map<String, List<EventListener>> byAddress = listeners.entrySet().stream()
                .collect(groupingBy(Map.Entry::getValue, mapping(Map.Entry::getKey, toList())));
        List<EventListener> most = byAddress.values().stream()
                .max(Comparator.comparing(List::size))
                .orElse(List.of());
        if (most.size() <= byAddress.getOrDefault(address, List.of()).size() + 1) {
            return false;
        }
        most.get(0).end();
        return true;
    }

    private void listen(Context context, EventStream stream, String address) {
        EndPoint socket = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        context.res().setBufferSize(EventListener.BUFFER);
        EventListener listener = new EventListener(context.res(), stream, socket::close);
        context.future(() -> {
            listeners.put(listener, address);
            CompletableFuture<Boolean> left = listener.ended().whenComplete((ended, problem) -> {
                listeners.remove(listener);
                free.release();
            });
            listener.begin();
            watch();
            if (closed) { // perhaps after the others were ended
                listener.end();
            }
            return left;
        });
    }

    private synchronized void watch() {
        if (watcher == null) {
            watcher = new Thread(this::run, "event-streams");
            watcher.setDaemon(true);
            watcher.start();
        }
        arrivals.release();
    }

    private void run() {
        try {
            while (!closed) {
                if (listeners.isEmpty()) {
                    arrivals.acquire();
                }
                arrivals.drainPermits();
                listeners.keySet().forEach(this::look);
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    // Whatever goes wrong with one listener, the others are looked after.
    private void look(EventListener listener) {
        try {
            listener.look(patience, beat);
        } catch (RuntimeException | Error problem) {
            log.warn("stream_ended", problem);
            listener.abort();
        }
    }

    /** Ends all streams; their clients come back to the next server. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (watcher != null) {
                watcher.interrupt();
            }
        }
        listeners.keySet().forEach(EventListener::end);
    }
}
