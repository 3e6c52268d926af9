package glimpse.c2pa;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map of CBOR. A field that is missing, null or of another type than asked for reads as null or as an empty list. */
final class CborMap {
    private final Map<Object, Object> fields = new LinkedHashMap<>();

    /** Adds a field unless there is nothing to add. */
    CborMap with(Object key, @Nullable Object value) {
        if (value != null) {
            fields.put(key, value);
        }
        return this;
    }

    /** Whether the key is new. */
    boolean add(Object key, Object value) {
        return fields.putIfAbsent(key, value) == null;
    }

    Map<Object, Object> fields() {
        return fields;
    }

    boolean has(Object key) {
        Object value = fields.get(key);
        return value != null && value != Cbor.NULL;
    }

    @Nullable
    Object get(Object key) {
        return fields.get(key);
    }

    @Nullable
    String text(Object key) {
        return typed(key, String.class);
    }

    byte @Nullable [] bytes(Object key) {
        return typed(key, byte[].class);
    }

    @Nullable
    Long number(Object key) {
        return typed(key, Long.class);
    }

    @Nullable
    Boolean flag(Object key) {
        return typed(key, Boolean.class);
    }

    @Nullable
    CborMap map(Object key) {
        return typed(key, CborMap.class);
    }

    List<?> list(Object key) {
        List<?> found = typed(key, List.class);
        return found == null ? List.of() : found;
    }

    /** The maps in a list; what is no map is left out. */
    List<CborMap> maps(Object key) {
        return list(key).stream()
                .filter(CborMap.class::isInstance)
                .map(CborMap.class::cast)
                .toList();
    }

    /** A text, or a time (tag 0), as text. */
    @Nullable
    String time(Object key) {
        return fields.get(key) instanceof Cbor.Tag tag && tag.value() instanceof String text ? text : text(key);
    }

    private <T> @Nullable T typed(Object key, Class<T> type) {
        Object value = fields.get(key);
        return type.isInstance(value) ? type.cast(value) : null;
    }
}
