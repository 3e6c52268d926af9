package glimpse.http;

import java.util.List;

/**
 * A way from one page of a list to another: the same request with one parameter changed.
 *
 * @param relation {@code next} or {@code prev}
 * @param instead parameters whose place it takes
 */
public record Lead(String relation, String parameter, String value, List<String> instead) {}
