package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who signs: a root that others can choose to trust, and a key certified by it (both ES256), made at the first start.
 * They lie in one file that only its owner can read.
 */
public final class SigningIdentity {
    private static final String FILE = "signing.pem";
    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private final Path file;
    private final String organisation;
    private final Clock clock;
    private volatile Keys keys;

    /**
     * What the file holds.
     *
     * @param formerRoots newest first; what they vouched for stays valid
     */
    record Keys(
            PrivateKey rootKey,
            X509Certificate root,
            PrivateKey key,
            X509Certificate certificate,
            List<X509Certificate> formerRoots) {}

    private SigningIdentity(Path file, String organisation, Clock clock, Keys keys) {
        this.file = file;
        this.organisation = organisation;
        this.clock = clock;
        this.keys = keys;
    }

    /**
     * Reads the identity, or makes it when there is none yet.
     *
     * @param folder made if it is missing
     * @param organisation whom validators show as the signer; only used when certificates are made
     */
    public static SigningIdentity open(Path folder, String organisation, Clock clock) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        try {
            return new SigningIdentity(file, organisation, clock, parsed(Files.readString(file, US_ASCII), file));
        } catch (NoSuchFileException firstStart) {
            Keys fresh = CertificateIssuer.root(organisation, clock.instant(), List.of());
            write(file, fresh);
            return new SigningIdentity(file, organisation, clock, fresh);
        }
    }

    /** Another root, and a key under it. What was signed before stays trusted where {@link #rootsPem} is. */
    public synchronized void rotate() throws IOException {
        List<X509Certificate> former = new ArrayList<>(List.of(keys.root()));
        former.addAll(keys.formerRoots());
        Keys fresh = CertificateIssuer.root(organisation, clock.instant(), List.copyOf(former));
        write(file, fresh);
        keys = fresh;
    }

    /** The roots, the present one first. */
    public List<X509Certificate> roots() {
        Keys current = keys;
        List<X509Certificate> roots = new ArrayList<>(List.of(current.root()));
        roots.addAll(current.formerRoots());
        return roots;
    }

    /** The roots as text, to be put into a trust list. */
    public String rootsPem() {
        return roots().stream()
                .map(root -> Pem.write(CERTIFICATE, encoded(root)))
                .collect(Collectors.joining());
    }

    /** SHA-256 of the present root, in hexadecimal. */
    public String rootFingerprint() {
        return HexFormat.of().formatHex(Digests.sha256(encoded(keys.root())));
    }

    /** The signer's name as its certificate has it, such as {@code CN=Glimpse, O=example.org}. */
    public String subject() {
        return keys.certificate().getSubjectX500Principal().getName();
    }

    Keys keys() {
        return keys;
    }

    /** A signature as COSE wants it: two numbers of 32 bytes, always 64 in all. */
    static byte[] sign(Keys keys, byte[] bytes) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(keys.key());
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException wasParsed) {
            throw new IllegalStateException(wasParsed);
        }
    }

    private static Keys parsed(String pem, Path file) throws IOException {
        List<Pem.Block> blocks = Pem.read(pem);
        List<byte[]> keys = ders(blocks, KEY);
        List<byte[]> certificates = ders(blocks, CERTIFICATE);
        if (keys.size() != 2 || certificates.size() < 2) {
            throw new IOException(file + " should hold two keys and their certificates");
        }
        try {
            List<X509Certificate> parsed =
                    certificates.stream().map(CoseSign1::certificate).toList();
            return new Keys(
                    key(keys.get(0)), parsed.get(0), key(keys.get(1)), parsed.get(1), parsed.subList(2, parsed.size()));
        } catch (GeneralSecurityException | MalformedException damaged) {
            throw new IOException(file + " is damaged", damaged);
        }
    }

    private static List<byte[]> ders(List<Pem.Block> blocks, String label) {
        return blocks.stream()
                .filter(block -> block.label().equals(label))
                .map(Pem.Block::der)
                .toList();
    }

    private static PrivateKey key(byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static void write(Path file, Keys keys) throws IOException {
        String pem = Pem.write(KEY, keys.rootKey().getEncoded())
                + Pem.write(CERTIFICATE, encoded(keys.root()))
                + Pem.write(KEY, keys.key().getEncoded())
                + Pem.write(CERTIFICATE, encoded(keys.certificate()))
                + keys.formerRoots().stream()
                        .map(root -> Pem.write(CERTIFICATE, encoded(root)))
                        .collect(Collectors.joining());
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        // Under another name first: half a file would lose the identity for good.
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, onlyOwner);
        Files.writeString(fresh, pem, US_ASCII, StandardOpenOption.SYNC);
        Files.move(fresh, file, ATOMIC_MOVE);
    }
}
