package glimpse.images;

import glimpse.c2pa.ClaimData.Generation;
import glimpse.c2pa.ClaimData.Parent;
import glimpse.c2pa.Validation;
import glimpse.c2pa.ValidationReport;
import glimpse.c2pa.VariantSigner.Signed;
import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import glimpse.images.MediaFiles.StagedFile;
import glimpse.images.Staged.Facts;
import glimpse.images.Staged.Fresh;
import glimpse.images.Staged.SignedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes pictures ready to be shown: their variants as signed files. Signing is the last that is done to a file. */
final class Staging {
    private final ImagePipeline pipeline;
    private final Blocklist blocklist;
    private final ContentCredentials credentials;
    private final MediaFiles files;
    private final MediaFiles originals;
    private final ImageDao images;

    Staging(
            ImagePipeline pipeline,
            Blocklist blocklist,
            ContentCredentials credentials,
            MediaFiles files,
            MediaFiles originals,
            ImageDao images) {
        this.pipeline = pipeline;
        this.blocklist = blocklist;
        this.credentials = credentials;
        this.files = files;
        this.originals = originals;
        this.images = images;
    }

    /** A file that came in. */
    Staged original(Path file, @Nullable Generation declared) {
        String sha256 = ImagePipeline.sha256(file);
        Optional<ImageDao.Stored> known = images.bySha256(sha256);
        return known.isPresent()
                ? again(known.get(), declared)
                : new Staged(sha256, Declaration.hash(declared), fresh(file, sha256, declared));
    }

    /** One of this server's own pictures, by the name of a variant. */
    Staged own(String name, @Nullable Generation declared) {
        return images.byName(name)
                .map(stored -> again(stored, declared))
                .orElseThrow(() -> new ApiError(ErrorCode.IMAGE_FETCH_FAILED, "This server has no such picture"));
    }

    private Staged again(ImageDao.Stored stored, @Nullable Generation declared) {
        blocklist.check(stored.sha256(), stored.perceptualHash()); // it can be there since
        String declaration = Declaration.hash(declared);
        boolean known = images.isKnown(stored, declaration);
        return new Staged(
                stored.sha256(),
                declaration,
                known ? null : signedAnew(stored, declared).fresh());
    }

    private Fresh fresh(Path file, String sha256, @Nullable Generation declared) {
        ProcessedImage image = pipeline.process(file);
        blocklist.check(sha256, image.perceptualHash());
        Validation found = validated(file);
        Size source = new Size(image.sourceWidth(), image.sourceHeight());
        Signing signing =
                new Signing(source, declared, parent(found, image.format().mimeType()));
        if (found.report().hasManifest()) {
            signing.keep(file, sha256);
        }
        return signing.all(
                image.thumbnail().webp(), image.feed().webp(), image.full().webp(), new Facts(image, found.report()));
    }

    /**
     * A picture that was here before anything was signed.
     *
     * @param found in the original, where that was kept
     */
    record Late(Fresh fresh, @Nullable ValidationReport found) {}

    Late late(ImageDao.Stored stored) {
        return signedAnew(stored, null);
    }

    // The files of one that is here already: nothing is decoded nor encoded.
    private Late signedAnew(ImageDao.Stored stored, @Nullable Generation declared) {
        try {
            byte[] thumbnail = files.bytes(stored.thumbnail());
            byte[] full = files.bytes(stored.full());
            byte[] feed = stored.feed().equals(stored.full()) ? full : files.bytes(stored.feed());
            @Nullable String original = stored.original();
            @Nullable Validation found = original == null ? null : credentials.of(originals.path(original));
            @Nullable Parent parent = found == null ? null : parent(found, stored.format());
            Fresh fresh = new Signing(stored.source(), declared, parent).all(thumbnail, feed, full, null);
            return new Late(fresh, found == null ? null : found.report());
        } catch (NoSuchFileException removedMeanwhile) {
            throw new ImageDao.Gone();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Validation validated(Path file) {
        try {
            return credentials.of(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static @Nullable Parent parent(Validation found, String format) {
        return found.report().hasManifest() ? new Parent("original", format, found, null) : null;
    }

    /** Removes files that have not got a name. */
    void discard(Fresh fresh) {
        fresh.variants().forEach(variant -> files.discard(variant.file()));
        if (fresh.kept() != null) {
            originals.discard(fresh.kept());
        }
    }

    /** The variants of one picture on their way to disk. */
    private final class Signing {
        private final Size source;
        private final @Nullable Generation declared;
        private final @Nullable Parent parent;
        private final List<StagedFile> staged = new ArrayList<>();
        private @Nullable StagedFile kept;

        Signing(Size source, @Nullable Generation declared, @Nullable Parent parent) {
            this.source = source;
            this.declared = declared;
            this.parent = parent;
        }

        void keep(Path original, String sha256) {
            kept = originals.stageOriginal(original, sha256);
        }

        @SuppressWarnings("ReferenceEquality") // The same bytes are the same file.
        Fresh all(byte[] thumbnail, byte[] feed, byte[] full, @Nullable Facts facts) {
            try {
                SignedFile signedFull = one(VariantKind.FULL, full);
                SignedFile signedFeed = feed == full ? signedFull : one(VariantKind.FEED, feed);
                return new Fresh(facts, one(VariantKind.THUMBNAIL, thumbnail), signedFeed, signedFull, kept);
            } catch (RuntimeException problem) {
                staged.forEach(files::discard);
                if (kept != null) {
                    originals.discard(kept);
                }
                throw problem;
            }
        }

        private SignedFile one(VariantKind kind, byte[] webp) {
            Signed signed = credentials.sign(kind, webp, source, declared, parent);
            StagedFile file = files.stage(signed.webp());
            staged.add(file);
            return new SignedFile(kind, file, signed);
        }
    }
}
