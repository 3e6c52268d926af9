package glimpse.viewer;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of pictures, and the way to the rest of it.
 *
 * @param view {@code grid} or {@code feed}
 * @param next the path of the page after it; none on the last
 * @param eager how many pictures are on the first screen
 */
record Flow(
        List<Marker.Entry> entries, String view, @Nullable String next, int eager, Instant now) {
    static final int PAGE = 36;
    private static final int FIRST_ROW = 3;

    /** Of one row more than a page has, which tells whether there is another. */
    static Flow of(List<Picture> rows, String view, @Nullable String next, boolean isFirst, Instant now) {
        List<Marker.Entry> entries =
                rows.stream().limit(PAGE).map(Marker.Entry::new).toList();
        return new Flow(entries, view, rows.size() > PAGE ? next : null, isFirst ? FIRST_ROW : 0, now);
    }

    /** Where a list by seq goes on. */
    static @Nullable String nextBySeq(String path, List<Picture> rows, String view) {
        if (rows.size() <= PAGE) {
            return null;
        }
        String next = path + "?before=" + rows.get(PAGE - 1).seq();
        return view.equals("feed") ? next + "&view=feed" : next;
    }

    Flow marked(List<Marker.Entry> marked) {
        return new Flow(marked, view, next, eager, now);
    }

    boolean isFeed() {
        return view.equals("feed");
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The address of the next page as the script fetches it. */
    String nextPart() {
        return next + (String.valueOf(next).indexOf('?') < 0 ? "?" : "&") + "part=items";
    }

    /** The newest picture that is not veiled, else the newest. */
    @Nullable
    Picture first() {
        return entries.stream()
                .map(Marker.Entry::picture)
                .filter(picture -> !picture.isVeiled())
                .findFirst()
                .orElse(entries.isEmpty() ? null : entries.get(0).picture());
    }
}
