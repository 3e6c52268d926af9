package glimpse.analytics.measures;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How something is measured.
 *
 * @param version moves when the same world would give another number
 * @param reference where it was published
 * @param params what was chosen, each by its name
 */
public record Method(String name, String version, String reference, SortedMap<String, Object> params) {
    /** Without parameters. */
    public static Method of(String name, String reference) {
        return new Method(name, "1", reference, new TreeMap<>());
    }

    /** With one more parameter. */
    public Method with(String parameter, Object value) {
        TreeMap<String, Object> more = new TreeMap<>(params);
        more.putAll(Map.of(parameter, value));
        return new Method(name, version, reference, more);
    }
}
