package glimpse.c2pa;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The three hashes that C2PA allows (section 13.1), by the names it gives them. */
final class Digests {
    static final String SHA_256 = "sha256";

    private Digests() {}

    static MessageDigest of(@Nullable String name) {
        String algorithm = switch (name == null ? "" : name) {
            case SHA_256 -> "SHA-256";
            case "sha384" -> "SHA-384";
            case "sha512" -> "SHA-512";
            default -> throw new MalformedException("an unknown hash algorithm");
        };
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    static byte[] sha256(byte[] bytes) {
        return of(SHA_256).digest(bytes);
    }
}
