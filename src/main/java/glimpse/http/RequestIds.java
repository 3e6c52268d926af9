package glimpse.http;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Names requests: a prefix of this process and a running number, in hexadecimal. */
final class RequestIds {
    private final String prefix = String.format("%08x-", new SecureRandom().nextInt());
    private final AtomicLong count = new AtomicLong();

    String next() {
        return prefix + Long.toHexString(count.incrementAndGet());
    }
}
