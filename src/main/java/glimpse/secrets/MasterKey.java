package glimpse.secrets;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * 32 random bytes in a file beside the database. A copy of the database alone gives nothing away: what it holds of
 * secrets is derived from this key (HMAC-SHA-256) or sealed under it (AES-256-GCM).
 */
public final class MasterKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12; // NIST SP 800-38D, section 8.2.2
    private static final int TAG_BITS = 128;

    private final byte[] key;
    private final RandomGenerator random;

    private MasterKey(byte[] key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    /** Reads the key, or makes it when there is no such file. */
    public static MasterKey open(Path file, RandomGenerator random) throws IOException {
        try {
            return read(file, random);
        } catch (NoSuchFileException firstStart) {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            create(file, key);
            return new MasterKey(key, random);
        }
    }

    private static MasterKey read(Path file, RandomGenerator random) throws IOException {
        byte[] key = Files.readAllBytes(file);
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " is not a key file: it should have " + KEY_BYTES + " bytes");
        }
        return new MasterKey(key, random);
    }

    /** The key that was about to replace the one in this file, if there is one. */
    public static Optional<MasterKey> next(Path file, RandomGenerator random) throws IOException {
        try {
            return Optional.of(read(nextTo(file), random));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** Makes a key that is to replace the one in this file, and keeps it beside it. */
    public static MasterKey makeNext(Path file, RandomGenerator random) throws IOException {
        Files.deleteIfExists(nextTo(file));
        return open(nextTo(file), random);
    }

    /** Puts the key beside this file in its place: from here on there is no way back. */
    public static void adoptNext(Path file) throws IOException {
        move(nextTo(file), file);
    }

    /** Forgets the key beside this file. */
    public static void dropNext(Path file) throws IOException {
        Files.deleteIfExists(nextTo(file));
    }

    private static Path nextTo(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static void create(Path file, byte[] key) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        // Under another name first: half a key would be worse than none.
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, onlyOwner);
        Files.write(fresh, key, StandardOpenOption.SYNC);
        move(fresh, file);
    }

    // A move is only on disk when its folder is. Windows can't open one, and needs no asking.
    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (File.separatorChar == '/') {
            try (FileChannel folder =
                    FileChannel.open(to.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    /** 32 bytes that only this key and these parts give. The purpose keeps uses apart. */
    public byte[] derive(String purpose, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                mac.update((byte) 0);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Seals bytes so that only {@link #open} with the same purpose and parts gives them back. */
    public byte[] seal(byte[] plain, String purpose, byte[]... parts) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, plain, derive(purpose, parts));
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * Undoes {@link #seal}.
     *
     * @throws IllegalStateException when the bytes were not sealed by this key for these parts
     */
    public byte[] open(byte[] sealed, String purpose, byte[]... parts) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return cipher(Cipher.DECRYPT_MODE, nonce, rest, derive(purpose, parts));
    }

    private static byte[] cipher(int mode, byte[] nonce, byte[] bytes, byte[] derived) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(derived, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("the seal does not open: another key file, or a damaged row", problem);
        }
    }
}
