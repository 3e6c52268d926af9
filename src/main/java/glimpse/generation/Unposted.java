package glimpse.generation;

import glimpse.database.Database;
import glimpse.images.Background;
import glimpse.images.ImageStore;
import glimpse.limits.DailyUsageDao;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes pictures that were generated and not posted within a day. */
public final class Unposted implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Unposted.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

    private final GenerationDao generations;
    private final Clock clock;
    private final Background looking = new Background("unposted", this::look);

    public Unposted(Database database, ImageStore images, DailyUsageDao usage, Clock clock) {
        this.generations = new GenerationDao(database, images.rows(), usage);
        this.clock = clock;
    }

    /** Looks now and again, on a thread of its own. */
    public void start() {
        looking.start();
    }

    private void look() throws InterruptedException {
        while (true) {
            removeSafely();
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** Removes what is due; a problem is logged, and no concern of the caller. */
    void removeSafely() {
        try {
            while (generations.removeUnposted(clock.instant().minus(KEPT))) {
                log.debug("unposted_removed");
            }
        } catch (RuntimeException problem) {
            log.warn("unposted_not_removed", problem);
        }
    }

    @Override
    public void close() {
        looking.close();
    }
}
