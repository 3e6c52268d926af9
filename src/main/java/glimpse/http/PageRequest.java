package glimpse.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list by {@code seq} is asked for: below {@code max_id}, above {@code since_id} (the newest of them),
 * or directly above {@code min_id}.
 */
public record PageRequest(
        @Nullable Long maxId,
        @Nullable Long sinceId,
        @Nullable Long minId,
        int limit) {
    static final int MAX_LIMIT = 40;
    static final int DEFAULT_LIMIT = 20;

    /** The parameters of every operation that pages by {@code seq}. */
    public static final List<Parameter> PARAMETERS = List.of(
            Parameter.number("max_id", "Only posts below this seq: the next, older page", 0, Long.MAX_VALUE),
            Parameter.number("since_id", "Only posts above this seq; the newest of them", 0, Long.MAX_VALUE),
            Parameter.number(
                    "min_id", "The posts directly above this seq: catching up without a gap", 0, Long.MAX_VALUE),
            Parameter.number("limit", "How many; " + DEFAULT_LIMIT + " where nothing is said", 1, MAX_LIMIT));

    static PageRequest of(Call call) {
        Long sinceId = call.number("since_id");
        Long minId = call.number("min_id");
        Long limit = call.number("limit");
        if (sinceId != null && minId != null) {
            throw new ApiError(ErrorCode.INVALID_PARAMETER, "since_id and min_id can't be used together");
        }
        return new PageRequest(call.number("max_id"), sinceId, minId, limit == null ? DEFAULT_LIMIT : limit.intValue());
    }

    /** Whether it asks for the top of the list, as everybody does who looks in. */
    public boolean isNewest() {
        return maxId == null && sinceId == null && minId == null;
    }

    /** Everything below this is wanted. */
    public long below() {
        return maxId == null ? Long.MAX_VALUE : maxId;
    }

    /** Everything above this is wanted. */
    public long above() {
        return minId != null ? minId : sinceId != null ? sinceId : -1;
    }

    /** Whether rows are to be read from the oldest on: those directly above {@code min_id}. */
    public boolean oldestFirst() {
        return minId != null;
    }

    /** One row more than the page has: it tells whether there is another page. */
    public int fetch() {
        return limit + 1;
    }

    /** Makes the page of what was read: up to {@link #fetch} rows, in the order that {@link #oldestFirst} asks for. */
    public <T> Page<T> page(List<T> rows, ToLongFunction<T> seq) {
        boolean hasMore = rows.size() > limit;
        List<T> kept = new ArrayList<>(hasMore ? rows.subList(0, limit) : rows);
        if (oldestFirst()) {
            Collections.reverse(kept);
        }
        if (kept.isEmpty()) {
            return new Page<>(kept, new Page.Pagination(limit, false, null, minId != null ? minId : sinceId));
        }
        long newest = seq.applyAsLong(kept.get(0));
        long oldest = seq.applyAsLong(kept.get(kept.size() - 1));
        // Above min_id, rows further down are those the caller already has.
        Long next = oldestFirst() || hasMore ? oldest : null;
        return new Page<>(kept, new Page.Pagination(limit, hasMore, next, newest));
    }
}
