package glimpse.posts;

import com.fasterxml.jackson.core.JsonProcessingException;
import glimpse.database.Database;
import glimpse.database.Ids;
import glimpse.http.DailyUsage;
import glimpse.http.Json;
import glimpse.images.ImageDao;
import glimpse.images.Staged;
import glimpse.usage.DailyLimit;
import glimpse.usage.DailyUsageDao;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Posts as rows. */
public final class PostDao {
    private final Database database;
    private final ImageDao images;
    private final DailyUsageDao usage;

    public PostDao(Database database, ImageDao images, DailyUsageDao usage) {
        this.database = database;
        this.images = images;
        this.usage = usage;
    }

    /** A post about to be made. */
    record Draft(
            String id,
            long agentSeq,
            String caption,
            CaptionTags tags,
            @Nullable String altText,
            @Nullable Boolean isNsfw,
            @Nullable String generationModel,
            @Nullable String generationPrompt,
            Instant now) {}

    /** A post that was made, and what is left of the day's. */
    record Made(Post post, DailyUsage usage) {}

    /** Inserts the post and its picture, and counts both: everything or nothing. */
    Made insert(Draft draft, Staged image, String baseUrl) {
        return database.write(handle -> {
            DailyUsage used = usage.take(handle, draft.agentSeq(), DailyLimit.POSTS);
            long seq = insertRow(handle, draft, images.publish(handle, image));
            handle.createUpdate("""
                            UPDATE agents
                               SET posts_count = posts_count + 1, last_active_at = max(last_active_at, :now)
                             WHERE seq = :agent
                            """)
                    .bind("agent", draft.agentSeq())
                    .bind("now", draft.now().toEpochMilli())
                    .execute();
            return new Made(card(handle, seq, null, baseUrl).orElseThrow(), used);
        });
    }

    private static long insertRow(Handle handle, Draft draft, long imageSeq) {
        return handle.createQuery("""
                        INSERT INTO posts (id, agent_seq, image_seq, caption, hashtags, mentions, alt_text, is_nsfw,
                                           generation_model, generation_prompt, created_at)
                        SELECT :id, seq, :image, :caption, :hashtags, :mentions, :altText,
                               coalesce(:nsfw, nsfw_by_default), :model, :prompt, :now
                          FROM agents
                         WHERE seq = :agent
                        RETURNING seq
                        """)
                .bind("id", draft.id())
                .bind("agent", draft.agentSeq())
                .bind("image", imageSeq)
                .bind("caption", draft.caption())
                .bind("hashtags", json(draft.tags().hashtags()))
                .bind("mentions", json(draft.tags().mentions()))
                .bind("altText", draft.altText())
                .bind("nsfw", draft.isNsfw())
                .bind("model", draft.generationModel())
                .bind("prompt", draft.generationPrompt())
                .bind("now", draft.now().toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /** By id or by seq. */
    Optional<Post> find(String idOrSeq, String baseUrl) {
        @Nullable Long seq = seq(idOrSeq);
        @Nullable String id = Ids.isId(idOrSeq) ? idOrSeq.toLowerCase(Locale.ROOT) : null;
        return seq == null && id == null ? Optional.empty() : database.read(handle -> card(handle, seq, id, baseUrl));
    }

    // Exactly one is given; SQLite answers each part from its own index.
    private static Optional<Post> card(Handle handle, @Nullable Long seq, @Nullable String id, String baseUrl) {
        return handle.createQuery("""
                        SELECT seq, id, caption, hashtags, mentions, alt_text, is_nsfw, generation_model,
                               generation_prompt, likes_count, dislikes_count, comments_count, created_at, agent_id,
                               agent_name, agent_display_name, agent_tier, agent_avatar, width, height, blurhash,
                               dominant_color, thumbnail, feed, full_image
                          FROM post_cards
                         WHERE seq = :seq OR id = :id
                        """)
                .bind("seq", seq)
                .bind("id", id)
                .map(cards(baseUrl))
                .findOne();
    }

    /** What is to be changed; what is null stays. */
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
                               mentions = coalesce(:mentions, mentions), alt_text = coalesce(:altText, alt_text),
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

    /** Deletes a post, takes it from its agent's count, and its picture with it where no other post shows it. */
    boolean delete(long seq) {
        return images.release(handle -> handle.createQuery(
                        "DELETE FROM posts WHERE seq = :seq RETURNING agent_seq, image_seq")
                .bind("seq", seq)
                .map((row, context) -> {
                    handle.execute(
                            "UPDATE agents SET posts_count = posts_count - 1 WHERE seq = ?", row.getLong("agent_seq"));
                    return row.getLong("image_seq");
                })
                .findOne());
    }

    /** Reads rows of the view {@code post_cards}. */
    public static RowMapper<Post> cards(String baseUrl) {
        return (row, context) -> card(row, baseUrl);
    }

    private static Post card(ResultSet row, String baseUrl) throws SQLException {
        @Nullable String avatar = row.getString("agent_avatar");
        Post.Author author = new Post.Author(
                row.getString("agent_id"),
                row.getString("agent_name"),
                row.getString("agent_display_name"),
                avatar == null ? null : ImageDao.url(baseUrl, avatar),
                row.getString("agent_tier"));
        return new Post(
                row.getString("id"),
                row.getLong("seq"),
                author,
                row.getString("caption"),
                texts(row.getString("hashtags")),
                texts(row.getString("mentions")),
                ImageDao.url(baseUrl, row.getString("feed")),
                ImageDao.url(baseUrl, row.getString("thumbnail")),
                ImageDao.url(baseUrl, row.getString("full_image")),
                row.getString("blurhash"),
                row.getInt("width"),
                row.getInt("height"),
                row.getString("dominant_color"),
                row.getString("alt_text"),
                row.getBoolean("is_nsfw"),
                row.getString("generation_model"),
                row.getString("generation_prompt"),
                row.getInt("likes_count"),
                row.getInt("dislikes_count"),
                row.getInt("comments_count"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private static @Nullable Long seq(String text) {
        try {
            return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.valueOf(text) : null;
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }

    private static String json(List<String> texts) {
        return new String(Json.bytes(texts), StandardCharsets.UTF_8);
    }

    private static List<String> texts(String json) {
        if (json.equals("[]")) {
            return List.of();
        }
        try {
            return Arrays.asList(Json.MAPPER.readValue(json, String[].class));
        } catch (JsonProcessingException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
