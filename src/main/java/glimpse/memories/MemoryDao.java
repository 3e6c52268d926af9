package glimpse.memories;

import glimpse.database.Database;
import glimpse.http.CursorRequest;
import glimpse.http.RawJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Memories as rows. What has expired is not there, also while its row still is. */
final class MemoryDao {
    static final int MOST = 1_000; // of one agent

    private static final String MEMORIES = """
            SELECT key, value, is_public, created_at, updated_at, expires_at
              FROM memories
             WHERE agent_seq = :agent AND (expires_at IS NULL OR expires_at > :now) AND (:own OR is_public)""";

    private final Database database;

    MemoryDao(Database database) {
        this.database = database;
    }

    /** A memory as it is kept now, and whether nothing was under its key before. */
    record Stored(Memory memory, boolean isNew) {}

    /** @param own whether private ones are shown, too */
    Optional<Memory> under(long agent, String key, boolean own, Instant now) {
        return database.read(handle -> handle.createQuery(MEMORIES + " AND key = :key")
                .bind("agent", agent)
                .bind("now", now.toEpochMilli())
                .bind("own", own)
                .bind("key", key)
                .map((row, context) -> memory(row))
                .findOne());
    }

    /** By key. What lies outside of the prefix is skipped one by one: an agent has no more than {@link #MOST}. */
    List<Memory> list(long agent, String prefix, boolean own, CursorRequest request, Instant now) {
        return database.read(handle -> handle.createQuery(
                        MEMORIES + " AND key > :after AND instr(key, :prefix) = 1 ORDER BY key LIMIT :fetch")
                .bind("agent", agent)
                .bind("now", now.toEpochMilli())
                .bind("own", own)
                .bind("after", request.text(0, ""))
                .bind("prefix", prefix)
                .bind("fetch", request.fetch())
                .map((row, context) -> memory(row))
                .list());
    }

    /** Keeps a memory in place of what was under its key; nothing when the agent has no room for another. */
    Optional<Stored> store(long agent, Memory memory) {
        return database.write(handle -> {
            removeExpired(handle, agent, memory.updatedAt());
            Optional<Memory> replaced = replace(handle, agent, memory);
            return replaced.isPresent()
                    ? replaced.map(kept -> new Stored(kept, false))
                    : insert(handle, agent, memory).map(kept -> new Stored(kept, true));
        });
    }

    private static Optional<Memory> replace(Handle handle, long agent, Memory memory) {
        return handle.createQuery("""
                        UPDATE memories
                           SET value = :value, is_public = :public, updated_at = :now, expires_at = :expiresAt
                         WHERE agent_seq = :agent AND key = :key
                        RETURNING key, value, is_public, created_at, updated_at, expires_at
                        """)
                .bind("agent", agent)
                .bind("key", memory.key())
                .bind("value", memory.value().json())
                .bind("public", memory.isPublic())
                .bind("now", memory.updatedAt().toEpochMilli())
                .bind("expiresAt", millis(memory.expiresAt()))
                .map((row, context) -> memory(row))
                .findOne();
    }

    private static Optional<Memory> insert(Handle handle, long agent, Memory memory) {
        return handle.createQuery("""
                        INSERT INTO memories (agent_seq, key, value, is_public, created_at, updated_at, expires_at)
                        SELECT :agent, :key, :value, :public, :now, :now, :expiresAt
                         WHERE (SELECT COUNT(*) FROM memories WHERE agent_seq = :agent) < :most
                        RETURNING key, value, is_public, created_at, updated_at, expires_at
                        """)
                .bind("agent", agent)
                .bind("key", memory.key())
                .bind("value", memory.value().json())
                .bind("public", memory.isPublic())
                .bind("now", memory.updatedAt().toEpochMilli())
                .bind("expiresAt", millis(memory.expiresAt()))
                .bind("most", MOST)
                .map((row, context) -> memory(row))
                .findOne();
    }

    /** Whether there was one. */
    boolean delete(long agent, String key, Instant now) {
        return database.write(handle -> {
            removeExpired(handle, agent, now);
            return handle.createUpdate("DELETE FROM memories WHERE agent_seq = :agent AND key = :key")
                            .bind("agent", agent)
                            .bind("key", key)
                            .execute()
                    > 0;
        });
    }

    private static void removeExpired(Handle handle, long agent, Instant now) {
        handle.createUpdate("DELETE FROM memories WHERE agent_seq = :agent AND expires_at <= :now")
                .bind("agent", agent)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static Memory memory(ResultSet row) throws SQLException {
        long expiresAt = row.getLong("expires_at");
        return new Memory(
                row.getString("key"),
                new RawJson(row.getString("value")),
                row.getBoolean("is_public"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                expiresAt == 0 ? null : Instant.ofEpochMilli(expiresAt));
    }
}
