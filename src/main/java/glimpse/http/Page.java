package glimpse.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list that is ordered by {@code seq}, newest first. */
public record Page<T>(List<T> data, Pagination pagination) {
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
}
