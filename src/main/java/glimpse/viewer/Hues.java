package glimpse.viewer;

import java.util.List;

/** The eight colours of charts, as the style sheet has them, by which pictures are sorted. */
final class Hues {
    /** By number less one. */
    static final List<String> NAMES = List.of("Blue", "Teal", "Green", "Yellow", "Orange", "Red", "Purple", "Grey");

    static final int OTHER = 8;

    // Where one ends and the next begins, halfway between the hues of the style sheet.
    private static final int[] FROM = {225, 172, 120, 67, 30};
    private static final int PURPLE_FROM = 287;
    private static final int RED_FROM = 347;
    private static final double COLOURLESS = 0.03;

    private Hues() {}

    /** The number of the colour that a colour, as {@code #rrggbb}, is nearest to by its hue. */
    static int of(String color) {
        Light light = Light.of(color);
        if (light.chroma() < COLOURLESS) {
            return OTHER;
        }
        if (light.hue() >= RED_FROM) {
            return 6;
        }
        if (light.hue() >= PURPLE_FROM) {
            return 7;
        }
        int number = 1;
        for (int from : FROM) {
            if (light.hue() >= from) {
                return number;
            }
            number++;
        }
        return number;
    }
}
