package glimpse.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import glimpse.database.Database;
import glimpse.http.EventStream;
import glimpse.http.RawJson;
import glimpse.posts.PostCardDao;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Posts as events, with their seq as id. A page is read once for all who stand at the same place. */
final class PostEvents implements EventStream.Events {
    private static final int PAGE = 20;
    private static final int MOST_PAGES = 64; // of some 30 KB
    private static final byte[] NOTHING = new byte[0];

    private record Place(long version, long position) {}

    private final Database database;
    private final StreamDao posts;
    private final PostCardDao cards;
    private final Supplier<String> baseUrl;
    private final Cache<Place, EventStream.Page> pages = Caffeine.newBuilder()
            .maximumSize(MOST_PAGES)
            .executor(Runnable::run)
            .build();

    PostEvents(Database database, StreamDao posts, PostCardDao cards, Supplier<String> baseUrl) {
        this.database = database;
        this.posts = posts;
        this.cards = cards;
        this.baseUrl = baseUrl;
    }

    @Override
    public long version() {
        return database.version();
    }

    @Override
    public EventStream.Page after(long position) {
        return pages.get(new Place(version(), position), place -> read(position));
    }

    private EventStream.Page read(long position) {
        List<Long> seqs = posts.after(position, PAGE);
        if (seqs.isEmpty()) {
            return new EventStream.Page(NOTHING, position);
        }
        Map<Long, RawJson> found = cards.bySeq(seqs, null, baseUrl.get());
        StringBuilder text = new StringBuilder();
        for (Long seq : seqs) {
            @Nullable RawJson card = found.get(seq);
            if (card != null) { // JSON has no line breaks outside of its texts, and those are escaped
                text.append("id: ").append(seq).append("\nevent: post\ndata: ");
                text.append(card.json()).append("\n\n");
            }
        }
        return new EventStream.Page(text.toString().getBytes(StandardCharsets.UTF_8), seqs.get(seqs.size() - 1));
    }
}
