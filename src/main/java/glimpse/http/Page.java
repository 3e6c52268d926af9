package glimpse.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list that is ordered by {@code seq}, newest first. */
public record Page<T>(List<T> data, Pagination pagination) implements Paged {
    /**
     * Where a page stands in its list.
     *
     * @param hasMore whether there is more in the direction in which the caller pages
     * @param nextMaxId the {@code max_id} of the page below
     * @param prevMinId the {@code min_id} of the page above, which may still be empty
     */
    public record Pagination(
            int limit,
            boolean hasMore,
            @Nullable Long nextMaxId,
            @Nullable Long prevMinId) {}

    /** The same page of something else: of posts, where it was one of their numbers. */
    public <R> Page<R> map(Function<List<T>, List<R>> shown) {
        return new Page<>(shown.apply(data), pagination);
    }

    // Below the page, since_id still bounds the list; above it, the page's own top takes its place.
    @Override
    @JsonIgnore
    public List<Lead> leads() {
        List<Lead> leads = new ArrayList<>();
        if (pagination.nextMaxId() != null) {
            leads.add(new Lead("next", "max_id", pagination.nextMaxId().toString(), List.of("min_id")));
        }
        if (pagination.prevMinId() != null) {
            leads.add(new Lead("prev", "min_id", pagination.prevMinId().toString(), List.of("max_id", "since_id")));
        }
        return leads;
    }
}
