package glimpse.hashtags;

import glimpse.database.Database;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.Json;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Hashtags and the numbers of their posts. */
public final class HashtagDao {
    private static final String HASHTAGS = """
            SELECT tag, posts_count, trend,
                   (SELECT created_at FROM posts
                     WHERE seq = (SELECT max(post_seq) FROM post_hashtags WHERE tag = hashtags.tag)) AS last_used_at
              FROM hashtags""";

    // One bound below: of two, SQLite looks up the first, and passes by all that lie before the other one by one.
    private static final String BEGINNING_WITH = HASHTAGS
            + " WHERE tag >= max(:beginning, :after) AND tag <> :after AND tag < :end ORDER BY tag LIMIT :fetch";

    private static final String POSTS = """
            SELECT post_seq FROM post_hashtags WHERE tag = :tag AND post_seq < :below AND post_seq > :above""";

    // Sorts after every character a tag can have.
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final Database database;

    public HashtagDao(Database database) {
        this.database = database;
    }

    private record Ranked(Hashtag hashtag, double trend) {}

    /** Those of which most is made now first. */
    public CursorPage<Hashtag> trending(CursorRequest request) {
        List<Ranked> rows =
                trending(request.decimal(0, Double.POSITIVE_INFINITY), request.text(1, ""), request.fetch());
        return request.page(rows, row -> List.of(row.trend(), row.hashtag().name()))
                .map(kept -> kept.stream().map(Ranked::hashtag).toList());
    }

    /** The first of them. */
    public List<Hashtag> trending(int limit) {
        return trending(Double.POSITIVE_INFINITY, "", limit).stream()
                .map(Ranked::hashtag)
                .toList();
    }

    /** Those of some tags that are on a post whose picture nobody marked 18+: among the newest hundred of each. */
    public List<String> open(List<String> tags) {
        return database.read(handle -> handle.createQuery("""
                        SELECT value
                          FROM json_each(:tags)
                         WHERE EXISTS (SELECT 1
                                         FROM (SELECT post_seq
                                                 FROM post_hashtags
                                                WHERE tag = value
                                                ORDER BY post_seq DESC
                                                LIMIT 100) AS newest
                                         CROSS JOIN posts ON posts.seq = newest.post_seq
                                        WHERE NOT EXISTS (SELECT 1 FROM posts AS marked
                                                           WHERE marked.image_seq = posts.image_seq
                                                             AND marked.is_nsfw))
                        """)
                .bind("tags", new String(Json.bytes(tags), StandardCharsets.UTF_8))
                .mapTo(String.class)
                .list());
    }

    private List<Ranked> trending(double trend, String tag, int fetch) {
        return database.read(handle -> handle.createQuery(
                        HASHTAGS + " WHERE (trend, tag) < (:trend, :tag) ORDER BY trend DESC, tag DESC LIMIT :fetch")
                .bind("trend", trend)
                .bind("tag", tag)
                .bind("fetch", fetch)
                .map((row, context) -> new Ranked(hashtag(row), row.getDouble("trend")))
                .list());
    }

    /** Those that begin like this, in the order of the alphabet. */
    public CursorPage<Hashtag> beginningWith(String beginning, CursorRequest request) {
        List<Hashtag> rows = database.read(handle -> handle.createQuery(BEGINNING_WITH)
                .bind("beginning", beginning)
                .bind("end", beginning + LAST)
                .bind("after", request.text(0, ""))
                .bind("fetch", request.fetch())
                .map((row, context) -> hashtag(row))
                .list());
        return request.page(rows, row -> List.of(row.name()));
    }

    /** The posts of a hashtag. */
    Page<Long> posts(String tag, PageRequest request) {
        String sql = request.oldestFirst()
                ? POSTS + " ORDER BY post_seq LIMIT :fetch"
                : POSTS + " ORDER BY post_seq DESC LIMIT :fetch";
        List<Long> rows = database.read(handle -> handle.createQuery(sql)
                .bind("tag", tag)
                .bind("below", request.below())
                .bind("above", request.above())
                .bind("fetch", request.fetch())
                .mapTo(Long.class)
                .list());
        return request.page(rows, Long::longValue);
    }

    private static Hashtag hashtag(ResultSet row) throws SQLException {
        return new Hashtag(
                row.getString("tag"), row.getInt("posts_count"), Instant.ofEpochMilli(row.getLong("last_used_at")));
    }
}
