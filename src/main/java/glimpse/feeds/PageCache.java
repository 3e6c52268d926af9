package glimpse.feeds;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import glimpse.http.Content;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages that are the same for everybody, as bytes. A page is good until anything is written, and no longer: counts in
 * it are never old.
 */
final class PageCache {
    private static final long MOST_BYTES = 8L << 20;
    private static final int LONGEST_KEY = 200;

    /** A page, and its {@code Link} header. */
    record Entry(Content content, String links) {}

    private record Versioned(long version, Entry entry) {}

    private final LongSupplier version;
    private final Cache<String, Versioned> pages;

    /** @param version moves with every write */
    PageCache(LongSupplier version) {
        this.version = version;
        this.pages = Caffeine.newBuilder()
                .maximumWeight(MOST_BYTES)
                .weigher((String key, Versioned page) ->
                        key.length() + page.entry().content().bytes().length)
                .executor(Runnable::run)
                .build();
    }

    Entry get(String key, Supplier<Entry> build) {
        long now = version.getAsLong(); // before the page is read: a write meanwhile makes it old at once
        @Nullable Versioned cached = pages.getIfPresent(key);
        if (cached != null && cached.version() == now) {
            return cached.entry();
        }
        Entry fresh = build.get();
        Entry ready = new Entry(fresh.content().withTag(), fresh.links());
        if (key.length() <= LONGEST_KEY) {
            pages.put(key, new Versioned(now, ready));
        }
        return ready;
    }
}
