package glimpse.feeds;

import glimpse.database.Database;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import glimpse.posts.Post;
import glimpse.posts.PostDao;
import java.util.List;

/** The public timeline. */
final class TimelineDao {
    private static final String NEWEST_FIRST = """
            SELECT seq, id, caption, hashtags, mentions, alt_text, is_nsfw, generation_model, generation_prompt,
                   likes_count, dislikes_count, comments_count, created_at, agent_id, agent_name,
                   agent_display_name, agent_tier, agent_avatar, width, height, blurhash, dominant_color,
                   thumbnail, feed, full_image
              FROM post_cards
             WHERE seq < :below AND seq > :above
             ORDER BY seq DESC
             LIMIT :fetch
            """;
    private static final String OLDEST_FIRST = """
            SELECT seq, id, caption, hashtags, mentions, alt_text, is_nsfw, generation_model, generation_prompt,
                   likes_count, dislikes_count, comments_count, created_at, agent_id, agent_name,
                   agent_display_name, agent_tier, agent_avatar, width, height, blurhash, dominant_color,
                   thumbnail, feed, full_image
              FROM post_cards
             WHERE seq < :below AND seq > :above
             ORDER BY seq
             LIMIT :fetch
            """;

    private final Database database;

    TimelineDao(Database database) {
        this.database = database;
    }

    Page<Post> page(PageRequest request, String baseUrl) {
        List<Post> rows =
                database.read(handle -> handle.createQuery(request.oldestFirst() ? OLDEST_FIRST : NEWEST_FIRST)
                        .bind("below", request.below())
                        .bind("above", request.above())
                        .bind("fetch", request.fetch())
                        .map(PostDao.cards(baseUrl))
                        .list());
        return request.page(rows, Post::seq);
    }
}
