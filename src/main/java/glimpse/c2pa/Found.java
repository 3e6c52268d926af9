package glimpse.c2pa;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a picture file carries beside its pixels. */
final class Found {
    static final int LONGEST_STORE = 4 << 20; // bytes
    static final int LONGEST_TEXT = 256 << 10; // bytes
    private static final int MOST_KEYS = 50;

    /** A manifest store, and where it lies in the file with all that its container puts around it. */
    record Store(byte[] bytes, long start, long length) {}

    private @Nullable Store store;
    private int stores;
    private boolean storeTooLong;
    private byte @Nullable [] xmp;
    private byte @Nullable [] iim;
    private final List<String> textKeys = new ArrayList<>();

    /** Takes a store out of one piece of the file. */
    void store(Asset asset, long position, long length, long start, long end) {
        boolean fits = length <= LONGEST_STORE;
        store(fits ? asset.read(position, length) : null, start, end - start);
    }

    /** Takes a store; null is one that is too long to be read. */
    void store(byte @Nullable [] bytes, long start, long length) {
        stores++;
        storeTooLong |= bytes == null;
        store = bytes == null ? null : new Store(bytes, start, length);
    }

    void xmp(Asset asset, long position, long length) {
        if (xmp == null && length <= LONGEST_TEXT) {
            xmp = asset.read(position, length);
        }
    }

    void iim(byte[] bytes) {
        iim = iim == null ? bytes : iim;
    }

    void textKey(String key) {
        if (textKeys.size() < MOST_KEYS && !textKeys.contains(key)) {
            textKeys.add(key);
        }
    }

    /** The one store. Where there are several there is none to be relied on (C2PA 2.2, section 15.5.2.1). */
    @Nullable
    Store store() {
        return stores == 1 ? store : null;
    }

    int stores() {
        return stores;
    }

    boolean storeTooLong() {
        return storeTooLong;
    }

    byte @Nullable [] xmp() {
        return xmp;
    }

    byte @Nullable [] iim() {
        return iim;
    }

    List<String> textKeys() {
        return textKeys;
    }
}
