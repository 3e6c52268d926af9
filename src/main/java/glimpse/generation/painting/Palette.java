package glimpse.generation.painting;

import java.util.ArrayList;
import java.util.List;

/** A few colours that go together: a ramp of tones from dark to light, and accents that stand out from it. */
final class Palette {
    private static final int STEPS = 1024;

    private final Lab[] tones = new Lab[STEPS + 1];
    private final List<Lab> accents;
    private final boolean asked;

    /** Of tones evenly spaced, darkest first; at least two. */
    Palette(List<Lab> stops, List<Lab> accents) {
        this(stops, accents, false);
    }

    private Palette(List<Lab> stops, List<Lab> accents, boolean asked) {
        this.asked = asked;
        this.accents = List.copyOf(accents);
        for (int i = 0; i <= STEPS; i++) {
            float position = (float) i / STEPS * (stops.size() - 1);
            int stop = Math.min((int) position, stops.size() - 2);
            tones[i] = stops.get(stop).mixed(stops.get(stop + 1), position - stop);
        }
    }

    /** From "lightness chroma hue, …": per cent, thousandths and degrees in OKLCH. */
    static Palette of(String stops, String accents) {
        return new Palette(colors(stops), colors(accents));
    }

    /** One hue from dark to light, its shadows turned one way and its lights the other, its neighbours as accents. */
    static Palette around(int hue, double chroma) {
        double[] lightness = {0.16, 0.30, 0.45, 0.61, 0.78, 0.93};
        double[] saturation = {0.40, 0.75, 1, 1, 0.65, 0.25};
        int[] turn = {-28, -16, -6, 4, 16, 30};
        List<Lab> stops = new ArrayList<>();
        for (int i = 0; i < lightness.length; i++) {
            stops.add(Lab.ofLch(lightness[i], chroma * saturation[i], hue + turn[i]));
        }
        return new Palette(
                stops,
                List.of(
                        Lab.ofLch(0.68, chroma * 1.1, hue),
                        Lab.ofLch(0.78, chroma * 0.8, hue + 45),
                        Lab.ofLch(0.74, chroma * 0.6, hue + 175)));
    }

    /** The same tones with this hue to stand out from them. */
    Palette with(int hue, double chroma) {
        List<Lab> colors = new ArrayList<>(accents);
        colors.add(0, Lab.ofLch(0.66, chroma, hue));
        List<Lab> stops = List.of(
                tones[0],
                tones[STEPS / 5],
                tones[STEPS * 2 / 5],
                tones[STEPS * 3 / 5],
                tones[STEPS * 4 / 5],
                tones[STEPS]);
        return new Palette(stops, colors, true);
    }

    /** From the darkest at 0 to the lightest at 1; the nearer end beyond. */
    Lab tone(float share) {
        return tones[(int) (Noise.clamp(share) * STEPS)];
    }

    /** Whether the first accent is a colour that the prompt names. */
    boolean isAccentAsked() {
        return asked;
    }

    Lab accent(int number) {
        return accents.get(Math.floorMod(number, accents.size()));
    }

    private static List<Lab> colors(String text) {
        List<Lab> colors = new ArrayList<>();
        for (String color : text.split(", ", -1)) {
            String[] parts = color.split(" ", -1);
            colors.add(Lab.ofLch(
                    Integer.parseInt(parts[0]) / 100.0,
                    Integer.parseInt(parts[1]) / 1000.0,
                    Integer.parseInt(parts[2])));
        }
        return colors;
    }
}
