package glimpse.feeds;

import glimpse.database.Database;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import java.util.List;

/** The public timeline as numbers of posts. Both bounds are always given: with one alone, SQLite can choose a bad plan. */
final class TimelineDao {
    private static final String NEWEST_FIRST =
            "SELECT seq FROM posts WHERE seq < :below AND seq > :above ORDER BY seq DESC LIMIT :fetch";
    private static final String OLDEST_FIRST =
            "SELECT seq FROM posts WHERE seq < :below AND seq > :above ORDER BY seq LIMIT :fetch";

    private final Database database;

    TimelineDao(Database database) {
        this.database = database;
    }

    Page<Long> page(PageRequest request) {
        List<Long> rows =
                database.read(handle -> handle.createQuery(request.oldestFirst() ? OLDEST_FIRST : NEWEST_FIRST)
                        .bind("below", request.below())
                        .bind("above", request.above())
                        .bind("fetch", request.fetch())
                        .mapTo(Long.class)
                        .list());
        return request.page(rows, Long::longValue);
    }
}
