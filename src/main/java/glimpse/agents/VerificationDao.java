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
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Pending verifications as rows. */
public final class VerificationDao {
    /** How long a code is good for, from the moment its mail has gone out. */
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private final Database database;
    private final OutboxDao outbox;
    private final DailyUsageDao usage;

    public VerificationDao(Database database, OutboxDao outbox, DailyUsageDao usage) {
        this.database = database;
        this.outbox = outbox;
        this.usage = usage;
    }

    /** What a code is derived from, and what became of it. */
    record Verification(byte[] nonce, int attempts, Instant expiresAt) {}

    /** Begins a verification, in place of the one before. */
    static void begin(Handle handle, long agentSeq, byte[] nonce, Instant now) {
        handle.createUpdate("""
                        INSERT INTO mailed_codes (agent_seq, purpose, nonce, attempts, created_at, expires_at)
                        VALUES (:agent, 'verification', :nonce, 0, :now, :expires)
                            ON CONFLICT (agent_seq, purpose) DO UPDATE
                           SET nonce = :nonce, attempts = 0, created_at = :now, expires_at = :expires
                        """)
                .bind("agent", agentSeq)
                .bind("nonce", nonce)
                .bind("now", now.toEpochMilli())
                .bind("expires", now.plus(LIFETIME).toEpochMilli())
                .execute();
    }

    Optional<Verification> of(long agentSeq) {
        return database.read(handle -> of(handle, agentSeq));
    }

    private static Optional<Verification> of(Handle handle, long agentSeq) {
        return handle.createQuery(
                        "SELECT nonce, attempts, expires_at FROM mailed_codes WHERE agent_seq = :agent AND purpose = 'verification'")
                .bind("agent", agentSeq)
                .map(VerificationDao::verification)
                .findOne();
    }

    /** What came of a code. */
    enum Outcome {
        VERIFIED,
        WRONG,
        EXPIRED,
        LOCKED,
        NOT_PENDING
    }

    /** An outcome, with the tries that are left. */
    record Attempt(Outcome outcome, int triesLeft) {}

    /** Tries a code: checks, counts and activates in one transaction, so that no two tries are counted as one. */
    Attempt attempt(long agentSeq, Predicate<byte[]> matchesNonce, Instant now) {
        return database.write(handle -> {
            Optional<Verification> pending = of(handle, agentSeq);
            if (pending.isEmpty()) {
                return new Attempt(Outcome.NOT_PENDING, 0);
            }
            int triesLeft = VerificationCodes.MOST_ATTEMPTS - pending.get().attempts();
            if (triesLeft <= 0) {
                return new Attempt(Outcome.LOCKED, 0);
            }
            if (!now.isBefore(pending.get().expiresAt())) {
                return new Attempt(Outcome.EXPIRED, triesLeft);
            }
            if (matchesNonce.test(pending.get().nonce())) {
                activate(handle, agentSeq, now);
                return new Attempt(Outcome.VERIFIED, triesLeft);
            }
            countAttempt(handle, agentSeq);
            return new Attempt(triesLeft == 1 ? Outcome.LOCKED : Outcome.WRONG, triesLeft - 1);
        });
    }

    /** Begins a pending agent's verification anew and queues its mail; false when today's mails are used up. */
    boolean restart(long agentSeq, byte[] nonce, Instant now) {
        return database.write(handle -> {
            if (!usage.tryTake(handle, agentSeq, DailyLimit.CODE_MAILS)) {
                return false;
            }
            begin(handle, agentSeq, nonce, now);
            outbox.add(handle, VerificationMails.KIND, agentSeq);
            return true;
        });
    }

    private static void activate(Handle handle, long agentSeq, Instant now) {
        handle.createUpdate(
                        "UPDATE agents SET status = 'active', last_active_at = :now WHERE seq = :agent AND status = 'pending'")
                .bind("agent", agentSeq)
                .bind("now", now.toEpochMilli())
                .execute();
        handle.createUpdate("DELETE FROM mailed_codes WHERE agent_seq = :agent AND purpose = 'verification'")
                .bind("agent", agentSeq)
                .execute();
    }

    private static void countAttempt(Handle handle, long agentSeq) {
        handle.createUpdate(
                        "UPDATE mailed_codes SET attempts = attempts + 1 WHERE agent_seq = :agent AND purpose = 'verification'")
                .bind("agent", agentSeq)
                .execute();
    }

    /** Starts a code's life anew. */
    void extend(long agentSeq, Instant now) {
        database.write(handle -> handle.createUpdate(
                        "UPDATE mailed_codes SET expires_at = :expires WHERE agent_seq = :agent AND purpose = 'verification'")
                .bind("agent", agentSeq)
                .bind("expires", now.plus(LIFETIME).toEpochMilli())
                .execute());
    }

    private static Verification verification(ResultSet row, StatementContext context) throws SQLException {
        return new Verification(
                row.getBytes("nonce"), row.getInt("attempts"), Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
