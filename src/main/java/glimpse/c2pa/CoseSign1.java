package glimpse.c2pa;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signature with the certificates of who made it (COSE_Sign1, RFC 9052, section 4.2; C2PA 2.2, section 13.2).
 *
 * @param algorithm by its name in COSE
 * @param chain the signer's first, each signed by the next
 */
record CoseSign1(
        String algorithm, byte[] protectedHeader, CborMap unprotected, List<X509Certificate> chain, byte[] signature) {
    static final long TAG = 18;
    static final int ALGORITHM = 1;
    static final int CHAIN = 33;
    static final int ES256 = -7;

    private static final int MOST_CERTIFICATES = 10;
    private static final int LARGEST_CERTIFICATE = 32 << 10; // bytes
    private static final Map<Long, String> ALGORITHMS = Map.of(
            -7L, "ES256", -35L, "ES384", -36L, "ES512", -37L, "PS256", -38L, "PS384", -39L, "PS512", -8L, "Ed25519");

    /** What is signed: never the payload alone (RFC 9052, section 4.4). */
    static byte[] structure(String context, byte[] protectedHeader, byte[] payload) {
        return Cbor.encode(List.of(context, protectedHeader, new byte[0], payload));
    }

    /**
     * Reads a signature box.
     *
     * @param claimVersion claims of version 1 had their certificates outside of what is signed
     */
    static CoseSign1 parse(Object item, int claimVersion) {
        if (!(item instanceof Cbor.Tag tag
                && tag.number() == TAG
                && tag.value() instanceof List<?> parts
                && parts.size() == 4
                && parts.get(0) instanceof byte[] header
                && parts.get(1) instanceof CborMap unprotected
                && parts.get(3) instanceof byte[] signature)) {
            throw new MalformedException("no COSE_Sign1");
        }
        if (parts.get(2) != Cbor.NULL && !(parts.get(2) instanceof Cbor.Simple simple && simple.number() == 22)) {
            throw new MalformedException("the claim is not detached from its signature");
        }
        CborMap fields = CborReader.readMap(header, 0, header.length);
        Object found = chain(fields);
        if (found == null && claimVersion == 1) {
            found = chain(unprotected);
        }
        Long number = fields.number((long) ALGORITHM);
        String algorithm = number == null ? null : ALGORITHMS.get(number);
        if (algorithm == null) {
            throw new MalformedException("an unknown signature algorithm");
        }
        return new CoseSign1(algorithm, header, unprotected, certificates(found), signature);
    }

    private static @Nullable Object chain(CborMap fields) {
        Object found = fields.get((long) CHAIN);
        return found == null ? fields.get("x5chain") : found;
    }

    private static List<X509Certificate> certificates(@Nullable Object found) {
        List<?> encoded = found instanceof List<?> list ? list : found == null ? List.of() : List.of(found);
        if (encoded.isEmpty() || encoded.size() > MOST_CERTIFICATES) {
            throw new MalformedException("no certificate, or too many");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Object der : encoded) {
            if (!(der instanceof byte[] bytes) || bytes.length > LARGEST_CERTIFICATE) {
                throw new MalformedException("no certificate");
            }
            chain.add(certificate(bytes));
        }
        return chain;
    }

    static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | RuntimeException notOne) {
            throw new MalformedException("no certificate");
        }
    }

    X509Certificate signer() {
        return chain.get(0);
    }

    /** Whether the signer's key made this signature over a claim. */
    boolean signs(byte[] claim) {
        try {
            PublicKey key = signer().getPublicKey();
            Signature verifier = verifier();
            verifier.initVerify(key);
            verifier.update(structure("Signature1", protectedHeader, claim));
            return verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException unusable) {
            return false; // a key of another kind, or none that is one
        }
    }

    private Signature verifier() throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        if (algorithm.startsWith("ES")) {
            return Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
        }
        if (algorithm.startsWith("PS")) {
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            String hash = "SHA-" + bits;
            verifier.setParameter(new PSSParameterSpec(
                    hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / Byte.SIZE, 1));
            return verifier;
        }
        return Signature.getInstance("Ed25519");
    }
}
