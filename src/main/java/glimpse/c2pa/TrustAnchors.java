package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/** The authorities that are believed when they vouch for who signs, and for when it was signed. */
public final class TrustAnchors {
    /** Nobody is believed. */
    public static final TrustAnchors NONE = new TrustAnchors(List.of(), List.of());

    private final Collection<X509Certificate> signers;
    private final Map<X500Principal, List<X509Certificate>> signersByName;
    private final Map<X500Principal, List<X509Certificate>> timeStampersByName;

    private TrustAnchors(Collection<X509Certificate> signers, Collection<X509Certificate> timeStampers) {
        this.signers = signers;
        this.signersByName = byName(signers);
        this.timeStampersByName = byName(timeStampers);
    }

    /** Believes those who issue certificates to signers, and those who issue them to time-stamping authorities. */
    public static TrustAnchors of(Collection<X509Certificate> signers, Collection<X509Certificate> timeStampers) {
        return new TrustAnchors(List.copyOf(signers), List.copyOf(timeStampers));
    }

    /**
     * Reads a trust list: certificates in PEM one after the other, comments between them.
     *
     * @throws CertificateException when it holds something else, or nothing
     */
    public static List<X509Certificate> certificates(String pem) throws CertificateException {
        String blocks = Pem.blocks(pem, "CERTIFICATE");
        List<X509Certificate> certificates =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(blocks.getBytes(US_ASCII)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate in PEM");
        }
        return certificates;
    }

    /** How many authorities are believed for signers. */
    public int size() {
        return signers.size();
    }

    boolean vouchForSigner(List<X509Certificate> chain, Instant at) {
        return vouch(signersByName, chain, at);
    }

    boolean vouchForTimeStamper(List<X509Certificate> chain, Instant at) {
        return vouch(timeStampersByName, chain, at);
    }

    // The chain comes in order, so there is one path to look at, and not as many as a hostile set of certificates
    // allows.
    private static boolean vouch(
            Map<X500Principal, List<X509Certificate>> anchors, List<X509Certificate> chain, Instant at) {
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate last = chain.get(i);
            List<X509Certificate> path = chain.subList(0, i + 1);
            boolean vouched = anchors.getOrDefault(last.getIssuerX500Principal(), List.of()).stream()
                    .anyMatch(anchor -> leads(path, anchor, at));
            if (vouched) {
                return true;
            }
        }
        return false;
    }

    private static boolean leads(List<X509Certificate> path, X509Certificate anchor, Instant at) {
        List<X509Certificate> below =
                path.get(path.size() - 1).equals(anchor) ? path.subList(0, path.size() - 1) : path;
        if (below.isEmpty()) {
            return false; // an authority does not sign claims
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false); // would be a fetch
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
            return true;
        } catch (InvalidAlgorithmParameterException anchorsAreNeverEmpty) {
            throw new IllegalStateException(anchorsAreNeverEmpty);
        } catch (GeneralSecurityException | RuntimeException leadsElsewhere) {
            return false;
        }
    }

    private static Map<X500Principal, List<X509Certificate>> byName(Collection<X509Certificate> certificates) {
        return certificates.stream()
                .distinct()
                .collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    }

    /** These and others for signers: how the server comes to believe its own roots. */
    public TrustAnchors andSigners(Collection<X509Certificate> others) {
        return new TrustAnchors(
                Stream.concat(signers.stream(), others.stream()).toList(),
                timeStampersByName.values().stream().flatMap(List::stream).toList());
    }
}
