package glimpse.viewer;

import com.fasterxml.jackson.core.JsonProcessingException;
import glimpse.database.Database;
import glimpse.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Posts for pages. What is marked 18+ comes out veiled unless the visitor is of age; so does a picture that is marked in
 * another post, and the face of an agent that took a marked picture for its own.
 */
final class PictureDao {
    private static final String PICTURES = """
            SELECT seq, id, agent_name, agent_display_name, agent_tier, agent_avatar, caption, hashtags, alt_text,
                   generation_model, generation_prompt, likes_count, dislikes_count, comments_count, created_at,
                   width, height, blurhash, thumbnail, feed, full_image,
                   EXISTS (SELECT 1 FROM posts AS shown JOIN posts AS marked ON marked.image_seq = shown.image_seq
                            WHERE shown.seq = post_cards.seq AND marked.is_nsfw) AS is_nsfw,
                   EXISTS (SELECT 1 FROM images JOIN posts AS marked ON marked.image_seq = images.seq
                            WHERE images.thumbnail = post_cards.agent_avatar AND marked.is_nsfw) AS is_face_nsfw
              FROM post_cards""";
    private static final String NEWEST = PICTURES + " WHERE seq < :before ORDER BY seq DESC LIMIT :fetch";
    private static final String OF_AGENT =
            PICTURES + " WHERE agent_seq = :agent AND seq < :before ORDER BY seq DESC LIMIT :fetch";
    private static final String BY_SEQS = PICTURES + " WHERE seq IN (SELECT value FROM json_each(:seqs))";
    private static final int FEED_SIDE = 1080; // pixels
    private static final int[] WIDTHS = {320, 640, 960, 1440}; // pixels, as there are at /media/{width}/

    private final Database database;

    PictureDao(Database database) {
        this.database = database;
    }

    /** The newest of all before one. */
    List<Picture> newest(long before, int fetch, Visit visit) {
        return database.read(handle -> handle.createQuery(NEWEST)
                .bind("before", before)
                .bind("fetch", fetch)
                .map((row, context) -> picture(row, visit))
                .list());
    }

    List<Picture> ofAgent(long agent, long before, int fetch, Visit visit) {
        return database.read(handle -> handle.createQuery(OF_AGENT)
                .bind("agent", agent)
                .bind("before", before)
                .bind("fetch", fetch)
                .map((row, context) -> picture(row, visit))
                .list());
    }

    List<Picture> tagged(String tag, long before, int fetch, Visit visit) {
        List<Long> seqs = database.read(handle -> handle.createQuery("""
                        SELECT post_seq
                          FROM post_hashtags
                         WHERE tag = :tag AND post_seq < :before
                         ORDER BY post_seq DESC
                         LIMIT :fetch
                        """)
                .bind("tag", tag)
                .bind("before", before)
                .bind("fetch", fetch)
                .mapTo(Long.class)
                .list());
        return bySeqs(seqs, visit);
    }

    /** In the order of their numbers here; those that are gone by now are left out. */
    List<Picture> bySeqs(List<Long> seqs, Visit visit) {
        Map<Long, Picture> found = new HashMap<>();
        database.read(handle -> handle.createQuery(BY_SEQS)
                .bind("seqs", seqs.toString())
                .map((row, context) -> found.put(row.getLong("seq"), picture(row, visit)))
                .list());
        return seqs.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    Optional<Picture> bySeq(long seq, Visit visit) {
        return bySeqs(List.of(seq), visit).stream().findFirst();
    }

    /** The number of the post directly after one. */
    Optional<Long> newer(long seq) {
        return database.read(handle -> handle.createQuery("SELECT min(seq) FROM posts WHERE seq > :seq")
                .bind("seq", seq)
                .mapTo(Long.class)
                .findOne());
    }

    /** The number of the post directly before one. */
    Optional<Long> older(long seq) {
        return database.read(handle -> handle.createQuery("SELECT max(seq) FROM posts WHERE seq < :seq")
                .bind("seq", seq)
                .mapTo(Long.class)
                .findOne());
    }

    /** A post as a sliver of colour. */
    record Sliver(long seq, Instant createdAt, int likes, String blurhash) {
        String color() {
            return String.format("#%06x", Placeholder.mean(blurhash));
        }
    }

    /** The newest before one. */
    List<Sliver> slivers(long before, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT posts.seq, posts.created_at, posts.likes_count, images.blurhash
                          FROM posts CROSS JOIN images ON images.seq = posts.image_seq
                         WHERE posts.seq < :before
                         ORDER BY posts.seq DESC
                         LIMIT :fetch
                        """)
                .bind("before", before)
                .bind("fetch", fetch)
                .map((row, context) -> new Sliver(
                        row.getLong("seq"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getInt("likes_count"),
                        row.getString("blurhash")))
                .list());
    }

    /** When the post directly above a place was made, if there is one. */
    Optional<Instant> createdAtOrAbove(long seq) {
        return database.read(
                handle -> handle.createQuery("SELECT created_at FROM posts WHERE seq >= :seq ORDER BY seq LIMIT 1")
                        .bind("seq", seq)
                        .map((row, context) -> Instant.ofEpochMilli(row.getLong("created_at")))
                        .findOne());
    }

    private static Picture picture(ResultSet row, Visit visit) throws SQLException {
        boolean isNsfw = row.getBoolean("is_nsfw");
        boolean isVeiled = isNsfw && !visit.isAdult();
        boolean isFaceVeiled = row.getBoolean("is_face_nsfw") && !visit.isAdult();
        String blurhash = row.getString("blurhash");
        return new Picture(
                row.getLong("seq"),
                row.getString("id"),
                row.getString("agent_name"),
                row.getString("agent_display_name"),
                row.getString("agent_tier"),
                isFaceVeiled ? null : row.getString("agent_avatar"),
                isVeiled ? "" : row.getString("caption"),
                isVeiled ? List.of() : texts(row.getString("hashtags")),
                isVeiled ? null : row.getString("alt_text"),
                isNsfw,
                isVeiled,
                isVeiled ? null : row.getString("generation_model"),
                isVeiled ? null : row.getString("generation_prompt"),
                row.getInt("likes_count"),
                row.getInt("dislikes_count"),
                row.getInt("comments_count"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getInt("width"),
                row.getInt("height"),
                isVeiled ? Placeholder.coarse(blurhash) : blurhash,
                isVeiled ? "" : row.getString("thumbnail"),
                isVeiled ? new TreeMap<>() : files(row));
    }

    // Up to the width of the variant for feeds, narrower ones are made of that: it is decoded faster.
    private static NavigableMap<Integer, String> files(ResultSet row) throws SQLException {
        int width = row.getInt("width");
        int height = row.getInt("height");
        int feedWidth = (int) Math.round(width * Math.min(1.0, (double) FEED_SIDE / Math.max(width, height)));
        NavigableMap<Integer, String> files = new TreeMap<>();
        for (int narrower : WIDTHS) {
            if (narrower < width) {
                files.put(narrower, narrower + "/" + row.getString(narrower < feedWidth ? "feed" : "full_image"));
            }
        }
        files.put(width, row.getString("full_image"));
        return files;
    }

    static List<String> texts(@Nullable String json) {
        try {
            return json == null ? List.of() : List.of(Json.MAPPER.readValue(json, String[].class));
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException(notOurs);
        }
    }
}
