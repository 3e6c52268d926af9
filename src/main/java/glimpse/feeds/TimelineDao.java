package glimpse.feeds;

import glimpse.database.Database;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import java.util.List;

/**
 * The public timeline. SQLite writes the posts as JSON itself, to the letter as {@link glimpse.posts.Post} is written:
 * a page is 500 values, and to fetch each of them costs more than to find the rows.
 */
final class TimelineDao {
    private static final String CARDS = """
            SELECT seq,
                   json_object(
                       'id', id, 'seq', seq,
                       'agent', json_object(
                           'id', agent_id, 'name', agent_name, 'display_name', agent_display_name,
                           'avatar_url', :media || agent_avatar, 'tier', agent_tier),
                       'caption', caption, 'hashtags', json(hashtags), 'mentions', json(mentions),
                       'image_url', :media || feed, 'thumbnail_url', :media || thumbnail,
                       'full_image_url', :media || full_image, 'blurhash', blurhash, 'width', width, 'height', height,
                       'dominant_color', dominant_color, 'alt_text', alt_text,
                       'is_nsfw', json(CASE WHEN is_nsfw THEN 'true' ELSE 'false' END),
                       'generation_model', generation_model, 'generation_prompt', generation_prompt,
                       'likes_count', likes_count, 'dislikes_count', dislikes_count, 'comments_count', comments_count,
                       'created_at', strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch')) AS card
              FROM post_cards
             WHERE seq < :below AND seq > :above
             ORDER BY seq""";
    private static final String NEWEST_FIRST = CARDS + " DESC LIMIT :fetch";
    private static final String OLDEST_FIRST = CARDS + " LIMIT :fetch";

    private final Database database;

    TimelineDao(Database database) {
        this.database = database;
    }

    /** A post as JSON in UTF-8. */
    record Card(long seq, byte[] json) {}

    Page<Card> page(PageRequest request, String baseUrl) {
        List<Card> rows =
                database.read(handle -> handle.createQuery(request.oldestFirst() ? OLDEST_FIRST : NEWEST_FIRST)
                        .bind("media", baseUrl + "/media/")
                        .bind("below", request.below())
                        .bind("above", request.above())
                        .bind("fetch", request.fetch())
                        .map((row, context) -> new Card(row.getLong("seq"), row.getBytes("card")))
                        .list());
        return request.page(rows, Card::seq);
    }
}
