package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.UTF_8;

import glimpse.c2pa.ClaimData.Generation;
import glimpse.c2pa.ClaimData.Parent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** One side of scripts/check-c2pa: writes signed files into a folder, then tells what it thinks of the files named to it. */
final class CredentialSamples {
    private static final Generation GENERATION =
            new Generation("openai", "gpt-image-1", "2026-10", "A red fox reading a map under a lamp");

    private CredentialSamples() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Clock clock = Clock.systemUTC();
        SigningIdentity identity = SigningIdentity.open(folder, "glimpse.example", clock);
        TestAuthority authority = new TestAuthority("Other Root");
        Files.writeString(
                folder.resolve("anchors.pem"),
                identity.rootsPem() + Pem.write("CERTIFICATE", SigningIdentity.encoded(authority.root)));
        ManifestValidator validator = new ManifestValidator(
                TrustAnchors.of(List.of(identity.roots().get(0), authority.root), List.of(authority.root)));
        for (var sample : samples(identity, authority, validator, clock).entrySet()) {
            write(folder.resolve("signed"), sample.getKey() + ".webp", sample.getValue());
        }
        for (var pitfall : Pitfalls.of(authority, clock.instant()).entrySet()) {
            write(
                    folder.resolve("pitfalls"),
                    pitfall.getKey() + ".webp",
                    pitfall.getValue().file());
        }
        for (Container container : Container.values()) {
            String ending = container.name().toLowerCase(Locale.ROOT).replace("jpeg", "jpg");
            write(folder.resolve("originals"), "picture." + ending, Samples.picture(container));
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            ValidationReport report = validator
                    .validate(Asset.of(Files.readAllBytes(Path.of(line))), clock.instant())
                    .report();
            System.out.println(report.state() + " "
                    + String.join(
                            ",",
                            report.failure().stream()
                                    .map(ValidationReport.Finding::code)
                                    .toList()));
        }
    }

    private static void write(Path folder, String name, byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(folder).resolve(name), bytes);
    }

    private static Map<String, byte[]> samples(
            SigningIdentity identity, TestAuthority authority, ManifestValidator validator, Clock clock)
            throws Exception {
        VariantSigner signer =
                new VariantSigner(identity, clock, () -> UUID.randomUUID().toString(), "0.1.0");
        ClaimData full = new ClaimData("full.webp", ClaimData.Edit.RESIZED, GENERATION, null, true);
        TestAuthority.Issued other = authority.issue(new TestAuthority.Wish());
        TestManifest stamped = new TestManifest(other.keys().getPrivate(), List.of(other.certificate()));
        stamped.unprotected = authority.stamping(clock.instant());
        Parent durable = parent(stamped, validator, clock);
        Parent fleeting =
                parent(new TestManifest(other.keys().getPrivate(), List.of(other.certificate())), validator, clock);
        Map<String, byte[]> samples = new LinkedHashMap<>();
        samples.put("lossy", signer.sign(Samples.lossyWebp(), full).webp());
        samples.put("lossless", signer.sign(Samples.losslessWebp(), full).webp());
        samples.put("alpha", signer.sign(Samples.transparentWebp(), full).webp());
        samples.put(
                "xmp",
                signer.sign(Samples.webpWithXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"), full)
                        .webp());
        samples.put("animated", signer.sign(animated(), full).webp());
        samples.put(
                "bare",
                signer.sign(Samples.lossyWebp(), new ClaimData("a", ClaimData.Edit.NONE, null, null, true))
                        .webp());
        samples.put(
                "thumbnail",
                signer.sign(Samples.lossyWebp(), new ClaimData("t", ClaimData.Edit.CROPPED, GENERATION, null, false))
                        .webp());
        samples.put("signed-twice", signer.sign(samples.get("lossy"), full).webp());
        samples.put(
                "named-parent",
                signer.sign(Samples.lossyWebp(), new ClaimData("b", ClaimData.Edit.RESIZED, GENERATION, fleeting, true))
                        .webp());
        VariantSigner.Signed embedded =
                signer.sign(Samples.lossyWebp(), new ClaimData("c", ClaimData.Edit.RESIZED, GENERATION, durable, true));
        if (!embedded.embedsParent()) {
            throw new IllegalStateException("the parent was not embedded");
        }
        samples.put("embedded-parent", embedded.webp());
        return samples;
    }

    private static byte[] animated() {
        return Samples.resource(
                "/glimpse/images/ImageDecodingFuzzTestInputs/any_bytes_are_decoded_or_refused/animated.webp");
    }

    private static Parent parent(TestManifest manifest, ManifestValidator validator, Clock clock) {
        Validation validation = validator.validate(Asset.of(manifest.in(Container.PNG)), clock.instant());
        return new Parent("upload.png", "image/png", validation, "https://glimpse.example/api/v1/posts/1/provenance");
    }
}
