package glimpse.agents;

import glimpse.database.Database;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import glimpse.mail.OutboxDao;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Codes that were mailed and wait to be sent back, as rows: one an agent and purpose. */
public final class MailedCodeDao {
    /** How long a code is good for, from the moment its mail has gone out. */
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private final Database database;
    private final OutboxDao outbox;
    private final DailyUsageDao usage;

    public MailedCodeDao(Database database, OutboxDao outbox, DailyUsageDao usage) {
        this.database = database;
        this.outbox = outbox;
        this.usage = usage;
    }

    /** What a code is derived from, and what became of it. */
    record Pending(byte[] nonce, int attempts, Instant expiresAt) {}

    /** Begins a code's life, in place of the one before. */
    static void begin(Handle handle, long agentSeq, CodePurpose purpose, byte[] nonce, Instant now) {
        handle.createUpdate("""
                        INSERT INTO mailed_codes (agent_seq, purpose, nonce, attempts, created_at, expires_at)
                        VALUES (:agent, :purpose, :nonce, 0, :now, :expires)
                            ON CONFLICT (agent_seq, purpose) DO UPDATE
                           SET nonce = :nonce, attempts = 0, created_at = :now, expires_at = :expires
                        """)
                .bind("agent", agentSeq)
                .bind("purpose", purpose.kind())
                .bind("nonce", nonce)
                .bind("now", now.toEpochMilli())
                .bind("expires", now.plus(LIFETIME).toEpochMilli())
                .execute();
    }

    Optional<Pending> of(long agentSeq, CodePurpose purpose) {
        return database.read(handle -> of(handle, agentSeq, purpose));
    }

    private static Optional<Pending> of(Handle handle, long agentSeq, CodePurpose purpose) {
        return handle.createQuery(
                        "SELECT nonce, attempts, expires_at FROM mailed_codes WHERE agent_seq = :agent AND purpose = :purpose")
                .bind("agent", agentSeq)
                .bind("purpose", purpose.kind())
                .map(MailedCodeDao::pending)
                .findOne();
    }

    /** What came of a code. */
    enum Outcome {
        RIGHT,
        WRONG,
        EXPIRED,
        LOCKED,
        NOT_PENDING
    }

    /** An outcome, with the tries that are left. */
    record Attempt(Outcome outcome, int triesLeft) {}

    /**
     * Tries a code: checks it, counts the try and does what it is good for in one transaction, so that no two tries are
     * counted as one.
     *
     * @param right what a right code brings about
     */
    Attempt attempt(
            long agentSeq, CodePurpose purpose, Predicate<byte[]> matchesNonce, Instant now, Consumer<Handle> right) {
        return database.write(handle -> {
            Optional<Pending> pending = of(handle, agentSeq, purpose);
            if (pending.isEmpty()) {
                return new Attempt(Outcome.NOT_PENDING, 0);
            }
            int triesLeft = MailedCodes.MOST_ATTEMPTS - pending.get().attempts();
            if (triesLeft <= 0) {
                return new Attempt(Outcome.LOCKED, 0);
            }
            if (!now.isBefore(pending.get().expiresAt())) {
                return new Attempt(Outcome.EXPIRED, triesLeft);
            }
            if (matchesNonce.test(pending.get().nonce())) {
                forget(handle, agentSeq, purpose);
                right.accept(handle);
                return new Attempt(Outcome.RIGHT, triesLeft);
            }
            countAttempt(handle, agentSeq, purpose);
            return new Attempt(triesLeft == 1 ? Outcome.LOCKED : Outcome.WRONG, triesLeft - 1);
        });
    }

    /** Begins a code's life anew and queues its mail; false when today's mails are used up, or the agent is gone by now. */
    boolean restart(long agentSeq, CodePurpose purpose, byte[] nonce, Instant now) {
        return database.write(handle -> {
            if (!exists(handle, agentSeq) || !usage.tryTake(handle, agentSeq, DailyLimit.CODE_MAILS)) {
                return false;
            }
            begin(handle, agentSeq, purpose, nonce, now);
            outbox.add(handle, purpose.kind(), agentSeq);
            return true;
        });
    }

    private static boolean exists(Handle handle, long agentSeq) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM agents WHERE seq = :agent)")
                .bind("agent", agentSeq)
                .mapTo(Boolean.class)
                .one();
    }

    private static void forget(Handle handle, long agentSeq, CodePurpose purpose) {
        handle.createUpdate("DELETE FROM mailed_codes WHERE agent_seq = :agent AND purpose = :purpose")
                .bind("agent", agentSeq)
                .bind("purpose", purpose.kind())
                .execute();
    }

    /** Makes all of an agent's codes worthless. */
    static void forgetAll(Handle handle, long agentSeq) {
        handle.createUpdate("DELETE FROM mailed_codes WHERE agent_seq = :agent")
                .bind("agent", agentSeq)
                .execute();
    }

    private static void countAttempt(Handle handle, long agentSeq, CodePurpose purpose) {
        handle.createUpdate(
                        "UPDATE mailed_codes SET attempts = attempts + 1 WHERE agent_seq = :agent AND purpose = :purpose")
                .bind("agent", agentSeq)
                .bind("purpose", purpose.kind())
                .execute();
    }

    /** Starts a code's life anew. */
    void extend(long agentSeq, CodePurpose purpose, Instant now) {
        database.write(handle -> handle.createUpdate(
                        "UPDATE mailed_codes SET expires_at = :expires WHERE agent_seq = :agent AND purpose = :purpose")
                .bind("agent", agentSeq)
                .bind("purpose", purpose.kind())
                .bind("expires", now.plus(LIFETIME).toEpochMilli())
                .execute());
    }

    private static Pending pending(ResultSet row, StatementContext context) throws SQLException {
        return new Pending(
                row.getBytes("nonce"), row.getInt("attempts"), Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
