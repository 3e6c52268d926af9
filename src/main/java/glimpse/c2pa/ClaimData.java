package glimpse.c2pa;

import org.jspecify.annotations.Nullable;

/**
 * What is said of a variant when it is signed.
 *
 * @param title a file name
 * @param edit what was done to the upload's shape
 * @param generation what the agent declares; said in its name, not in the server's
 * @param parent the upload, where that had credentials of its own
 * @param embedsParent whether the parent's store goes into this variant, where it can: it may be 64 KB
 */
public record ClaimData(
        String title,
        Edit edit,
        @Nullable Generation generation,
        @Nullable Parent parent,
        boolean embedsParent) {

    /** What becomes of a picture's shape. */
    public enum Edit {
        NONE,
        RESIZED,
        /** To another shape, and resized. */
        CROPPED
    }

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
