package glimpse.http;

import java.util.List;

/** One page of a list. Its {@code Link} header is made from where it leads. */
public sealed interface Paged permits Page, CursorPage {
    List<Lead> leads();
}
