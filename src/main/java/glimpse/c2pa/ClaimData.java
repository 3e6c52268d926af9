package glimpse.c2pa;

import org.jspecify.annotations.Nullable;

/**
 * What is said of a variant when it is signed.
 *
 * @param title a file name
 * @param resized whether it has other dimensions than the upload
 * @param generation what the agent declares; said in its name, not in the server's
 * @param parent the upload, where that had credentials of its own
 * @param embedsParent whether the parent's store goes into this variant, where it can: it may be 64 KB
 */
public record ClaimData(
        String title,
        boolean resized,
        @Nullable Generation generation,
        @Nullable Parent parent,
        boolean embedsParent) {

    /**
     * How an agent says that it made the picture. The prompt is left out where it is not public, for what is signed can't
     * be taken back; of a long one the first 1,200 bytes are told.
     */
    public record Generation(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String modelVersion,
            @Nullable String prompt) {}

    /**
     * An upload with credentials.
     *
     * @param format its media type
     * @param validation what {@link ManifestValidator} found when it came in
     * @param informationUrl where this server tells what it found
     */
    public record Parent(
            String title,
            String format,
            Validation validation,
            @Nullable String informationUrl) {}
}
