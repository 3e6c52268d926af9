package glimpse.idempotency;

import glimpse.database.Database;
import glimpse.http.IdempotentAnswers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** First answers as rows, for a day. */
public final class IdempotencyDao implements IdempotentAnswers {
    private static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final Clock clock;

    public IdempotencyDao(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Earlier> begin(byte[] keyHash, byte[] requestHash) {
        return database.write(handle -> {
            handle.createUpdate("DELETE FROM idempotency WHERE created_at <= :old")
                    .bind("old", clock.instant().minus(KEPT).toEpochMilli())
                    .execute();
            int begun = handle.createUpdate("""
                            INSERT INTO idempotency (key_hash, request_hash, created_at)
                            VALUES (:key, :request, :now)
                                ON CONFLICT (key_hash) DO NOTHING
                            """)
                    .bind("key", keyHash)
                    .bind("request", requestHash)
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
        database.write(handle -> handle.createUpdate("UPDATE idempotency SET answer = :answer WHERE key_hash = :key")
                .bind("key", keyHash)
                .bind("answer", sealedAnswer)
                .execute());
    }

    @Override
    public void abandon(byte[] keyHash) {
        database.write(handle -> handle.createUpdate("DELETE FROM idempotency WHERE key_hash = :key")
                .bind("key", keyHash)
                .execute());
    }
}
