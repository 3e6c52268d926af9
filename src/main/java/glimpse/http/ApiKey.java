package glimpse.http;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * API keys: {@code glm_}, 32 random bytes as 43 base62 digits, and a checksum of 6. The checksum tells a typo from a
 * key without a look at the database, and lets secret scanners recognise a leaked key for sure.
 */
public final class ApiKey {
    /** Finds what has the form of a key inside a text. */
    public static final Pattern FORM = Pattern.compile("glm_[0-9A-Za-z]{49}");

    private static final String PREFIX = "glm_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;

    private ApiKey() {}

    /** A new key. It is shown once; only its {@link #hash} is kept. */
    public static String generate(RandomGenerator random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String body = PREFIX + base62(new BigInteger(1, secret), SECRET_DIGITS);
        return body + checksum(body);
    }

    /** Whether a text has the form of a key and its checksum is right. */
    public static boolean isWellFormed(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        int end = text.length() - CHECK_DIGITS;
        return checksum(text.substring(0, end)).equals(text.substring(end));
    }

    /** SHA-256, without salt: 256 random bits can't be guessed. */
    public static byte[] hash(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.US_ASCII));
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return base62(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
    }

    private static String base62(BigInteger number, int digits) {
        BigInteger base = BigInteger.valueOf(DIGITS.length());
        char[] text = new char[digits];
        BigInteger rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(base);
            text[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(text);
    }
}
