package glimpse.c2pa;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;
import org.jspecify.annotations.Nullable;

/** Time-stamps by others on a signature (RFC 3161), in both forms that C2PA has had. */
final class TimeStamps {
    private static final String OVER_SIGNATURE = "sigTst2";
    private static final String OVER_CLAIM = "sigTst";
    private static final int MOST_TOKENS = 2;
    private static final int LARGEST_TOKEN = 64 << 10; // bytes
    private static final int LONGEST_CHAIN = 5;

    /** What a time-stamp says, when it verifies. */
    record Stamp(Instant time, boolean trusted) {}

    /**
     * What was found.
     *
     * @param present whether there was a time-stamp at all
     * @param stamp the first that verifies
     */
    record Result(boolean present, @Nullable Stamp stamp) {}

    private TimeStamps() {}

    static Result of(CoseSign1 cose, byte[] claim, TrustAnchors anchors) {
        List<CborMap> overSignature = tokens(cose, OVER_SIGNATURE);
        List<CborMap> overClaim = tokens(cose, OVER_CLAIM);
        Stamp stamp = first(overSignature, cose, Cbor.encode(cose.signature()), anchors);
        if (stamp == null) {
            stamp = first(overClaim, cose, claim, anchors);
        }
        return new Result(!overSignature.isEmpty() || !overClaim.isEmpty(), stamp);
    }

    private static List<CborMap> tokens(CoseSign1 cose, String header) {
        CborMap container = cose.unprotected().map(header);
        return container == null
                ? List.of()
                : container.maps("tstTokens").stream().limit(MOST_TOKENS).toList();
    }

    private static @Nullable Stamp first(List<CborMap> tokens, CoseSign1 cose, byte[] payload, TrustAnchors anchors) {
        byte[] stamped = CoseSign1.structure("CounterSignature", cose.protectedHeader(), payload);
        for (CborMap token : tokens) {
            byte[] der = token.bytes("val");
            Stamp stamp = der == null || der.length > LARGEST_TOKEN ? null : stamp(der, stamped, anchors);
            if (stamp != null) {
                return stamp;
            }
        }
        return null;
    }

    private static @Nullable Stamp stamp(byte[] der, byte[] stamped, TrustAnchors anchors) {
        try {
            TimeStampToken token = token(der);
            if (!matches(token, stamped)) {
                return null;
            }
            List<X509CertificateHolder> known = matching(token.getCertificates(), null);
            List<X509CertificateHolder> signers =
                    known.stream().filter(token.getSID()::match).toList();
            if (signers.isEmpty()) {
                return null;
            }
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signers.get(0)));
            Instant time = token.getTimeStampInfo().getGenTime().toInstant();
            return new Stamp(time, anchors.vouchForTimeStamper(chain(signers.get(0), known), time));
        } catch (IOException
                | CMSException
                | TSPException
                | OperatorCreationException
                | CertificateException
                | RuntimeException notOne) {
            return null;
        }
    }

    // Both forms occur under both names.
    private static TimeStampToken token(byte[] der) throws IOException, CMSException, TSPException {
        try {
            return new TimeStampToken(new CMSSignedData(der));
        } catch (CMSException | TSPException | RuntimeException aWholeResponse) {
            TimeStampToken token = new TimeStampResponse(der).getTimeStampToken();
            if (token == null) {
                throw new TSPException("a refusal");
            }
            return token;
        }
    }

    private static boolean matches(TimeStampToken token, byte[] stamped) {
        var algorithm = token.getTimeStampInfo().getMessageImprintAlgOID();
        String name = algorithm.equals(NISTObjectIdentifiers.id_sha256)
                ? Digests.SHA_256
                : algorithm.equals(NISTObjectIdentifiers.id_sha384)
                        ? "sha384"
                        : algorithm.equals(NISTObjectIdentifiers.id_sha512) ? "sha512" : "";
        return MessageDigest.isEqual(
                token.getTimeStampInfo().getMessageImprintDigest(),
                Digests.of(name).digest(stamped));
    }

    private static List<X509CertificateHolder> matching(
            Store<X509CertificateHolder> store, org.bouncycastle.util.@Nullable Selector<X509CertificateHolder> by) {
        return List.copyOf(store.getMatches(by));
    }

    private static List<X509Certificate> chain(X509CertificateHolder signer, List<X509CertificateHolder> known)
            throws CertificateException {
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        List<X509Certificate> chain = new ArrayList<>(List.of(converter.getCertificate(signer)));
        X509CertificateHolder last = signer;
        while (chain.size() < LONGEST_CHAIN) {
            X509CertificateHolder below = last;
            X509CertificateHolder issuer = known.stream()
                    .filter(candidate -> candidate.getSubject().equals(below.getIssuer())
                            && !Arrays.equals(encoded(candidate), encoded(below)))
                    .findFirst()
                    .orElse(null);
            if (issuer == null) {
                break;
            }
            chain.add(converter.getCertificate(issuer));
            last = issuer;
        }
        return chain;
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
    }
}
