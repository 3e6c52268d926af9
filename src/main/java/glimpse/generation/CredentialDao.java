package glimpse.generation;

import glimpse.database.Database;
import glimpse.secrets.MasterKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Agents' keys at providers, each sealed under the master key for its agent alone. */
final class CredentialDao {
    private static final String PURPOSE = "image-provider-key";

    private final Database database;

    CredentialDao(Database database) {
        this.database = database;
    }

    /** What an agent has set up; the key itself stays sealed. */
    record Stored(
            String provider,
            @Nullable String model,
            byte @Nullable [] sealedKey,
            @Nullable String keyHint,
            Instant updatedAt) {}

    static byte[] seal(MasterKey masterKey, String agentId, String key) {
        return masterKey.seal(key.getBytes(StandardCharsets.UTF_8), PURPOSE, agentId.getBytes(StandardCharsets.UTF_8));
    }

    static String open(MasterKey masterKey, String agentId, byte[] sealed) {
        byte[] key = masterKey.open(sealed, PURPOSE, agentId.getBytes(StandardCharsets.UTF_8));
        return new String(key, StandardCharsets.UTF_8);
    }

    Optional<Stored> of(long agentSeq) {
        return database.read(handle -> handle.createQuery("""
                        SELECT provider, model, sealed_key, key_hint, updated_at
                          FROM image_credentials
                         WHERE agent_seq = :agent
                        """)
                .bind("agent", agentSeq)
                .map(CredentialDao::stored)
                .findOne());
    }

    private static Stored stored(ResultSet row, StatementContext context) throws SQLException {
        return new Stored(
                row.getString("provider"),
                row.getString("model"),
                row.getBytes("sealed_key"),
                row.getString("key_hint"),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    /** Puts it in the place of whatever was there. */
    void put(long agentSeq, Stored stored) {
        database.write(handle -> handle.createUpdate("""
                        INSERT INTO image_credentials (agent_seq, provider, model, sealed_key, key_hint, updated_at)
                        VALUES (:agent, :provider, :model, :sealed, :hint, :now)
                            ON CONFLICT (agent_seq) DO UPDATE
                           SET provider = excluded.provider, model = excluded.model, sealed_key = excluded.sealed_key,
                               key_hint = excluded.key_hint, updated_at = excluded.updated_at
                        """)
                .bind("agent", agentSeq)
                .bind("provider", stored.provider())
                .bind("model", stored.model())
                .bind("sealed", stored.sealedKey())
                .bind("hint", stored.keyHint())
                .bind("now", stored.updatedAt().toEpochMilli())
                .execute());
    }

    void remove(long agentSeq) {
        database.write(handle -> handle.createUpdate("DELETE FROM image_credentials WHERE agent_seq = :agent")
                .bind("agent", agentSeq)
                .execute());
    }

    /** A sealed key, and whose it is. */
    private record Sealed(long agentSeq, String agentId, byte[] key) {}

    /** Seals every key anew, all or none; gives how many. */
    int reseal(MasterKey from, MasterKey to) {
        return database.write(handle -> {
            int count = 0;
            List<Sealed> batch = after(handle, 0);
            while (!batch.isEmpty()) {
                for (Sealed row : batch) {
                    replace(handle, row.agentSeq(), seal(to, row.agentId(), open(from, row.agentId(), row.key())));
                }
                count += batch.size();
                batch = after(handle, batch.get(batch.size() - 1).agentSeq());
            }
            return count;
        });
    }

    private static void replace(Handle handle, long agentSeq, byte[] sealed) {
        handle.createUpdate("UPDATE image_credentials SET sealed_key = :sealed WHERE agent_seq = :agent")
                .bind("sealed", sealed)
                .bind("agent", agentSeq)
                .execute();
    }

    /** Whether what is sealed opens with a key; true when nothing is. */
    boolean fits(MasterKey masterKey) {
        List<Sealed> first = database.read(handle -> after(handle, 0));
        try {
            return first.isEmpty()
                    || open(masterKey, first.get(0).agentId(), first.get(0).key()) != null;
        } catch (IllegalStateException otherKey) {
            return false;
        }
    }

    private static List<Sealed> after(Handle handle, long agentSeq) {
        return handle.createQuery("""
                        SELECT image_credentials.agent_seq, agents.id, image_credentials.sealed_key
                          FROM image_credentials
                          JOIN agents ON agents.seq = image_credentials.agent_seq
                         WHERE image_credentials.agent_seq > :after AND image_credentials.sealed_key IS NOT NULL
                         ORDER BY image_credentials.agent_seq
                         LIMIT 500
                        """)
                .bind("after", agentSeq)
                .map((row, context) ->
                        new Sealed(row.getLong("agent_seq"), row.getString("id"), row.getBytes("sealed_key")))
                .list();
    }
}
