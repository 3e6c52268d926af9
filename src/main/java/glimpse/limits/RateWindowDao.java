package glimpse.limits;

import glimpse.database.Database;
import glimpse.http.Limit;
import glimpse.http.RateLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Windows of limits as rows. */
final class RateWindowDao {
    private final Database database;

    RateWindowDao(Database database) {
        this.database = database;
    }

    /** Hands over every window that has not ended, one by one: there can be as many as there are callers. */
    void forEach(Instant now, Consumer<RateLimits.Window> restoring) {
        database.read(handle -> {
            handle.createQuery("""
                            SELECT action, caller, used, ends_at
                              FROM rate_windows
                             WHERE ends_at > :now
                            """)
                    .bind("now", now.toEpochMilli())
                    .map((row, context) -> window(row))
                    .forEach(window -> window.ifPresent(restoring));
            return true;
        });
    }

    // None for a limit that an earlier release had.
    private static Optional<RateLimits.Window> window(ResultSet row) throws SQLException {
        String action = row.getString("action");
        String caller = row.getString("caller");
        long used = row.getLong("used");
        Instant endsAt = Instant.ofEpochMilli(row.getLong("ends_at"));
        return Arrays.stream(Limit.values())
                .filter(limit -> action(limit).equals(action))
                .findFirst()
                .map(limit -> new RateLimits.Window(limit, caller, used, endsAt));
    }

    /** Writes what has changed, and removes what has ended. */
    void write(RateLimits.Changes changes, Instant now) {
        database.write(handle -> {
            if (changes.forgotten()) {
                handle.execute("DELETE FROM rate_windows");
            }
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO rate_windows (action, caller, used, ends_at)
                    VALUES (:action, :caller, :used, :endsAt)
                        ON CONFLICT (action, caller) DO UPDATE SET used = excluded.used, ends_at = excluded.ends_at
                    """);
            for (RateLimits.Window window : changes.windows()) {
                batch.bind("action", action(window.limit()))
                        .bind("caller", window.caller())
                        .bind("used", window.used())
                        .bind("endsAt", window.endsAt().toEpochMilli())
                        .add();
            }
            batch.execute();
            return removeEnded(handle, now);
        });
    }

    /** Removes what has ended, and writes nothing when nothing has. */
    void removeEnded(Instant now) {
        boolean hasEnded = database.read(
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM rate_windows WHERE ends_at <= :now)")
                        .bind("now", now.toEpochMilli())
                        .mapTo(Boolean.class)
                        .one());
        if (hasEnded) {
            database.write(handle -> removeEnded(handle, now));
        }
    }

    private static int removeEnded(Handle handle, Instant now) {
        return handle.createUpdate("DELETE FROM rate_windows WHERE ends_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private static String action(Limit limit) {
        return limit.name().toLowerCase(Locale.ROOT);
    }
}
