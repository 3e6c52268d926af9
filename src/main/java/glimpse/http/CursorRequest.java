package glimpse.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for that is not ordered by post seq. A cursor holds the sort key of the last row that was
 * shown, so that rows that come and go meanwhile move no others across the edge of a page; to callers it is opaque.
 */
public final class CursorRequest {
    private static final int LONGEST = 1_000;

    /** The parameters of every operation that pages by cursor. */
    public static final List<Parameter> PARAMETERS = List.of(
            Parameter.text("cursor", "next_cursor of the page before", LONGEST),
            Parameter.number(
                    "limit",
                    "How many; " + PageRequest.DEFAULT_LIMIT + " where nothing is said",
                    1,
                    PageRequest.MAX_LIMIT));

    private final String list;
    private final JsonNode after;
    private final int limit;

    private CursorRequest(String list, JsonNode after, int limit) {
        this.list = list;
        this.after = after;
        this.limit = limit;
    }

    static CursorRequest of(Call call, String list, int usualLimit) {
        @Nullable Long limit = call.number("limit");
        @Nullable String cursor = call.text("cursor");
        return new CursorRequest(
                list,
                cursor == null ? MissingNode.getInstance() : read(cursor, list),
                limit == null ? usualLimit : limit.intValue());
    }

    private static JsonNode read(String cursor, String list) {
        try {
            JsonNode key = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(cursor));
            if (key.isArray() && key.path(0).asText().equals(list)) {
                return key;
            }
        } catch (IOException | IllegalArgumentException notOurs) {
            // told below
        }
        throw unknown();
    }

    private static ApiError unknown() {
        return new ApiError(ErrorCode.INVALID_PARAMETER, "cursor is not one that this list gave")
                .hint("Take next_cursor of the page before as it is, or begin without a cursor.");
    }

    /** Whether it asks for the beginning of the list. */
    public boolean isFirst() {
        return after.isMissingNode();
    }

    /** A number of the sort key, counted from 0; {@code first} where the list begins. */
    public long number(int index, long first) {
        return isFirst() ? first : part(index, JsonNode::isIntegralNumber).asLong();
    }

    /** The same for a number with a fraction. */
    public double decimal(int index, double first) {
        return isFirst() ? first : part(index, JsonNode::isNumber).asDouble();
    }

    /** The same for a text. */
    public String text(int index, String first) {
        return isFirst() ? first : part(index, JsonNode::isTextual).asText();
    }

    private JsonNode part(int index, Function<JsonNode, Boolean> fits) {
        JsonNode part = after.path(index + 1);
        if (!fits.apply(part)) {
            throw unknown();
        }
        return part;
    }

    /** One row more than the page has: it tells whether there is another page. */
    public int fetch() {
        return limit + 1;
    }

    /**
     * Makes the page of what was read: up to {@link #fetch} rows, in the list's order.
     *
     * @param key the numbers and texts that the list is sorted by, of one row
     */
    public <T> CursorPage<T> page(List<T> rows, Function<T, List<?>> key) {
        boolean hasMore = rows.size() > limit;
        List<T> kept = hasMore ? rows.subList(0, limit) : rows;
        @Nullable String next = hasMore ? write(key.apply(kept.get(limit - 1))) : null;
        return new CursorPage<>(kept, new CursorPage.Pagination(limit, hasMore, next));
    }

    private String write(List<?> key) {
        List<Object> named = new ArrayList<>(key);
        named.add(0, list);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(named));
    }
}
