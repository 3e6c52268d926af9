package glimpse.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One who listens to a stream of events. It holds its position, and is sent the next page when its socket takes it: what
 * it has not read waits in the database, and nobody waits for it.
 */
final class EventListener implements WriteListener {
    /** Bytes that the container collects; pages are larger, and go out as they are. */
    static final int BUFFER = 1 << 10;

    /** Pages in one turn, so that neither a thread of the server's nor the others' are kept by one who reads all posts. */
    private static final int PAGES_AT_ONCE = 5;

    private static final byte[] GREETING = bytes("retry: 3000\n\n");
    private static final byte[] BEAT = bytes(":\n\n");

    private final ServletOutputStream out;
    private final EventStream.Events events;
    private final Runnable closing;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean ending;
    private byte @Nullable [] first = GREETING;
    private long position;
    private long exhaustedAt = Long.MIN_VALUE; // the version at which there was nothing after the position
    private boolean flushed = true;
    private boolean blocked = true; // until the container says otherwise
    private long movedAt = System.nanoTime();

    /** @param closing closes the connection under it */
    EventListener(HttpServletResponse response, EventStream stream, Runnable closing) {
        this.events = stream.events();
        this.position = stream.after();
        this.closing = closing;
        try {
            this.out = response.getOutputStream();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** From when the response is asynchronous on. */
    void begin() {
        out.setWriteListener(this);
    }

    CompletableFuture<Boolean> ended() {
        return ended;
    }

    @Override
    public void onWritePossible() {
        turn.lock();
        try {
            send();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void onError(Throwable gone) {
        ended.complete(false);
    }

    /** Sends what is new, or that the stream is still there; gives up a listener that takes nothing. */
    void look(Duration patience, Duration beat) {
        if (!turn.tryLock()) {
            return; // it is being sent something
        }
        try {
            long still = System.nanoTime() - movedAt;
            if (blocked && still > patience.toNanos()) {
                abort();
            } else if (!blocked && events.version() != exhaustedAt) {
                send();
            }
            if (!blocked && first == null && still > beat.toNanos()) {
                first = BEAT;
                send();
            }
        } finally {
            turn.unlock();
        }
    }

    // What is left after a turn is sent at the next look.
    private void send() {
        try {
            int pages = 0;
            while (!ended.isDone() && isReady() && !ending) {
                byte @Nullable [] next = pages < PAGES_AT_ONCE ? next() : null;
                if (next != null) {
                    pages++;
                    flushed = false;
                    movedAt = System.nanoTime();
                    out.write(next);
                } else if (flushed) {
                    return;
                } else {
                    flushed = true;
                    out.flush();
                }
            }
        } catch (IOException | RuntimeException gone) {
            abort();
        }
    }

    /** Ends the stream as if the connection had broken: the client comes back. */
    void abort() {
        closing.run();
        ended.complete(false);
    }

    private boolean isReady() {
        blocked = !out.isReady();
        return !blocked;
    }

    private byte @Nullable [] next() {
        if (first != null) {
            byte[] bytes = first;
            first = null;
            return bytes;
        }
        while (true) {
            long version = events.version(); // before it is read: what comes meanwhile is looked for again
            if (version == exhaustedAt) {
                return null;
            }
            EventStream.Page page = events.after(position);
            if (page.last() == position) {
                exhaustedAt = version;
                return null;
            }
            position = page.last();
            if (page.bytes().length > 0) { // else they were deleted meanwhile
                return page.bytes();
            }
        }
    }

    /** Ends the stream as it should end, where the listener takes that. */
    void end() {
        ending = true;
        turn.lock();
        try {
            if (blocked) {
                closing.run();
            }
        } finally {
            turn.unlock();
        }
        ended.complete(true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
