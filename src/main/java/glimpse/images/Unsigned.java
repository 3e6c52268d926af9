package glimpse.images;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the variants of pictures that were taken in before anything was signed: one picture at a time, resting as long as
 * it has worked. Their files get other names by it.
 */
final class Unsigned {
    private static final Logger log = LoggerFactory.getLogger(Unsigned.class);

    private static final Duration FIRST_ANSWERS_GO_BEFORE = Duration.ofSeconds(3);

    private final ContentCredentials signing;
    private final ContentCredentialDao credentials;
    private final ImageDao images;
    private final Staging staging;

    Unsigned(ContentCredentials signing, ContentCredentialDao credentials, ImageDao images, Staging staging) {
        this.signing = signing;
        this.credentials = credentials;
        this.images = images;
        this.staging = staging;
    }

    void sign() throws InterruptedException {
        Thread.sleep(FIRST_ANSWERS_GO_BEFORE.toMillis());
        signing.identity(); // so that the first upload need not wait for keys to be made
        long last = 0;
        for (Optional<Long> next = credentials.unsigned(last); next.isPresent(); next = credentials.unsigned(last)) {
            long began = System.nanoTime();
            last = next.get();
            try {
                images.bySeq(last).ifPresent(this::sign);
            } catch (RuntimeException problem) {
                log.warn("not_signed image={}", last, problem);
            }
            Thread.sleep(Duration.ofNanos(System.nanoTime() - began).toMillis());
        }
    }

    private void sign(ImageDao.Stored stored) {
        Staging.Late late = staging.late(stored);
        try {
            images.sign(stored, late);
        } finally {
            staging.discard(late.fresh());
        }
    }
}
