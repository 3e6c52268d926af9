package glimpse.c2pa;

import glimpse.c2pa.ClaimData.Generation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Behind scripts/bench/c2pa: what signing and validating cost, in time and in bytes, the first time and warm. */
final class CredentialBench {
    private static final int ROUNDS = 1_000;

    private CredentialBench() {}

    private interface Work {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("c2pa-bench");
        Clock clock = Clock.systemUTC();
        SigningIdentity[] made = new SigningIdentity[1];
        once("root and key made", () -> made[0] = SigningIdentity.open(folder, "glimpse.example", clock));
        once("read again", () -> made[0] = SigningIdentity.open(folder, "glimpse.example", clock));
        SigningIdentity identity = made[0];
        VariantSigner signer =
                new VariantSigner(identity, clock, () -> UUID.randomUUID().toString(), "0.1.0");
        ManifestValidator validator = new ManifestValidator(TrustAnchors.NONE.andSigners(identity.roots()));
        Generation generation =
                new Generation("openai", "gpt-image-1", "2026-10", "A red fox reads a map under a lamp. ".repeat(6));
        ClaimData full = new ClaimData("full.webp", ClaimData.Edit.RESIZED, generation, null, true);
        ClaimData bare = new ClaimData("full.webp", ClaimData.Edit.NONE, null, null, true);
        byte[] small = Samples.lossyWebp();
        byte[] large = large(500_000);
        once("first signature", () -> signer.sign(small, full));
        byte[] signed = signer.sign(small, full).webp();
        once("first validation", () -> validator.validate(Asset.of(signed), clock.instant()));
        repeated("sign, model and prompt of 215 characters", () -> signer.sign(small, full));
        repeated("sign, nothing declared", () -> signer.sign(small, bare));
        repeated("sign, 500 KB", () -> signer.sign(large, full));
        repeated("validate", () -> validator.validate(Asset.of(signed), clock.instant()));
        byte[] signedLarge = signer.sign(large, full).webp();
        repeated("validate, 500 KB", () -> validator.validate(Asset.of(signedLarge), clock.instant()));
        TestAuthority authority = new TestAuthority("Other Root");
        TestAuthority.Issued other = authority.issue(new TestAuthority.Wish());
        TestManifest stamped = new TestManifest(other.keys().getPrivate(), List.of(other.certificate()));
        stamped.unprotected = authority.stamping(clock.instant());
        byte[] png = stamped.in(Container.PNG);
        ManifestValidator both =
                new ManifestValidator(TrustAnchors.of(List.of(authority.root), List.of(authority.root)));
        repeated("validate, with a time-stamp", () -> both.validate(Asset.of(png), clock.instant()));
        byte[] unsigned = large(1_000_000);
        repeated("look for credentials in 1 MB without", () -> validator.validate(Asset.of(unsigned), clock.instant()));
        bytes("model and prompt of 215 characters", signer.sign(small, full));
        bytes("nothing declared", signer.sign(small, bare));
    }

    /** With a chunk that no decoder looks at. */
    private static byte[] large(int length) {
        byte[] still = Samples.lossyWebp();
        byte[] chunk = Samples.riffChunk("JUNK", new byte[length]);
        byte[] all = Arrays.copyOf(still, still.length + chunk.length);
        System.arraycopy(chunk, 0, all, still.length, chunk.length);
        return Samples.riffSized(all);
    }

    private static void bytes(String name, VariantSigner.Signed signed) {
        System.out.printf(Locale.ROOT, "%-45s %,8d bytes more%n", name, signed.bytesAdded());
    }

    private static void once(String name, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        System.out.printf(Locale.ROOT, "%-45s %8.1f ms%n", name, (System.nanoTime() - start) / 1e6);
    }

    private static void repeated(String name, Work work) throws Exception {
        double[] took = new double[ROUNDS];
        for (int i = -ROUNDS; i < ROUNDS; i++) {
            long start = System.nanoTime();
            work.run();
            if (i >= 0) {
                took[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT, "%-45s %8.2f ms median, %.2f p99%n", name, took[ROUNDS / 2], took[ROUNDS * 99 / 100]);
    }
}
