package glimpse.c2pa;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a certificate has to be like so that its key may sign claims (C2PA 2.2, section 14.5.1). */
final class CertificateProfile {
    static final String CLAIM_SIGNING = "1.3.6.1.4.1.62558.2.1";
    static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    private static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int SIGNS_CERTIFICATES = 5;
    private static final Set<Integer> CURVES = Set.of(256, 384, 521); // bits
    private static final int SMALLEST_MODULUS = 2048; // bits

    // Key usage, alternative name, basic and name constraints, policies, usages, and the identifier of the authority
    private static final Set<String> UNDERSTOOD = Set.of(
            "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.30", "2.5.29.32", "2.5.29.35", "2.5.29.36", "2.5.29.37");

    private CertificateProfile() {}

    /** What is wrong with it, or null. Whether it has expired is asked elsewhere. */
    static @Nullable String breach(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (certificate.getVersion() != 3) {
            return "not of version 3";
        }
        if (certificate.getIssuerUniqueID() != null || certificate.getSubjectUniqueID() != null) {
            return "has a unique id, which is deprecated";
        }
        if (certificate.getBasicConstraints() >= 0) {
            return "belongs to an authority";
        }
        if (usage == null || !usage[DIGITAL_SIGNATURE] || usage[SIGNS_CERTIFICATES]) {
            return "its key is not for digital signatures";
        }
        if (critical != null && !UNDERSTOOD.containsAll(critical)) {
            return "has a critical extension that is not understood";
        }
        if (certificate.getExtensionValue(AUTHORITY_KEY_IDENTIFIER) == null && !selfSigned(certificate)) {
            return "does not identify its authority's key";
        }
        return allowedKey(certificate.getPublicKey())
                ? usages(certificate)
                : "its key is of a kind that is not allowed";
    }

    static boolean selfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static @Nullable String usages(X509Certificate certificate) {
        List<String> usages;
        try {
            usages = certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException malformed) {
            return "its extended key usage is malformed";
        }
        if (usages == null || usages.isEmpty()) {
            return "has no extended key usage";
        }
        if (usages.contains(ANY_USAGE)) {
            return "is for any usage";
        }
        boolean signs = usages.contains(CLAIM_SIGNING)
                || usages.contains(EMAIL_PROTECTION)
                || usages.contains(DOCUMENT_SIGNING);
        return signs && !usages.contains(TIME_STAMPING) && !usages.contains(OCSP_SIGNING)
                ? null
                : "is not for signing claims";
    }

    private static boolean allowedKey(PublicKey key) {
        if (key instanceof ECPublicKey elliptic) {
            return CURVES.contains(elliptic.getParams().getCurve().getField().getFieldSize());
        }
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= SMALLEST_MODULUS;
        }
        return key instanceof EdECPublicKey edwards
                && edwards.getParams().getName().equals("Ed25519");
    }
}
