package glimpse.viewer;

import glimpse.viewer.PictureDao.Sliver;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An hour or a day in the flow of pictures.
 *
 * @param isOpen whether there are more than were counted
 */
record Marker(String name, int pictures, boolean isOpen, List<String> colors) {
    private static final int MOST_COLORS = 14;
    private static final int PICTURES_A_DAY = 24; // below this, hours would be mostly alone

    String counted() {
        return isOpen ? Wording.number(pictures) + "+ pictures" : Wording.counted(pictures, "picture");
    }

    /** A picture, and the marker before it where an hour or a day begins. */
    record Entry(Picture picture, Optional<Marker> marker) {
        Entry(Picture picture) {
            this(picture, Optional.empty());
        }
    }

    /**
     * Puts markers before the first picture of each hour, or of each day where there are few pictures.
     *
     * @param slivers the pictures and those that come after them
     * @param above when the picture above them all was made, if there is one
     */
    static List<Entry> among(List<Picture> pictures, List<Sliver> slivers, Optional<Instant> above, Instant now) {
        ChronoUnit unit = isBusy(slivers) ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        List<Entry> entries = new ArrayList<>();
        Optional<Instant> last = above.map(time -> time.truncatedTo(unit));
        for (Picture picture : pictures) {
            Instant begins = picture.createdAt().truncatedTo(unit);
            boolean isNew = last.isEmpty() || !last.get().equals(begins);
            entries.add(isNew ? new Entry(picture, Optional.of(of(begins, unit, slivers, now))) : new Entry(picture));
            last = Optional.of(begins);
        }
        return entries;
    }

    private static boolean isBusy(List<Sliver> slivers) {
        if (slivers.isEmpty()) {
            return false;
        }
        Instant newest = slivers.get(0).createdAt();
        Instant oldest = slivers.get(slivers.size() - 1).createdAt();
        double days = Math.max(1, Duration.between(oldest, newest).toSeconds() / 86_400.0);
        return slivers.size() / days >= PICTURES_A_DAY;
    }

    private static Marker of(Instant begins, ChronoUnit unit, List<Sliver> slivers, Instant now) {
        List<Sliver> within = slivers.stream()
                .filter(sliver -> sliver.createdAt().truncatedTo(unit).equals(begins))
                .toList();
        boolean isOpen = !within.isEmpty()
                && within.get(within.size() - 1).equals(slivers.get(slivers.size() - 1))
                && slivers.size() >= TimelinePages.LOOKAHEAD;
        List<String> colors =
                within.stream().limit(MOST_COLORS).map(Sliver::color).toList();
        return new Marker(name(begins, unit, now), within.size(), isOpen, colors);
    }

    private static String name(Instant begins, ChronoUnit unit, Instant now) {
        if (begins.equals(now.truncatedTo(unit)) && unit == ChronoUnit.HOURS) {
            return "Now";
        }
        if (unit == ChronoUnit.DAYS) {
            return Wording.dayName(begins, now);
        }
        boolean isMidnight = begins.equals(begins.truncatedTo(ChronoUnit.DAYS));
        return isMidnight ? Wording.dayName(begins, now) : Wording.hour(begins);
    }
}
