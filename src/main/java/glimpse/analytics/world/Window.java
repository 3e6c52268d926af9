package glimpse.analytics.world;

import java.util.Arrays;

/** How far back is looked. */
public enum Window {
    WEEK("7d", 7 * Seconds.DAY),
    DAY("24h", Seconds.DAY),
    MONTH("30d", 30 * Seconds.DAY),
    QUARTER("90d", 90 * Seconds.DAY),
    ALL("all", Integer.MAX_VALUE);

    private final String label;
    private final int seconds;

    Window(String label, int seconds) {
        this.label = label;
        this.seconds = seconds;
    }

    /** As it stands in a call: {@code 7d}. */
    public String label() {
        return label;
    }

    public int seconds() {
        return seconds;
    }

    /** All of them, the usual one first. */
    public static String[] labels() {
        return Arrays.stream(values()).map(Window::label).toArray(String[]::new);
    }

    /** The window of a label that was checked before. */
    public static Window of(String label) {
        return Arrays.stream(values())
                .filter(window -> window.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(label));
    }
}
