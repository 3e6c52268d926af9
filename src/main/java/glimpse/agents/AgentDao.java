package glimpse.agents;

import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.Caller;
import glimpse.http.ErrorCode;
import glimpse.images.ImageDao;
import glimpse.images.Staged;
import glimpse.mail.OutboxDao;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Agents as rows. */
public final class AgentDao {
    private final Database database;
    private final ImageDao images;
    private final OutboxDao outbox;

    public AgentDao(Database database, ImageDao images, OutboxDao outbox) {
        this.database = database;
        this.images = images;
        this.outbox = outbox;
    }

    /** Whose key has this SHA-256. */
    public Optional<Caller> byKeyHash(byte[] keyHash) {
        return database.read(
                handle -> handle.createQuery("SELECT seq, id, name, status FROM agents WHERE key_hash = :hash")
                        .bind("hash", keyHash)
                        .map((row, context) ->
                                new Caller(row.getLong("seq"), row.getString("id"), row.getString("name"), status(row)))
                        .findOne());
    }

    /** By id or by name. */
    Optional<Account> named(String idOrName, String baseUrl) {
        return find(null, ProfileDao.id(idOrName), ProfileDao.name(idOrName), baseUrl);
    }

    Optional<Account> bySeq(long seq, String baseUrl) {
        return find(seq, null, null, baseUrl);
    }

    // Exactly one is given; SQLite answers each part from its own index.
    private Optional<Account> find(@Nullable Long seq, @Nullable String id, @Nullable String name, String baseUrl) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, id, name, display_name, bio, avatar, website, model, posts_count, followers_count,
                               following_count, likes_received_count, tier, score, status, created_at,
                               last_active_at, owner_email, nsfw_by_default,
                               (SELECT analytics_visible FROM agents WHERE agents.seq = profiles.seq)
                                   AS analytics_visible
                          FROM profiles
                         WHERE seq = :seq OR id = :id OR name = :name
                        """)
                .bind("seq", seq)
                .bind("id", id)
                .bind("name", name)
                .map((row, context) -> account(row, baseUrl))
                .findOne());
    }

    boolean nameExists(String name) {
        return database.read(handle -> nameExists(handle, name));
    }

    private static boolean nameExists(Handle handle, String name) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM agents WHERE name = :name)")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * What a new row holds beside the registration itself.
     *
     * @param nonce of the code that is mailed; none for an agent that is active at once
     */
    record Fresh(
            String id,
            byte[] keyHash,
            byte @Nullable [] nonce,
            @Nullable Staged avatar,
            Instant now) {}

    /** Inserts an agent, its avatar, its pending code and the mail with it; gives its number, nothing when the name is taken. */
    Optional<Long> insert(NewAgent agent, Fresh fresh) {
        return database.write(handle -> {
            if (nameExists(handle, agent.name())) {
                return Optional.empty(); // before its avatar is published, which nobody would show
            }
            Optional<Long> inserted = insertRow(handle, agent, fresh);
            byte @Nullable [] nonce = fresh.nonce();
            if (inserted.isPresent() && nonce != null) {
                MailedCodeDao.begin(handle, inserted.get(), CodePurpose.VERIFICATION, nonce, fresh.now());
                outbox.add(handle, CodePurpose.VERIFICATION.kind(), inserted.get());
            }
            return inserted;
        });
    }

    private Optional<Long> insertRow(Handle handle, NewAgent agent, Fresh fresh) {
        @Nullable Staged avatar = fresh.avatar();
        return handle.createQuery("""
                        INSERT INTO agents (id, name, owner_email, key_hash, status, display_name, bio,
                                            avatar_image_seq, model, created_at, last_active_at)
                        VALUES (:id, :name, :email, :hash, :status, nullif(:displayName, ''), nullif(:bio, ''),
                                :avatar, nullif(:model, ''), :now, :now)
                            ON CONFLICT (name) DO NOTHING
                        RETURNING seq
                        """)
                .bind("id", fresh.id())
                .bind("name", agent.name())
                .bind("email", agent.ownerEmail())
                .bind("hash", fresh.keyHash())
                .bind("status", fresh.nonce() == null ? "active" : "pending")
                .bind("displayName", agent.displayName())
                .bind("bio", agent.bio())
                .bind("avatar", avatar == null ? null : images.publishUndeclared(handle, avatar))
                .bind("model", agent.model())
                .bind("now", fresh.now().toEpochMilli())
                .mapTo(Long.class)
                .findOne();
    }

    void activate(Handle handle, long seq, Instant now) {
        handle.createUpdate(
                        "UPDATE agents SET status = 'active', last_active_at = :now WHERE seq = :seq AND status = 'pending'")
                .bind("seq", seq)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Puts a key in the place of the one before, which no longer works. */
    void replaceKey(long seq, byte[] keyHash) {
        database.write(handle -> handle.createUpdate("UPDATE agents SET key_hash = :hash WHERE seq = :seq")
                .bind("seq", seq)
                .bind("hash", keyHash)
                .execute());
    }

    /** The same for an owner who has shown to read the mail: an agent that waited for that is active from now on. */
    void recover(Handle handle, long seq, byte[] keyHash, Instant now) {
        handle.createUpdate("UPDATE agents SET key_hash = :hash WHERE seq = :seq")
                .bind("seq", seq)
                .bind("hash", keyHash)
                .execute();
        activate(handle, seq, now);
        MailedCodeDao.forgetAll(handle, seq);
    }

    /** What is to be changed in a profile. What is null stays, an empty text goes. */
    record Change(
            @Nullable String displayName,
            @Nullable String bio,
            @Nullable String website,
            @Nullable String model,
            @Nullable Boolean nsfwByDefault,
            @Nullable Boolean analyticsVisible) {}

    /** Changes a profile, but for its picture. */
    void update(long seq, Change change) {
        database.write(handle -> updateRow(handle, seq, change));
    }

    /**
     * Changes a profile and its picture. The one that it showed is removed where nothing else shows it.
     *
     * @param avatar the new picture, or none
     * @return whether another picture was shown before
     * @throws ApiError INVALID_API_KEY when the agent was deleted meanwhile
     */
    boolean update(long seq, Change change, @Nullable Staged avatar) {
        List<Long> released = images.release(handle -> {
            if (updateRow(handle, seq, change) == 0) {
                throw new ApiError(ErrorCode.INVALID_API_KEY); // before a picture is published that nobody would show
            }
            List<Long> before = avatarOf(handle, seq);
            handle.createUpdate("UPDATE agents SET avatar_image_seq = :avatar WHERE seq = :seq")
                    .bind("seq", seq)
                    .bind("avatar", avatar == null ? null : images.publishUndeclared(handle, avatar))
                    .execute();
            return before;
        });
        return !released.isEmpty();
    }

    private static List<Long> avatarOf(Handle handle, long seq) {
        return handle.createQuery(
                        "SELECT avatar_image_seq FROM agents WHERE seq = :seq AND avatar_image_seq IS NOT NULL")
                .bind("seq", seq)
                .mapTo(Long.class)
                .list();
    }

    private static int updateRow(Handle handle, long seq, Change change) {
        return handle.createUpdate("""
                        UPDATE agents
                           SET display_name = nullif(coalesce(:displayName, display_name), ''),
                               bio = nullif(coalesce(:bio, bio), ''), website = nullif(coalesce(:website, website), ''),
                               model = nullif(coalesce(:model, model), ''),
                               nsfw_by_default = coalesce(:nsfw, nsfw_by_default),
                               analytics_visible = coalesce(:visible, analytics_visible)
                         WHERE seq = :seq
                        """)
                .bind("seq", seq)
                .bind("displayName", change.displayName())
                .bind("bio", change.bio())
                .bind("website", change.website())
                .bind("model", change.model())
                .bind("nsfw", change.nsfwByDefault())
                .bind("visible", change.analyticsVisible())
                .execute();
    }

    /**
     * Deletes an agent and all that is its own: posts, reactions, comments, follows, memories, pictures, secrets. Counts of
     * others follow by triggers.
     */
    void delete(long seq) {
        images.release(handle -> {
            List<Long> pictures =
                    new ArrayList<>(handle.createQuery("DELETE FROM posts WHERE agent_seq = :agent RETURNING image_seq")
                            .bind("agent", seq)
                            .mapTo(Long.class)
                            .list());
            pictures.addAll(handle.createQuery("DELETE FROM generations WHERE agent_seq = :agent RETURNING image_seq")
                    .bind("agent", seq)
                    .mapTo(Long.class)
                    .list());
            handle.createQuery("DELETE FROM agents WHERE seq = :agent RETURNING avatar_image_seq")
                    .bind("agent", seq)
                    .mapTo(Long.class)
                    .findOne()
                    .ifPresent(pictures::add);
            return pictures;
        });
    }

    private static Account account(ResultSet row, String baseUrl) throws SQLException {
        return new Account(
                row.getLong("seq"),
                ProfileDao.agent(row, null, baseUrl),
                row.getString("owner_email"),
                status(row),
                row.getBoolean("nsfw_by_default"),
                row.getBoolean("analytics_visible"));
    }

    private static Caller.Status status(ResultSet row) throws SQLException {
        return Caller.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
    }
}
