package glimpse.generation;

import glimpse.database.Database;
import glimpse.secrets.MasterKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A new master key in the place of the old one. Both are kept until every stored key is sealed under the new one; what
 * was begun when the power went is brought to an end, one way or the other, at the next start.
 */
public final class KeyRotation {
    private final CredentialDao credentials;
    private final Path file;
    private final RandomGenerator random;

    public KeyRotation(Database database, Path file, RandomGenerator random) {
        this.credentials = new CredentialDao(database);
        this.file = file;
        this.random = random;
    }

    /**
     * The key that is in force. Asks the database only when a rotation was begun.
     *
     * @throws IOException when no key opens what is sealed
     */
    public MasterKey settled() throws IOException {
        Optional<MasterKey> next = MasterKey.next(file, random);
        MasterKey current = MasterKey.open(file, random);
        if (next.isEmpty()) {
            return current;
        }
        if (credentials.fits(current)) {
            MasterKey.dropNext(file);
            return current;
        }
        if (credentials.fits(next.get())) {
            MasterKey.adoptNext(file);
            return next.get();
        }
        throw new IOException(
                "neither " + file + " nor the key beside it, that was to replace it, opens the stored keys");
    }

    /** Makes a new key and seals everything under it; gives how many keys of agents that were. */
    public int rotate() throws IOException {
        MasterKey current = settled();
        MasterKey next = MasterKey.makeNext(file, random);
        int count = credentials.reseal(current, next);
        MasterKey.adoptNext(file);
        return count;
    }
}
