package glimpse.c2pa;

import glimpse.c2pa.ValidationReport.Finding;
import glimpse.c2pa.ValidationReport.Signer;
import glimpse.c2pa.ValidationReport.TimeStamp;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Who signed a manifest, whether they did, and whether they could (C2PA 2.2, sections 15.7 to 15.9). */
final class SignatureCheck {
    private final TrustAnchors anchors;
    private final Instant now;

    SignatureCheck(TrustAnchors anchors, Instant now) {
        this.anchors = anchors;
        this.now = now;
    }

    /** Adds what it finds; null when there is nobody to name. */
    @Nullable
    Signer check(Manifest manifest, Findings findings) {
        Jumbf.Box box;
        CoseSign1 cose;
        try {
            box = manifest.signature();
        } catch (Manifest.Broken broken) {
            findings.fail(broken.code(), manifest.url(), broken.getMessage());
            return null;
        }
        String url = manifest.url(box);
        try {
            Jumbf.Box content = box.onlyContent("cbor");
            cose = CoseSign1.parse(CborReader.read(content.payload()), manifest.version());
        } catch (MalformedException malformed) {
            findings.fail("claimSignature.mismatch", url, malformed.getMessage());
            return null;
        }
        byte[] claim = manifest.claimBytes();
        if (cose.signs(claim)) {
            findings.succeed("claimSignature.validated", url);
        } else {
            findings.fail("claimSignature.mismatch", url, null);
        }
        return credential(cose, claim, url, findings);
    }

    private Signer credential(CoseSign1 cose, byte[] claim, String url, Findings findings) {
        X509Certificate certificate = cose.signer();
        TimeStamps.Result result = TimeStamps.of(cose, claim, anchors);
        TimeStamps.Stamp stamp = result.stamp();
        boolean stamped = stamp != null && stamp.trusted();
        // A time-stamp by just anyone would let an expired, perhaps stolen, key sign for ever.
        Instant at = stamp != null && stamped ? stamp.time() : now;
        if (stamp != null) {
            findings.succeed("timeStamp.validated", url);
        } else if (result.present()) {
            findings.inform("timeStamp.mismatch", url, null);
        }
        if (stamped) {
            findings.succeed("timeStamp.trusted", url);
        } else if (stamp != null) {
            findings.inform("timeStamp.untrusted", url, null);
        }
        String breach = CertificateProfile.breach(certificate);
        if (breach != null) {
            findings.fail("signingCredential.invalid", url, breach);
        }
        if (at.isBefore(certificate.getNotBefore().toInstant())
                || at.isAfter(certificate.getNotAfter().toInstant())) {
            findings.fail("signingCredential.expired", url, null);
        } else {
            findings.succeed("claimSignature.insideValidity", url);
        }
        boolean trusted = anchors.vouchForSigner(cose.chain(), at);
        if (trusted) {
            findings.succeed("signingCredential.trusted", url);
        } else {
            findings.fail(Finding.UNTRUSTED, url, null);
        }
        X500Principal subject = certificate.getSubjectX500Principal();
        X500Principal issuer = certificate.getIssuerX500Principal();
        String issuerOrganisation = attribute(issuer, "O");
        return new Signer(
                attribute(subject, "O"),
                attribute(subject, "CN"),
                issuerOrganisation == null ? attribute(issuer, "CN") : issuerOrganisation,
                cose.algorithm(),
                trusted,
                certificate.getNotAfter().toInstant(),
                stamp == null ? null : stamp.time(),
                stamp == null ? TimeStamp.NONE : stamped ? TimeStamp.TRUSTED : TimeStamp.UNTRUSTED);
    }

    private static @Nullable String attribute(X500Principal principal, String type) {
        try {
            List<Rdn> parts = new LdapName(principal.getName()).getRdns();
            return parts.stream()
                    .filter(part -> part.getType().equalsIgnoreCase(type))
                    .map(part -> part.getValue() instanceof String text ? Texts.cut(text) : null)
                    .findFirst()
                    .orElse(null);
        } catch (InvalidNameException | RuntimeException unreadable) {
            return null;
        }
    }
}
