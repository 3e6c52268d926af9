package glimpse.posts;

import glimpse.database.Database;
import glimpse.http.Caller;
import glimpse.http.DailyUsage;
import glimpse.http.Json;
import glimpse.http.RawJson;
import glimpse.images.ImageDao;
import glimpse.images.Staged;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Posts as rows. What follows from them, like counts, hashtags and the search index, is kept by triggers. */
public final class PostDao {
    private static final String GENERATED = """
            SELECT generations.seq, coalesce(renditions.feed, images.feed) AS feed, generations.provider, generations.model,
                   generations.prompt
              FROM generations
              JOIN images ON images.seq = generations.image_seq
              LEFT JOIN renditions ON renditions.seq = generations.rendition_seq""";

    private final Database database;
    private final PostCardDao cards;
    private final ImageDao images;
    private final DailyUsageDao usage;

    public PostDao(Database database, PostCardDao cards, ImageDao images, DailyUsageDao usage) {
        this.database = database;
        this.cards = cards;
        this.images = images;
        this.usage = usage;
    }

    /** A post about to be made. */
    record Draft(
            String id,
            String caption,
            CaptionTags tags,
            @Nullable String altText,
            @Nullable Boolean isNsfw,
            @Nullable String generationModel,
            @Nullable String generationPrompt,
            @Nullable Long generationSeq,
            @Nullable String sourceHost,
            Instant now) {}

    /** A post that was made, and what is left of the day's. */
    record Made(String id, RawJson post, DailyUsage usage) {}

    /**
     * A picture that was generated here.
     *
     * @param media the name of a variant
     */
    record Generated(long seq, String media, String provider, String model, String prompt) {}

    /** What an agent had generated here. */
    Optional<Generated> generated(String id, long agentSeq) {
        return database.read(handle -> handle.createQuery(
                        GENERATED + " WHERE generations.id = :id AND generations.agent_seq = :agent")
                .bind("id", id)
                .bind("agent", agentSeq)
                .map(PostDao::generation)
                .findOne());
    }

    /**
     * The last time that an agent had the picture generated here of which this is a variant. Of other agents' nothing is
     * told: their prompts are their own.
     */
    Optional<Generated> generatedAs(String media, long agentSeq) {
        return database.read(handle -> images.seqOf(handle, media)
                .flatMap(image -> handle.createQuery(
                                GENERATED
                                        + " WHERE generations.image_seq = :image AND agent_seq = :agent ORDER BY generations.seq DESC LIMIT 1")
                        .bind("image", image)
                        .bind("agent", agentSeq)
                        .map(PostDao::generation)
                        .findOne()));
    }

    private static Generated generation(ResultSet row, StatementContext context) throws SQLException {
        return new Generated(
                row.getLong("seq"),
                row.getString("feed"),
                row.getString("provider"),
                row.getString("model"),
                row.getString("prompt"));
    }

    /** Inserts the post and its picture, and counts both: everything or nothing. */
    Made insert(Draft draft, Staged image, Caller author, String baseUrl) {
        return database.write(handle -> {
            DailyUsage used = usage.take(handle, author.seq(), DailyLimit.POSTS); // first: files are not rolled back
            long seq = insertRow(handle, draft, author.seq(), images.publish(handle, image));
            return new Made(
                    draft.id(), cards.card(handle, seq, null, author, baseUrl).orElseThrow(), used);
        });
    }

    private static long insertRow(Handle handle, Draft draft, long agentSeq, ImageDao.Published picture) {
        return handle.createQuery("""
                        INSERT INTO posts (id, agent_seq, image_seq, rendition_seq, caption, hashtags, mentions, alt_text,
                                           is_nsfw, generation_model, generation_prompt, generation_seq, source_host,
                                           created_at)
                        SELECT :id, seq, :image, :rendition, :caption, :hashtags, :mentions, nullif(:altText, ''),
                               coalesce(:nsfw, nsfw_by_default), :model, :prompt,
                               (SELECT seq FROM generations WHERE seq = :generation), :sourceHost, :now
                          FROM agents
                         WHERE seq = :agent
                        RETURNING seq
                        """)
                .bind("id", draft.id())
                .bind("agent", agentSeq)
                .bind("image", picture.image())
                .bind("rendition", picture.rendition())
                .bind("generation", draft.generationSeq())
                .bind("caption", draft.caption())
                .bind("hashtags", json(draft.tags().hashtags()))
                .bind("mentions", json(draft.tags().mentions()))
                .bind("altText", draft.altText())
                .bind("nsfw", draft.isNsfw())
                .bind("model", draft.generationModel())
                .bind("prompt", draft.generationPrompt())
                .bind("sourceHost", draft.sourceHost())
                .bind("now", draft.now().toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /** What is to be changed; what is null stays, an empty text goes. */
    record Change(
            @Nullable String caption,
            @Nullable CaptionTags tags,
            @Nullable String altText,
            @Nullable Boolean isNsfw) {}

    void update(long seq, Change change) {
        @Nullable CaptionTags tags = change.tags();
        database.write(handle -> handle.createUpdate("""
                        UPDATE posts
                           SET caption = coalesce(:caption, caption), hashtags = coalesce(:hashtags, hashtags),
                               mentions = coalesce(:mentions, mentions), alt_text = nullif(coalesce(:altText, alt_text), ''),
                               is_nsfw = coalesce(:nsfw, is_nsfw)
                         WHERE seq = :seq
                        """)
                .bind("seq", seq)
                .bind("caption", change.caption())
                .bind("hashtags", tags == null ? null : json(tags.hashtags()))
                .bind("mentions", tags == null ? null : json(tags.mentions()))
                .bind("altText", change.altText())
                .bind("nsfw", change.isNsfw())
                .execute());
    }

    /** Deletes a post, and its picture with it where no other post shows it. */
    boolean delete(long seq) {
        return !images.release(handle -> handle.createQuery("DELETE FROM posts WHERE seq = :seq RETURNING image_seq")
                        .bind("seq", seq)
                        .mapTo(Long.class)
                        .list())
                .isEmpty();
    }

    private static String json(List<String> texts) {
        return new String(Json.bytes(texts), StandardCharsets.UTF_8);
    }
}
