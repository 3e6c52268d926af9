package glimpse.agents;

import glimpse.secrets.MasterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/** Six-digit codes. They are derived and never stored, so that a copy of the data verifies nobody. */
public final class VerificationCodes {
    static final int MOST_ATTEMPTS = 5;

    private static final int NONCE_BYTES = 16;

    private final MasterKey masterKey;
    private final RandomGenerator random;

    public VerificationCodes(MasterKey masterKey, RandomGenerator random) {
        this.masterKey = masterKey;
        this.random = random;
    }

    byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    /** The code of a nonce; 2⁶⁴ is so much more than 10⁶ that every code is as likely as another. */
    String code(byte[] nonce) {
        long number =
                ByteBuffer.wrap(masterKey.derive("verification-code", nonce)).getLong();
        return String.format("%06d", Long.remainderUnsigned(number, 1_000_000));
    }

    boolean matches(byte[] nonce, String code) {
        return MessageDigest.isEqual(
                code(nonce).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
    }
}
