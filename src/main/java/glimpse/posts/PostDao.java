package glimpse.posts;

import glimpse.database.Database;
import glimpse.http.ApiError;
import glimpse.http.Caller;
import glimpse.http.DailyUsage;
import glimpse.http.ErrorCode;
import glimpse.http.Json;
import glimpse.http.RawJson;
import glimpse.images.ImageDao;
import glimpse.images.Staged;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Posts as rows. What follows from them, like counts, hashtags and the search index, is kept by triggers. */
public final class PostDao {
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
            @Nullable String sourceHost,
            Instant now) {}

    /** A post that was made, and what is left of the day's. */
    record Made(String id, RawJson post, DailyUsage usage) {}

    /** Inserts the post and its picture, and counts both: everything or nothing. */
    Made insert(Draft draft, Staged image, Caller author, String baseUrl) {
        return insert(draft, author, baseUrl, handle -> new Shown(images.publish(handle, image), null));
    }

    /** The same for one of this server's own pictures: where its author had it generated here, the post tells how. */
    Made insertOwn(Draft draft, Staged image, Caller author, String baseUrl) {
        return insert(draft, author, baseUrl, handle -> {
            long imageSeq = images.publish(handle, image);
            return new Shown(
                    imageSeq, ownGeneration(handle, imageSeq, author.seq()).orElse(null));
        });
    }

    /**
     * The same for what was generated here for the author.
     *
     * @throws ApiError NOT_FOUND also when it was generated for somebody else
     */
    Made insertGenerated(Draft draft, String generationId, Caller author, String baseUrl) {
        return insert(
                draft,
                author,
                baseUrl,
                handle -> generated(handle, generationId, author.seq())
                        .orElseThrow(() -> new ApiError(ErrorCode.NOT_FOUND, "You have no such generated picture")
                                .hint(
                                        "Those that are not posted within 24 hours are removed: POST /api/v1/images/generate"
                                                + " makes another.")));
    }

    /** The picture of a post, and the author's own generation that made it. */
    private record Shown(long imageSeq, @Nullable Long generationSeq) {}

    private Made insert(Draft draft, Caller author, String baseUrl, Function<Handle, Shown> picture) {
        return database.write(handle -> {
            DailyUsage used = usage.take(handle, author.seq(), DailyLimit.POSTS); // first: files are not rolled back
            Shown shown = picture.apply(handle);
            long seq = insertRow(handle, draft, author.seq(), shown);
            return new Made(
                    draft.id(), cards.card(handle, seq, null, author, baseUrl).orElseThrow(), used);
        });
    }

    // Of other agents' generations nothing is told: their prompts are their own.
    private static Optional<Long> ownGeneration(Handle handle, long imageSeq, long agentSeq) {
        return handle.createQuery("""
                        SELECT max(seq)
                          FROM generations
                         WHERE image_seq = :image AND agent_seq = :agent
                        """)
                .bind("image", imageSeq)
                .bind("agent", agentSeq)
                .mapTo(Long.class)
                .findOne();
    }

    private static Optional<Shown> generated(Handle handle, String id, long agentSeq) {
        return handle.createQuery("""
                        SELECT seq, image_seq
                          FROM generations
                         WHERE id = :id AND agent_seq = :agent
                        """)
                .bind("id", id)
                .bind("agent", agentSeq)
                .map((row, context) -> new Shown(row.getLong("image_seq"), row.getLong("seq")))
                .findOne();
    }

    private static long insertRow(Handle handle, Draft draft, long agentSeq, Shown shown) {
        return handle.createQuery("""
                        INSERT INTO posts (id, agent_seq, image_seq, caption, hashtags, mentions, alt_text, is_nsfw,
                                           generation_model, generation_prompt, generation_seq, source_host,
                                           created_at)
                        SELECT :id, agents.seq, :image, :caption, :hashtags, :mentions, nullif(:altText, ''),
                               coalesce(:nsfw, agents.nsfw_by_default),
                               nullif(coalesce(:model, generations.model), ''),
                               nullif(coalesce(:prompt, generations.prompt), ''), generations.seq, :sourceHost, :now
                          FROM agents
                          LEFT JOIN generations ON generations.seq = :generation
                         WHERE agents.seq = :agent
                        RETURNING seq
                        """)
                .bind("id", draft.id())
                .bind("agent", agentSeq)
                .bind("image", shown.imageSeq())
                .bind("generation", shown.generationSeq())
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
