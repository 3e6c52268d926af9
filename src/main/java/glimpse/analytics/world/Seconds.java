package glimpse.analytics.world;

import java.time.Instant;

/** Times as whole seconds since the beginning of 2020, UTC: four bytes each, until 2088. */
public final class Seconds {
    public static final int DAY = 86_400;
    public static final int HOUR = 3_600;
    public static final int NEVER = Integer.MIN_VALUE;

    private static final long BEGINNING = 1_577_836_800L;

    private Seconds() {}

    public static int ofMillis(long epochMillis) {
        return (int) (Math.floorDiv(epochMillis, 1_000L) - BEGINNING);
    }

    public static int of(Instant time) {
        return ofMillis(time.toEpochMilli());
    }

    public static Instant instant(int seconds) {
        return Instant.ofEpochSecond(BEGINNING + seconds);
    }

    /** Days of UTC since the beginning. */
    public static int day(int seconds) {
        return Math.floorDiv(seconds, DAY);
    }

    public static int hour(int seconds) {
        return Math.floorDiv(seconds, HOUR);
    }
}
