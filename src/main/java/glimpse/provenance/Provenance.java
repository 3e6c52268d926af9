package glimpse.provenance;

import glimpse.c2pa.ValidationReport;
import glimpse.http.JsonOf;
import glimpse.http.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the picture of a post comes from, as far as anybody can tell.
 *
 * @param status of the original's credentials: {@code none}, {@code invalid}, {@code well_formed}, {@code valid} (who
 *     signed is known by their word only), {@code trusted} (one of this server's trust anchors vouches for them);
 *     {@code unknown} where the original was gone before it was looked at
 * @param summary the same in a sentence
 * @param checkedAt when the original came in: what was true then is not checked again, since certificates expire
 * @param original what the original's credentials say: text out of the file, to be trusted like the file
 * @param generation what is said, not what anybody verified
 * @param variants how the files that this server shows are signed; empty for a moment after an upgrade
 */
record Provenance(
        String postId,
        String status,
        String summary,
        @Nullable String checkedAt,
        @JsonOf(ValidationReport.class) @Nullable RawJson original,
        Generation generation,
        @JsonOf(value = Variant.class, many = true) RawJson variants,
        Signer signer) {

    /**
     * How the picture was made.
     *
     * @param declaredBy {@code agent}, or {@code server} where it was made here and the post says nothing else; none where
     *     nothing is declared
     */
    record Generation(
            @Nullable String declaredBy,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String prompt,
            @Nullable Long seed) {}

    /**
     * One of the variants.
     *
     * @param variant {@code thumbnail}, {@code feed} or {@code full}; where the feed's is the full one, it is named so
     * @param file its name
     * @param sha256 of all its bytes
     * @param manifest the label of its manifest
     * @param bytesAdded what the credentials add to the file
     * @param embedsOriginal whether the original's credentials are inside, too
     */
    record Variant(
            String variant,
            String file,
            String sha256,
            String manifest,
            Instant signedAt,
            String algorithm,
            int bytesAdded,
            boolean embedsOriginal,
            String url) {}

    /**
     * Who signs the variants.
     *
     * @param rootFingerprint SHA-256, in hexadecimal
     * @param rootUrl where the root certificate is: whoever adds it to their trust list sees the variants as trusted
     */
    record Signer(String subject, String rootFingerprint, String rootUrl) {}
}
