package glimpse.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A clock that can be put forward and held. It never goes back: ids and limits rely on that. */
public final class SandboxClock extends Clock {
    private final Clock real;
    private Duration ahead = Duration.ZERO;
    private @Nullable Instant held;

    public SandboxClock(Clock real) {
        this.real = real;
    }

    @Override
    public synchronized Instant instant() {
        return held != null ? held : real.instant().plus(ahead);
    }

    synchronized void hold() {
        held = instant();
    }

    synchronized void advance(Duration time) {
        if (held != null) {
            held = held.plus(time);
        } else {
            ahead = ahead.plus(time);
        }
    }

    /** Lets time run on from where it stands. */
    synchronized void resume() {
        ahead = Duration.between(real.instant(), instant());
        held = null;
    }

    synchronized boolean isHeld() {
        return held != null;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
