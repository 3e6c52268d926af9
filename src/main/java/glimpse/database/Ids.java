package glimpse.database;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes the ids that answers carry: UUIDs of version 7 (RFC 9562, section 5.7), which sort by time. */
public final class Ids {
    private final Clock clock;
    private final RandomGenerator random;

    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id, in lower case. */
    public String next() {
        long high = (clock.millis() << 16) | 0x7000 | (random.nextLong() & 0xFFF);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Whether a text has the form of an id, so that it can't be a name. */
    public static boolean isId(String text) {
        return text.length() == 36 && text.charAt(8) == '-' && text.charAt(13) == '-';
    }
}
