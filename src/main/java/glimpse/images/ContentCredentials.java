package glimpse.images;

import glimpse.c2pa.Asset;
import glimpse.c2pa.ClaimData;
import glimpse.c2pa.ClaimData.Edit;
import glimpse.c2pa.ClaimData.Generation;
import glimpse.c2pa.ClaimData.Parent;
import glimpse.c2pa.ManifestValidator;
import glimpse.c2pa.SigningIdentity;
import glimpse.c2pa.TrustAnchors;
import glimpse.c2pa.Validation;
import glimpse.c2pa.VariantSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Content credentials (C2PA) of pictures: those that originals come with are validated, and variants go out with some of
 * their own.
 */
public final class ContentCredentials {
    private final Settings settings;
    private final Clock clock;
    private final Supplier<String> ids;
    private volatile @Nullable Opened opened;

    /**
     * How credentials are made and believed.
     *
     * @param folder has the keys
     * @param organisation whom validators show as the signer
     * @param version of this software
     */
    public record Settings(Path folder, String organisation, String version, TrustAnchors anchors) {}

    /** Believes what it signs itself. */
    private record Opened(SigningIdentity identity, VariantSigner signer, ManifestValidator validator) {}

    public ContentCredentials(Settings settings, Clock clock, Supplier<String> ids) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /** Whose name the variants are signed in. Made or read when it is first needed: that takes a good part of a second. */
    public SigningIdentity identity() {
        return opened().identity();
    }

    private Opened opened() {
        Opened done = opened;
        return done == null ? open() : done;
    }

    private synchronized Opened open() {
        Opened done = opened;
        if (done == null) {
            try {
                SigningIdentity identity = SigningIdentity.open(settings.folder(), settings.organisation(), clock);
                done = new Opened(
                        identity,
                        new VariantSigner(identity, clock, ids, settings.version()),
                        new ManifestValidator(settings.anchors().andSigners(identity.roots())));
                opened = done;
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        return done;
    }

    /** What a file says of where it comes from, and how far that is true today. */
    Validation of(Path original) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(original)) {
            return opened().validator().validate(Asset.of(channel), clock.instant());
        }
    }

    /**
     * Signs a variant. Only the largest carries a copy of the original's credentials: that may be long.
     *
     * @param source how large the original is
     * @param parent what was found in the original, where it has credentials
     */
    VariantSigner.Signed sign(
            VariantKind kind, byte[] webp, Size source, @Nullable Generation declared, @Nullable Parent parent) {
        return opened().signer()
                .sign(
                        webp,
                        new ClaimData(kind.title(), edit(kind, source), declared, parent, kind == VariantKind.FULL));
    }

    /** Signs a narrower copy of a variant, whose own credentials tell how the picture came about. */
    byte[] signNarrowed(Path variant, byte[] webp) {
        try {
            Validation found = of(variant);
            @Nullable
            Parent parent = found.report().hasManifest() ? new Parent("variant", "image/webp", found, null) : null;
            ClaimData claim = new ClaimData("narrowed.webp", Edit.RESIZED, null, parent, false);
            return opened().signer().sign(webp, claim).webp();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Edit edit(VariantKind kind, Size source) {
        if (kind.of(source).equals(source)) {
            return Edit.NONE;
        }
        return kind == VariantKind.THUMBNAIL && source.width() != source.height() ? Edit.CROPPED : Edit.RESIZED;
    }
}
