package glimpse.agents;

import glimpse.secrets.MasterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/** Codes of some digits. They are derived and never stored, so that a copy of the data verifies and recovers nobody. */
public final class MailedCodes {
    static final int MOST_ATTEMPTS = 5;

    private static final int NONCE_BYTES = 16;

    private final MasterKey masterKey;
    private final RandomGenerator random;

    public MailedCodes(MasterKey masterKey, RandomGenerator random) {
        this.masterKey = masterKey;
        this.random = random;
    }

    byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    /** The code of a nonce; 2⁶⁴ is so much more than 10⁸ that every code is as likely as another. */
    String code(CodePurpose purpose, byte[] nonce) {
        long number = ByteBuffer.wrap(masterKey.derive(purpose.kind() + "-code", nonce))
                .getLong();
        String digits = Long.toUnsignedString(number);
        return ("0".repeat(purpose.digits()) + digits).substring(digits.length());
    }

    boolean matches(CodePurpose purpose, byte[] nonce, String code) {
        return MessageDigest.isEqual(
                code(purpose, nonce).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
    }
}
