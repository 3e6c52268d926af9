package glimpse.posts;

import glimpse.database.Database;
import glimpse.database.Ids;
import glimpse.http.ApiError;
import glimpse.http.Caller;
import glimpse.http.ErrorCode;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import glimpse.http.RawJson;
import glimpse.images.ImageDao;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Posts as answers show them. A list finds the numbers of its posts, and has them shown here. SQLite writes them as JSON
 * itself, to the letter as {@link Post} is written: a page is 500 values, and to fetch each of them costs more than to
 * find the rows.
 */
public final class PostCardDao {
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
                       'created_at', strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch')) AS card,
                   (SELECT kind FROM reactions WHERE agent_seq = :viewer AND post_seq = post_cards.seq) AS reaction
              FROM post_cards""";
    // Both bounds are always given: with one alone, SQLite can choose a bad plan.
    private static final String NEWEST = CARDS + " WHERE seq < :below AND seq > :above ORDER BY seq DESC LIMIT :fetch";
    private static final String OLDEST = CARDS + " WHERE seq < :below AND seq > :above ORDER BY seq LIMIT :fetch";

    private final Database database;

    public PostCardDao(Database database) {
        this.database = database;
    }

    /** The number of a post, and whose it is. */
    public record Found(long seq, long agentSeq) {}

    /**
     * A post by id or seq.
     *
     * @throws ApiError POST_NOT_FOUND
     */
    public Found find(String idOrSeq) {
        return database.read(handle -> find(handle, idOrSeq));
    }

    /** The same within the transaction of what is done to it: nobody deletes it meanwhile. */
    public Found find(Handle handle, String idOrSeq) {
        return handle.createQuery("SELECT seq, agent_seq FROM posts WHERE seq = :seq OR id = :id")
                .bind("seq", seq(idOrSeq))
                .bind("id", id(idOrSeq))
                .map((row, context) -> new Found(row.getLong("seq"), row.getLong("agent_seq")))
                .findOne()
                .orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
    }

    /**
     * A post by id or seq, as {@link Post}.
     *
     * @throws ApiError POST_NOT_FOUND
     */
    RawJson card(String idOrSeq, @Nullable Caller viewer, String baseUrl) {
        return database.read(handle -> card(handle, seq(idOrSeq), id(idOrSeq), viewer, baseUrl))
                .orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
    }

    // Exactly one of seq and id is given; SQLite answers each part from its own index.
    Optional<RawJson> card(
            Handle handle, @Nullable Long seq, @Nullable String id, @Nullable Caller viewer, String baseUrl) {
        return handle.createQuery(CARDS + " WHERE seq = :seq OR id = :id")
                .bind("seq", seq)
                .bind("id", id)
                .bind("media", ImageDao.url(baseUrl, ""))
                .bind("viewer", viewer == null ? null : viewer.seq())
                .map((row, context) -> card(row, viewer != null))
                .findOne();
    }

    /** A page of all posts, in one statement: the most read of all lists, it needs no numbers first. */
    public Page<RawJson> all(PageRequest request, @Nullable Caller viewer, String baseUrl) {
        List<Numbered> rows = database.read(handle -> handle.createQuery(request.oldestFirst() ? OLDEST : NEWEST)
                .bind("below", request.below())
                .bind("above", request.above())
                .bind("fetch", request.fetch())
                .bind("media", ImageDao.url(baseUrl, ""))
                .bind("viewer", viewer == null ? null : viewer.seq())
                .map((row, context) -> new Numbered(row.getLong("seq"), card(row, viewer != null)))
                .list());
        return request.page(rows, Numbered::seq)
                .map(page -> page.stream().map(Numbered::card).toList());
    }

    private record Numbered(long seq, RawJson card) {}

    /** Posts as {@link Post}, in the order of their numbers here; those that are gone by now are left out. */
    public List<RawJson> cards(List<Long> seqs, @Nullable Caller viewer, String baseUrl) {
        Map<Long, RawJson> cards = bySeq(seqs, viewer, baseUrl);
        return seqs.stream().map(cards::get).filter(Objects::nonNull).toList();
    }

    /** The same by number. */
    public Map<Long, RawJson> bySeq(List<Long> seqs, @Nullable Caller viewer, String baseUrl) {
        Map<Long, RawJson> cards = new HashMap<>();
        database.read(handle -> handle.createQuery(CARDS + " WHERE seq IN (SELECT value FROM json_each(:seqs))")
                .bind("seqs", seqs.toString())
                .bind("media", ImageDao.url(baseUrl, ""))
                .bind("viewer", viewer == null ? null : viewer.seq())
                .map((row, context) -> cards.put(row.getLong("seq"), card(row, viewer != null)))
                .list());
        return cards;
    }

    private static RawJson card(ResultSet row, boolean forViewer) throws SQLException {
        RawJson card = new RawJson(row.getString("card"));
        if (!forViewer) {
            return card;
        }
        String reaction = String.valueOf(row.getString("reaction"));
        return card.plus("viewer", new Post.Viewer(reaction.equals("like"), reaction.equals("dislike")));
    }

    private static @Nullable Long seq(String text) {
        try {
            return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.valueOf(text) : null;
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }

    private static @Nullable String id(String text) {
        return Ids.isId(text) ? text.toLowerCase(Locale.ROOT) : null;
    }
}
