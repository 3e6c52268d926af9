package glimpse.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list that goes on from a cursor. */
public record CursorPage<T>(List<T> data, Pagination pagination) implements Paged {
    /**
     * Where a page stands in its list.
     *
     * @param nextCursor the {@code cursor} of the next page; none on the last
     */
    public record Pagination(
            int limit, boolean hasMore, @Nullable String nextCursor) {}

    /** The same page of something else: of agents, where it was one of their numbers. */
    public <R> CursorPage<R> map(Function<List<T>, List<R>> shown) {
        return new CursorPage<>(shown.apply(data), pagination);
    }

    @Override
    @JsonIgnore
    public List<Lead> leads() {
        @Nullable String next = pagination.nextCursor();
        return next == null ? List.of() : List.of(new Lead("next", "cursor", next, List.of()));
    }
}
