package glimpse.c2pa;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Signs the WebP variants of a picture. Signing has to be the last that is done to a file: any byte more undoes it. */
public final class VariantSigner {
    private static final String LABEL = "c2pa.hash.data";
    private static final int HASH_BYTES = 32;
    private static final int MOST_ROUNDS = 8;

    private final SigningIdentity identity;
    private final Clock clock;
    private final Supplier<String> ids;
    private final String version;

    /**
     * Signs in the name of this server.
     *
     * @param ids gives a new one at each call
     * @param version of this software
     */
    public VariantSigner(SigningIdentity identity, Clock clock, Supplier<String> ids, String version) {
        this.identity = identity;
        this.clock = clock;
        this.ids = ids;
        this.version = version;
    }

    /**
     * A signed file.
     *
     * @param manifest the label of the manifest
     * @param bytesAdded to what it was without credentials
     * @param embedsParent whether the manifests of the upload are inside, too
     */
    public record Signed(
            byte[] webp, String manifest, Instant signedAt, String algorithm, int bytesAdded, boolean embedsParent) {}

    /** Signs a WebP file; credentials that it has already are replaced. */
    public Signed sign(byte[] webp, ClaimData claim) {
        Instant now = clock.instant();
        byte[] stripped = WebpEmbedder.stripped(webp);
        ManifestWriter writer = new ManifestWriter(identity.keys(), claim, now, ids, version);
        int start = stripped.length;
        int length = 0;
        int padding = 0;
        // The store has its own length inside. It grows by some bytes with that, and then no more.
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int built = writer.length(LABEL, binding(new byte[HASH_BYTES], start, length, padding));
            if (built % 2 != 0) {
                padding ^= 1;
            } else if (built != length) {
                length = built;
            } else {
                byte[] hash = hash(WebpEmbedder.embed(stripped, new byte[length]), start);
                byte[] signed =
                        WebpEmbedder.embed(stripped, writer.store(LABEL, binding(hash, start, length, padding)));
                return new Signed(signed, writer.label(), now, "ES256", signed.length - start, writer.embedsParent());
            }
        }
        throw new IllegalStateException("The length of a manifest store does not settle");
    }

    private static CborMap binding(byte[] hash, int start, int length, int padding) {
        return new CborMap()
                .with("alg", Digests.SHA_256)
                .with("name", "jumbf manifest")
                .with("pad", new byte[padding])
                .with("hash", hash)
                .with(
                        "exclusions",
                        List.of(new CborMap().with("start", start).with("length", WebpLocator.HEADER + length)));
    }

    // The chunk is the last of the file, so all that is hashed stands before it.
    private static byte[] hash(byte[] embedded, int until) {
        MessageDigest digest = Digests.of(Digests.SHA_256);
        digest.update(embedded, 0, until);
        return digest.digest();
    }
}
