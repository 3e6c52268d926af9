package glimpse.c2pa;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** Issues certificates of any kind, good and bad, and stamps times. */
final class TestAuthority {
    static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2050-01-01T00:00:00Z");

    final X509Certificate root;
    private final KeyPair rootKeys;
    private long serial = 1;

    /** A key and its certificate. */
    record Issued(KeyPair keys, X509Certificate certificate) {}

    /** What a certificate is to be like; good as it begins. */
    static final class Wish {
        String algorithm = "EC";
        int size = 256;
        String subject = "O=Example,CN=Signer";
        Instant notBefore = LONG_AGO;
        Instant notAfter = FAR_AHEAD;
        List<String> usages = List.of(CertificateProfile.CLAIM_SIGNING, CertificateProfile.EMAIL_PROTECTION);
        boolean criticalUsages;
        boolean authorityKey = true;
        int keyUsage = KeyUsage.digitalSignature;
        boolean authority;
        boolean selfSigned;
    }

    TestAuthority(String name) throws Exception {
        this.rootKeys = keys("EC", 256);
        X500Name subject = new X500Name("O=Example,CN=" + name);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject, BigInteger.ONE, Date.from(LONG_AGO), Date.from(FAR_AHEAD), subject, rootKeys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(rootKeys.getPublic()));
        this.root = new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(rootKeys.getPrivate())));
    }

    static KeyPair keys(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (size > 0) {
            generator.initialize(size);
        }
        return generator.generateKeyPair();
    }

    Issued issue(Wish wish) throws Exception {
        KeyPair keys = keys(wish.algorithm, wish.size);
        X500Name subject = new X500Name(wish.subject);
        X500Name issuer = X500Name.getInstance(root.getSubjectX500Principal().getEncoded());
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                wish.selfSigned ? subject : issuer,
                BigInteger.valueOf(++serial),
                Date.from(wish.notBefore),
                Date.from(wish.notAfter),
                subject,
                keys.getPublic());
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(wish.authority));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(wish.keyUsage));
        if (!wish.usages.isEmpty()) {
            KeyPurposeId[] usages = wish.usages.stream()
                    .map(usage -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(usage)))
                    .toArray(KeyPurposeId[]::new);
            builder.addExtension(Extension.extendedKeyUsage, wish.criticalUsages, new ExtendedKeyUsage(usages));
        }
        if (wish.authorityKey) {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(wish.selfSigned ? keys.getPublic() : rootKeys.getPublic()));
        }
        return new Issued(
                keys,
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(wish.selfSigned ? keys.getPrivate() : rootKeys.getPrivate()))));
    }

    /** A time-stamp on a signature, as the unprotected header of COSE has it. */
    TestManifest.Unprotected stamping(Instant time) throws Exception {
        Issued stamper = stamper();
        return (protectedHeader, claim, signature) -> stamped(
                "sigTst2",
                token(stamper, time, CoseSign1.structure("CounterSignature", protectedHeader, Cbor.encode(signature))));
    }

    /** The older form, on the claim. */
    TestManifest.Unprotected stampingTheClaim(Instant time) throws Exception {
        Issued stamper = stamper();
        return (protectedHeader, claim, signature) -> stamped(
                "sigTst", token(stamper, time, CoseSign1.structure("CounterSignature", protectedHeader, claim)));
    }

    private Issued stamper() throws Exception {
        Wish wish = new Wish();
        wish.subject = "O=Example,CN=Time";
        wish.usages = List.of(TIME_STAMPING);
        wish.criticalUsages = true;
        return issue(wish);
    }

    static CborMap stamped(String header, byte[] token) {
        return new CborMap().with(header, new CborMap().with("tstTokens", List.of(new CborMap().with("val", token))));
    }

    private byte[] token(Issued stamper, Instant time, byte[] stamped) {
        try {
            TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
            requests.setCertReq(true);
            TimeStampRequest request =
                    requests.generate(NISTObjectIdentifiers.id_sha256, Digests.sha256(stamped), BigInteger.TEN);
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .build("SHA256withECDSA", stamper.keys().getPrivate(), stamper.certificate()),
                    new JcaDigestCalculatorProviderBuilder()
                            .build()
                            .get(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                    new ASN1ObjectIdentifier("1.2.3.4.1"));
            tokens.addCertificates(
                    new JcaCertStore(Stream.of(stamper.certificate(), root).toList()));
            return tokens.generate(request, BigInteger.valueOf(++serial), Date.from(time))
                    .getEncoded();
        } catch (Exception problem) {
            throw new IllegalStateException(problem);
        }
    }
}
