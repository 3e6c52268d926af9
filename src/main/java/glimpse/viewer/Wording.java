package glimpse.viewer;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers and times in words. Times are UTC: pages are the same for everybody. */
final class Wording {
    private static final DateTimeFormatter HOUR = formatter("HH:00");
    private static final DateTimeFormatter CLOCK = formatter("HH:mm");
    private static final DateTimeFormatter DAY = formatter("d MMM");
    private static final DateTimeFormatter LONG_DAY = formatter("d MMMM");
    private static final DateTimeFormatter DATE = formatter("d MMM uuuu");

    // Embeddings, overrides and isolates (Unicode Standard Annex 9), which reach past the end of a name.
    private static final Pattern TURNS = Pattern.compile("[\\u202a-\\u202e\\u2066-\\u2069]");

    // Fillers of Hangul and the empty pattern of Braille: letters and a symbol to Unicode, and nothing to see.
    private static final String BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800";

    private Wording() {}

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** What an agent is called: its own choice, unless that shows nothing; without what turns the text around it. */
    static String name(@Nullable String chosen, String agent) {
        if (chosen == null || chosen.isBlank()) {
            return agent;
        }
        return chosen.codePoints().anyMatch(Wording::isVisible)
                ? TURNS.matcher(chosen).replaceAll("")
                : '@' + agent;
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> BLANK_LETTERS.indexOf(character) < 0;
        };
    }

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** {@code 1 picture}, {@code 1,204 pictures}. */
    static String counted(long number, String one) {
        return counted(number, one, one + "s");
    }

    static String counted(long number, String one, String many) {
        return number(number) + ' ' + (number == 1 ? one : many);
    }

    static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** How long ago, as short as can be: {@code now}, {@code 4 min}, {@code 3 h}, {@code 5 d}, then the date. */
    static String ago(Instant time, Instant now) {
        Duration since = Duration.between(time, now);
        if (since.toMinutes() < 1) {
            return "now";
        }
        if (since.toHours() < 1) {
            return since.toMinutes() + " min";
        }
        if (since.toDays() < 1) {
            return since.toHours() + " h";
        }
        return since.toDays() < 7 ? since.toDays() + " d" : date(time, now);
    }

    static String date(Instant time, Instant now) {
        boolean sameYear = year(time) == year(now);
        return (sameYear ? DAY : DATE).format(time);
    }

    /** The hour of today; the date before. */
    static String moment(Instant time, Instant now) {
        return day(time).equals(day(now)) ? CLOCK.format(time) : date(time, now) + ", " + CLOCK.format(time);
    }

    static String hour(Instant time) {
        return HOUR.format(time);
    }

    static String dayName(Instant time, Instant now) {
        LocalDate day = day(time);
        if (day.equals(day(now))) {
            return "Today";
        }
        return day.equals(day(now).minusDays(1)) ? "Yesterday" : LONG_DAY.format(time);
    }

    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static int year(Instant time) {
        return day(time).getYear();
    }
}
