package glimpse.mail;

import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Mail to be sent, as rows. */
public final class OutboxDao {
    private final Database database;
    private final Clock clock;
    private final int capacity;

    /** @param capacity mails that may wait */
    public OutboxDao(Database database, Clock clock, int capacity) {
        this.database = database;
        this.clock = clock;
        this.capacity = capacity;
    }

    /** A mail that waits. */
    record Due(long seq, String kind, long agentSeq, int attempts, Instant createdAt) {}

    /**
     * Queues a mail, in the transaction that gives rise to it; one that waits already goes out at once instead.
     *
     * @throws ApiError SERVICE_UNAVAILABLE when too many wait
     */
    public void add(Handle handle, String kind, long agentSeq) {
        int added = handle.createUpdate("""
                        INSERT INTO outbox (kind, agent_seq, created_at, next_attempt_at)
                        SELECT :kind, :agent, :now, :now
                         WHERE (SELECT COUNT(*) FROM outbox) < :capacity
                            OR EXISTS (SELECT 1 FROM outbox WHERE agent_seq = :agent AND kind = :kind)
                            ON CONFLICT (agent_seq, kind) DO UPDATE SET next_attempt_at = :now, created_at = :now
                        """)
                .bind("kind", kind)
                .bind("agent", agentSeq)
                .bind("now", clock.millis())
                .bind("capacity", capacity)
                .execute();
        if (added == 0) {
            throw full();
        }
    }

    /**
     * Fails when too many mails wait, whoever they are for.
     *
     * @throws ApiError SERVICE_UNAVAILABLE
     */
    void requireRoom() {
        int waiting = database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM outbox")
                .mapTo(Integer.class)
                .one());
        if (waiting >= capacity) {
            throw full();
        }
    }

    private static ApiError full() {
        return new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "Too many mails wait to be sent")
                .retryAfter(Duration.ofMinutes(1));
    }

    /** Whose time has come, the longest waiting first. */
    List<Due> due(int most) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, kind, agent_seq, attempts, created_at
                          FROM outbox
                         WHERE next_attempt_at <= :now
                         ORDER BY next_attempt_at
                         LIMIT :most
                        """)
                .bind("now", clock.millis())
                .bind("most", most)
                .map(OutboxDao::due)
                .list());
    }

    boolean isEmpty() {
        return database.read(handle -> handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM outbox)")
                .mapTo(Boolean.class)
                .one());
    }

    void remove(Due mail) {
        database.write(handle -> handle.createUpdate("DELETE FROM outbox WHERE seq = :seq AND created_at = :created")
                .bind("seq", mail.seq())
                .bind("created", mail.createdAt().toEpochMilli()) // not one that was asked for anew meanwhile
                .execute());
    }

    void postpone(Due mail, Instant until) {
        database.write(handle -> handle.createUpdate("""
                        UPDATE outbox
                           SET attempts = attempts + 1, next_attempt_at = :until
                         WHERE seq = :seq AND created_at = :created
                        """)
                .bind("seq", mail.seq())
                .bind("created", mail.createdAt().toEpochMilli())
                .bind("until", until.toEpochMilli())
                .execute());
    }

    private static Due due(ResultSet row, StatementContext context) throws SQLException {
        return new Due(
                row.getLong("seq"),
                row.getString("kind"),
                row.getLong("agent_seq"),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
