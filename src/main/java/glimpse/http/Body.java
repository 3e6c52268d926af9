package glimpse.http;

import java.util.List;
import java.util.Set;

/**
 * A body that was read and found good.
 *
 * @param fingerprint tells two requests apart: SHA-256 of the JSON, or of the parts of a form without their boundary
 * @param ignored names of fields that mean nothing here
 */
record Body(Record record, byte[] fingerprint, List<Upload> uploads, Set<String> ignored) {
    /** Of an operation that takes none. */
    static final Body NONE = new Body(new Nothing(), Sha256.of(new byte[0]), List.of(), Set.of());

    private record Nothing() {}
}
