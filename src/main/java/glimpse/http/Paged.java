package glimpse.http;

import java.util.List;

/** One page of a list: its {@code Link} header is made from where it leads. */
sealed interface Paged permits Page, CursorPage {
    List<Lead> leads();
}
