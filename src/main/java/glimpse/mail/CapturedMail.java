package glimpse.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps mails instead of sending them, in memory, for tests to read. */
public final class CapturedMail implements Transport {
    private static final int MOST = 1_000;

    /** One mail that nobody got. */
    public record Captured(Instant at, String to, String subject, String code, String text, String html) {}

    private final Clock clock;
    private final Deque<Captured> newestFirst = new ArrayDeque<>();

    public CapturedMail(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void send(Message message) {
        newestFirst.addFirst(new Captured(
                clock.instant(), message.to(), message.subject(), message.code(), message.text(), message.html()));
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
    }

    @Override
    public boolean isImmediate() {
        return true;
    }

    /** Newest first; those to one address, or all. */
    public synchronized List<Captured> to(@Nullable String address) {
        return newestFirst.stream()
                .filter(mail ->
                        address == null || mail.to().toLowerCase(Locale.ROOT).equals(address.toLowerCase(Locale.ROOT)))
                .toList();
    }

    public Optional<Captured> latest(@Nullable String address) {
        return to(address).stream().findFirst();
    }

    public synchronized void clear() {
        newestFirst.clear();
    }
}
