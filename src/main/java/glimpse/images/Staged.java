package glimpse.images;

import glimpse.c2pa.ValidationReport;
import glimpse.c2pa.VariantSigner.Signed;
import glimpse.images.MediaFiles.StagedFile;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A picture that is ready to be shown, but belongs to nothing yet: see {@link ImageDao#publish}.
 *
 * @param sha256 of the original's bytes, in hexadecimal
 * @param declaration the {@link Declaration#hash} of it
 * @param fresh what was made for it; none for a picture that was here already
 */
public record Staged(
        String sha256, String declaration, @Nullable Fresh fresh) {
    /**
     * Files that were made just now, without their names.
     *
     * @param facts none for a picture that was here already, but declared otherwise
     * @param feed is {@code full} where the original is no larger than that
     * @param kept the original, for the content credentials in it
     */
    record Fresh(
            @Nullable Facts facts,
            SignedFile thumbnail,
            SignedFile feed,
            SignedFile full,
            @Nullable StagedFile kept) {
        List<SignedFile> variants() {
            return Stream.of(thumbnail, feed, full).distinct().toList();
        }
    }

    /** What is known of a new picture, and what its original says of where it comes from. */
    record Facts(ProcessedImage image, ValidationReport found) {}

    /** A variant with its credentials. */
    record SignedFile(VariantKind kind, StagedFile file, Signed signed) {}
}
