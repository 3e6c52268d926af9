package glimpse.images;

import glimpse.images.MediaFiles.StagedFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture that is ready to be shown, but belongs to nothing yet: see {@link ImageDao#publish}.
 *
 * @param sha256 of the original's bytes, in hexadecimal
 * @param fresh what was made of it; none for a picture that was here already
 */
public record Staged(String sha256, @Nullable Fresh fresh) {
    /**
     * A picture that was made just now, its variants as files without their names.
     *
     * @param original kept for the content credentials in it
     */
    record Fresh(
            ProcessedImage image,
            StagedFile thumbnail,
            StagedFile feed,
            StagedFile full,
            @Nullable StagedFile original) {
        List<StagedFile> files() {
            return List.of(thumbnail, feed, full);
        }
    }
}
