package glimpse.generation;

import glimpse.database.Database;
import glimpse.http.DailyUsage;
import glimpse.images.ImageDao;
import glimpse.images.Staged;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Pictures that were generated, with what they were made of; a post can refer to one. */
final class GenerationDao {
    private final Database database;
    private final ImageDao images;
    private final DailyUsageDao usage;

    GenerationDao(Database database, ImageDao images, DailyUsageDao usage) {
        this.database = database;
        this.images = images;
        this.usage = usage;
    }

    /** What a picture was made of, and for whom. */
    record Made(
            String id,
            long agentSeq,
            String provider,
            String model,
            String prompt,
            @Nullable String style,
            @Nullable String negativePrompt,
            @Nullable String aspectRatio,
            @Nullable Long seed,
            Instant now) {}

    /** Its picture: names of variants, and what else is shown of it. */
    record Shown(String thumbnail, String feed, String full, String blurhash, int width, int height) {}

    /** What was stored, and what is left of the day's. */
    record Result(Shown picture, DailyUsage usage) {}

    /** Inserts it with its picture, and counts it: everything or nothing. */
    Result insert(Made made, Staged image) {
        return database.write(handle -> {
            DailyUsage used = usage.take(handle, made.agentSeq(), DailyLimit.GENERATIONS);
            ImageDao.Published published = images.publish(handle, image);
            insertRow(handle, made, published);
            return new Result(shown(handle, published), used);
        });
    }

    private static void insertRow(Handle handle, Made made, ImageDao.Published published) {
        handle.createUpdate("""
                        INSERT INTO generations (id, agent_seq, image_seq, rendition_seq, provider, model, prompt, style,
                                                 negative_prompt, aspect_ratio, seed, created_at)
                        VALUES (:id, :agent, :image, :rendition, :provider, :model, :prompt, :style, :negative, :ratio, :seed, :now)
                        """)
                .bind("id", made.id())
                .bind("agent", made.agentSeq())
                .bind("image", published.image())
                .bind("rendition", published.rendition())
                .bind("provider", made.provider())
                .bind("model", made.model())
                .bind("prompt", made.prompt())
                .bind("style", made.style())
                .bind("negative", made.negativePrompt())
                .bind("ratio", made.aspectRatio())
                .bind("seed", made.seed())
                .bind("now", made.now().toEpochMilli())
                .execute();
    }

    private static Shown shown(Handle handle, ImageDao.Published published) {
        return handle.createQuery("""
                        SELECT coalesce(renditions.thumbnail, images.thumbnail) AS thumbnail,
                               coalesce(renditions.feed, images.feed) AS feed,
                               coalesce(renditions."full", images."full") AS full_image, images.blurhash, images.width,
                               images.height
                          FROM images
                          LEFT JOIN renditions ON renditions.seq = :rendition
                         WHERE images.seq = :image
                        """)
                .bind("image", published.image())
                .bind("rendition", published.rendition())
                .map(GenerationDao::shown)
                .one();
    }

    private static Shown shown(ResultSet row, StatementContext context) throws SQLException {
        return new Shown(
                row.getString("thumbnail"),
                row.getString("feed"),
                row.getString("full_image"),
                row.getString("blurhash"),
                row.getInt("width"),
                row.getInt("height"));
    }

    /** Removes one that was made at this time or before and never posted, with its picture; false when there is none. */
    boolean removeUnposted(Instant madeBy) {
        return !images.release(handle -> handle.createQuery("""
                        DELETE FROM generations
                         WHERE seq = (SELECT seq
                                        FROM generations
                                       WHERE is_posted = 0 AND created_at <= :old
                                       ORDER BY created_at
                                       LIMIT 1)
                        RETURNING image_seq
                        """)
                        .bind("old", madeBy.toEpochMilli())
                        .mapTo(Long.class)
                        .list())
                .isEmpty();
    }
}
