package glimpse.idempotency;

import glimpse.database.Database;
import glimpse.http.IdempotentAnswers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** First answers as rows, for a day; of one caller not more than a thousand, and a few megabytes. */
public final class IdempotencyDao implements IdempotentAnswers {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST_OF_ONE_CALLER = 1_000;
    private static final int MOST_BYTES_OF_ONE_CALLER = 8 << 20;

    private final Database database;
    private final Clock clock;

    public IdempotencyDao(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Earlier> begin(byte[] caller, byte[] keyHash, byte[] requestHash) {
        return database.write(handle -> {
            handle.createUpdate("DELETE FROM idempotency WHERE created_at <= :old")
                    .bind("old", clock.instant().minus(KEPT).toEpochMilli())
                    .execute();
            int begun = handle.createUpdate("""
                            INSERT INTO idempotency (key_hash, request_hash, caller, created_at)
                            VALUES (:key, :request, :caller, :now)
                                ON CONFLICT (key_hash) DO NOTHING
                            """)
                    .bind("key", keyHash)
                    .bind("request", requestHash)
                    .bind("caller", caller)
                    .bind("now", clock.millis())
                    .execute();
            return begun == 1 ? Optional.empty() : Optional.of(earlier(handle, keyHash));
        });
    }

    private static Earlier earlier(Handle handle, byte[] keyHash) {
        return handle.createQuery("SELECT request_hash, answer FROM idempotency WHERE key_hash = :key")
                .bind("key", keyHash)
                .map((row, context) ->
                        new Earlier(row.getBytes("request_hash"), Optional.ofNullable(row.getBytes("answer"))))
                .one();
    }

    @Override
    public void finish(byte[] keyHash, byte[] sealedAnswer) {
        database.write(handle -> {
            handle.createUpdate(
                            "UPDATE idempotency SET answer = :answer, bytes = length(:answer) WHERE key_hash = :key")
                    .bind("key", keyHash)
                    .bind("answer", sealedAnswer)
                    .execute();
            return removeOldest(handle, keyHash);
        });
    }

    // What is under way stays: it has no bytes.
    private static int removeOldest(Handle handle, byte[] keyHash) {
        return handle.createUpdate("""
                        DELETE FROM idempotency
                         WHERE key_hash IN (
                               SELECT key_hash
                                 FROM (SELECT key_hash, bytes, row_number() OVER newest AS place,
                                              sum(bytes) OVER newest AS total
                                         FROM idempotency
                                        WHERE caller = (SELECT caller FROM idempotency WHERE key_hash = :key)
                                       WINDOW newest AS (ORDER BY created_at DESC, key_hash DESC
                                                         ROWS UNBOUNDED PRECEDING))
                                WHERE bytes > 0 AND (place > :most OR total > :mostBytes))
                        """)
                .bind("key", keyHash)
                .bind("most", MOST_OF_ONE_CALLER)
                .bind("mostBytes", MOST_BYTES_OF_ONE_CALLER)
                .execute();
    }

    @Override
    public void abandon(byte[] keyHash) {
        database.write(handle -> handle.createUpdate("DELETE FROM idempotency WHERE key_hash = :key")
                .bind("key", keyHash)
                .execute());
    }
}
