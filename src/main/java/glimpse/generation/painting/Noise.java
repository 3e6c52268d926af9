package glimpse.generation.painting;

/** Simplex noise in two dimensions (Perlin 2002, after Gustavson's "Simplex noise demystified", 2005). */
final class Noise {
    private static final float SKEW = 0.36602542f; // (√3 − 1) / 2
    private static final float UNSKEW = 0.21132487f; // (3 − √3) / 6
    private static final int PERIOD = 256;
    private static final int DIRECTIONS = 32;
    private static final float[] COSINES = new float[DIRECTIONS];
    private static final float[] SINES = new float[DIRECTIONS];

    static {
        for (int i = 0; i < DIRECTIONS; i++) {
            COSINES[i] = (float) StrictMath.cos(2 * Math.PI * i / DIRECTIONS);
            SINES[i] = (float) StrictMath.sin(2 * Math.PI * i / DIRECTIONS);
        }
    }

    private final int[] permutation = new int[2 * PERIOD];

    Noise(Dice dice) {
        for (int i = 0; i < PERIOD; i++) {
            int j = dice.below(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        System.arraycopy(permutation, 0, permutation, PERIOD, PERIOD);
    }

    /** From about −1 to 1; features are about 1 wide. */
    float at(float x, float y) {
        float skew = (x + y) * SKEW;
        int i = floor(x + skew);
        int j = floor(y + skew);
        float unskew = (i + j) * UNSKEW;
        float x0 = x - i + unskew;
        float y0 = y - j + unskew;
        int right = x0 > y0 ? 1 : 0;
        float x1 = x0 - right + UNSKEW;
        float y1 = y0 - 1 + right + UNSKEW;
        float x2 = x0 - 1 + 2 * UNSKEW;
        float y2 = y0 - 1 + 2 * UNSKEW;
        int row = i & PERIOD - 1;
        int column = j & PERIOD - 1;
        return 70
                * (corner(x0, y0, permutation[row + permutation[column]])
                        + corner(x1, y1, permutation[row + right + permutation[column + 1 - right]])
                        + corner(x2, y2, permutation[row + 1 + permutation[column + 1]]));
    }

    private static float corner(float x, float y, int hash) {
        float falloff = 0.5f - x * x - y * y;
        if (falloff <= 0) {
            return 0;
        }
        int direction = hash & DIRECTIONS - 1;
        falloff *= falloff;
        return falloff * falloff * (COSINES[direction] * x + SINES[direction] * y) * 1.41f;
    }

    /** Fractal sum: every octave twice as fine and half as strong. */
    float fractal(float x, float y, int octaves) {
        float sum = 0;
        float strength = 0.5f;
        float scale = 1;
        for (int octave = 0; octave < octaves; octave++) {
            sum += strength * at(x * scale + 17 * octave, y * scale);
            strength *= 0.5f;
            scale *= 2;
        }
        return sum;
    }

    /** Sharp crests, from 0 to 1: Musgrave's ridged multifractal, without its feedback. */
    float ridged(float x, float y, int octaves) {
        float sum = 0;
        float strength = 0.5f;
        float scale = 1;
        for (int octave = 0; octave < octaves; octave++) {
            sum += strength * (1 - Math.abs(at(x * scale + 17 * octave, y * scale)));
            strength *= 0.5f;
            scale *= 2;
        }
        return sum;
    }

    static int floor(float x) {
        int truncated = (int) x;
        return x < truncated ? truncated - 1 : truncated;
    }

    static float clamp(float x) {
        return x < 0 ? 0 : x > 1 ? 1 : x;
    }

    /** From 0 at the first edge to 1 at the second, with no corner at either. */
    static float smooth(float from, float to, float x) {
        float t = clamp((x - from) / (to - from));
        return t * t * (3 - 2 * t);
    }

    static float mix(float from, float to, float share) {
        return from + (to - from) * share;
    }
}
