package glimpse.generation.painting;

import java.util.Arrays;

/** A silhouette against what lies behind it, given by the height of its crest in every column. */
final class Ridge {
    private final Canvas canvas;
    private final float[] crest; // rows from the top, one column more on either side
    private final float[] hidden; // rows below which something nearer stands

    /** The crest's row, in units, for a column in units. */
    interface Profile {
        float at(float u);
    }

    /**
     * What its face looks like.
     *
     * @param mist what the foot vanishes in, as far as the thickness, at this depth below the crest, in units
     * @param folds how strongly its slopes are lit, from the left where positive
     * @param rough how strongly the texture shows
     */
    record Face(Lab color, Lab mist, float depth, float thickness, float folds, float rough) {
        static Face flat(Lab color, Lab mist) {
            return new Face(color, mist, 0.25f, 0.6f, 0, 0);
        }
    }

    Ridge(Canvas canvas, Profile profile) {
        this.canvas = canvas;
        this.crest = new float[canvas.width + 2];
        this.hidden = new float[canvas.width + 2];
        for (int x = 0; x < crest.length; x++) {
            crest[x] = canvas.y(profile.at(canvas.u(x - 0.5f)));
        }
        Arrays.fill(hidden, canvas.height);
    }

    /** What the other hides needs no painting. */
    void behind(Ridge nearer) {
        for (int x = 0; x < hidden.length; x++) {
            hidden[x] = Math.min(nearer.hidden[x], nearer.crest[x] + 2 + Math.abs(nearer.slope(x)));
        }
    }

    void paint(Face face, Field texture) {
        Lab[] bands = new Lab[129];
        for (int i = 0; i < bands.length; i++) {
            bands[i] = face.color.mixed(face.mist, i / 128f * face.thickness);
        }
        float perRow = 128 / (face.depth * canvas.unit);
        float[] lit = lit(face.folds);
        float[] mistTop = mistTop();
        float highest = canvas.height;
        float lowest = 0;
        for (int x = 0; x < crest.length; x++) {
            highest = Math.min(highest, crest[x]);
            lowest = Math.max(lowest, hidden[x]);
        }
        float middle = 0.5f * (highest + lowest);
        float lean = face.folds < 0 ? -0.3f : 0.3f;
        for (int y = Math.max(0, (int) highest - 2); y < Math.min(canvas.height, lowest + 1); y++) {
            int shift = (int) (lean * (middle - y)) + 1;
            for (int x = 0; x < canvas.width; x++) {
                float below = y + 0.5f - crest[x + 1];
                if (below < -8 || y > hidden[x + 1]) {
                    continue;
                }
                float slope = slope(x + 1);
                float cover = Noise.clamp(0.5f + below / (float) Math.sqrt(1 + slope * slope));
                if (cover > 0) {
                    float rough = texture.at(x, y);
                    int from = x + shift + (int) (rough * 0.04f * canvas.unit);
                    float light = face.rough * rough + lit[Math.max(0, Math.min(lit.length - 1, from))];
                    Lab band = bands[Math.max(0, Math.min(128, (int) ((y - mistTop[x + 1]) * perRow)))];
                    canvas.blend(x, y, band, cover);
                    canvas.lighten(x, y, light * cover);
                }
            }
        }
    }

    private float slope(int x) {
        int left = Math.max(0, x - 1);
        int right = Math.min(crest.length - 1, x + 1);
        return (crest[right] - crest[left]) * 0.5f;
    }

    /** Where mist begins in each column: at the crest, but with no regard to single trees and rocks. */
    private float[] mistTop() {
        int reach = Math.max(1, (int) (0.05f * canvas.unit));
        double[] sums = new double[crest.length + 1];
        for (int x = 0; x < crest.length; x++) {
            sums[x + 1] = sums[x] + crest[x];
        }
        float[] top = new float[crest.length];
        for (int x = 0; x < crest.length; x++) {
            int left = Math.max(0, x - reach);
            int right = Math.min(crest.length, x + reach + 1);
            top[x] = (float) ((sums[right] - sums[left]) / (right - left));
        }
        return top;
    }

    /** By column: how much of the light its slope catches. */
    private float[] lit(float folds) {
        int reach = Math.max(1, (int) (0.012f * canvas.unit));
        float[] lit = new float[crest.length];
        for (int x = 0; x < lit.length; x++) {
            int left = Math.max(0, x - reach);
            int right = Math.min(crest.length - 1, x + reach);
            lit[x] = -folds * Math.max(-1.2f, Math.min(1.2f, (crest[right] - crest[left]) / (right - left)));
        }
        return lit;
    }
}
