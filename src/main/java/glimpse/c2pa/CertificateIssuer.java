package glimpse.c2pa;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and the certificates for them: a root, and under it what signs. */
final class CertificateIssuer {
    // Without a time-stamp a signature dies with its certificate, so they live long.
    private static final Duration LIFE = Duration.ofDays(30 * 365);
    private static final Duration SKEW = Duration.ofDays(1); // clocks elsewhere may be behind
    private static final int LONGEST_NAME = 64; // characters, RFC 5280, appendix A.1

    private CertificateIssuer() {}

    /** A new root, and a new key under it. */
    static SigningIdentity.Keys root(String organisation, Instant now, List<X509Certificate> formerRoots)
            throws IOException {
        try {
            KeyPair pair = pair();
            X500Name name = name(organisation, "Glimpse Content Credentials Root");
            JcaX509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), now);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
            X509Certificate root = signed(builder, pair.getPrivate());
            return leaf(
                    new SigningIdentity.Keys(pair.getPrivate(), root, pair.getPrivate(), root, formerRoots),
                    organisation,
                    now);
        } catch (GeneralSecurityException | OperatorCreationException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** A new key under the root that there is. */
    static SigningIdentity.Keys leaf(SigningIdentity.Keys keys, String organisation, Instant now) throws IOException {
        try {
            KeyPair pair = pair();
            X500Name issuer =
                    X500Name.getInstance(keys.root().getSubjectX500Principal().getEncoded());
            JcaX509v3CertificateBuilder builder = builder(issuer, name(organisation, "Glimpse"), pair.getPublic(), now);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.getInstance(new ASN1ObjectIdentifier(CertificateProfile.CLAIM_SIGNING)),
                KeyPurposeId.id_kp_emailProtection // validators that do not know the first yet
            }));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
            // The key's identifier only: with name and serial number of the root each file would carry 100 bytes more.
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(keys.root().getPublicKey()));
            return new SigningIdentity.Keys(
                    keys.rootKey(),
                    keys.root(),
                    pair.getPrivate(),
                    signed(builder, keys.rootKey()),
                    keys.formerRoots());
        } catch (GeneralSecurityException | OperatorCreationException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Instant now) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(SKEW).truncatedTo(ChronoUnit.SECONDS)),
                Date.from(now.plus(LIFE).truncatedTo(ChronoUnit.SECONDS)),
                subject,
                key);
    }

    // Some validators refuse a subject without an organisation.
    private static X500Name name(String organisation, String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organisation.substring(0, Math.min(organisation.length(), LONGEST_NAME)))
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }
}
