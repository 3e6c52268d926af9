package glimpse.mail;

import glimpse.http.ApiError;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails that wait, on a thread of its own: a mail server that is slow or dead slows no request, and what it
 * did not take is tried again, also after a restart.
 */
public final class Outbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final int BATCH = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);
    private static final long FIRST_LOOK_MILLIS = 1_000; // after the start, which has more urgent things to do
    private static final long LOOK_AGAIN_MILLIS = 500; // while something waits for a time that a sandbox can move

    private final OutboxDao mails;
    private final Transport transport;
    private final Clock clock;
    private final Map<String, Composer> composers;
    private final Semaphore wakeUps = new Semaphore(0);
    private @Nullable Thread sender;
    private volatile boolean closed;

    /** @param composers by kind of mail */
    public Outbox(OutboxDao mails, Transport transport, Clock clock, Map<String, Composer> composers) {
        this.mails = mails;
        this.transport = transport;
        this.clock = clock;
        this.composers = composers;
    }

    public void start() {
        Thread thread = new Thread(this::run, "outbox");
        thread.setDaemon(true);
        thread.start();
        sender = thread;
    }

    /**
     * Fails when too many mails wait: for one who asks for a mail and must not learn whether there is anybody to send it to.
     *
     * @throws ApiError SERVICE_UNAVAILABLE
     */
    public void requireRoom() {
        mails.requireRoom();
    }

    /** Is called when a mail was queued and its transaction committed. */
    public void wake() {
        if (transport.isImmediate()) {
            sendDue();
        } else {
            wakeUps.release();
        }
    }

    private void run() {
        try {
            wakeUps.tryAcquire(FIRST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
            while (!closed) {
                sendAndWait();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAndWait() throws InterruptedException {
        try {
            sendDue();
            if (mails.isEmpty()) {
                wakeUps.acquire();
            } else if (!wakeUps.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            wakeUps.drainPermits();
        } catch (RuntimeException problem) {
            if (!closed) { // a mail server that hangs can outlast the database
                log.error("outbox_failed", problem);
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    private synchronized void sendDue() {
        List<OutboxDao.Due> due = mails.due(BATCH);
        while (!due.isEmpty() && !closed) {
            due.forEach(this::send);
            due = mails.due(BATCH);
        }
    }

    private void send(OutboxDao.Due mail) {
        @Nullable Composer composer = composers.get(mail.kind());
        Optional<Message> message = composer == null ? Optional.empty() : composer.compose(mail.agentSeq());
        if (composer == null || message.isEmpty()) {
            mails.remove(mail);
            return;
        }
        try {
            transport.send(message.get());
        } catch (RuntimeException problem) {
            failed(mail, problem);
            return;
        }
        mails.remove(mail);
    }

    private void failed(OutboxDao.Due mail, RuntimeException problem) {
        if (closed) {
            return;
        }
        // The problem's own text can quote the mail, and with it the code.
        String kind = rootCause(problem).getClass().getSimpleName();
        if (mail.createdAt().plus(GIVE_UP_AFTER).isBefore(clock.instant())) {
            log.error("mail_given_up mail={} attempts={} problem={}", mail.seq(), mail.attempts() + 1, kind);
            mails.remove(mail);
            return;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(mail.attempts() + 1, 6));
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        log.warn("mail_not_sent mail={} problem={} again_in_s={}", mail.seq(), kind, pause.toSeconds());
        mails.postpone(mail, clock.instant().plus(pause));
    }

    private static Throwable rootCause(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public void close() {
        closed = true;
        Thread thread = sender;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(2_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
