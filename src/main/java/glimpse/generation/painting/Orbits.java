package glimpse.generation.painting;

/** Rings and arcs about one middle, and what circles on them. */
final class Orbits implements Motif {
    private static final int MOST = 40;
    private static final int NEARS = 256;
    private static final float SHADOW = 0.02f;

    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        Rings rings = new Rings(palette, prompt, seed);
        boolean dark = prompt.chance(0.65f);
        float middleU = canvas.halfWidth() * seed.between(-0.45f, 0.45f);
        float middleV = canvas.halfHeight() * seed.between(-0.45f, 0.45f);
        Noise noise = new Noise(seed);
        Field haze = new Field(canvas, (u, v) -> noise.fractal(u * 1.6f, v * 1.6f, 4));
        float pixel = 1 / canvas.unit;
        for (int y = 0; y < canvas.height; y++) {
            float dv = canvas.v(y + 0.5f) - middleV;
            for (int x = 0; x < canvas.width; x++) {
                float du = canvas.u(x + 0.5f) - middleU;
                float far = (float) Math.sqrt(du * du + dv * dv);
                float glow = 1 / (1 + 9 * far * far);
                float tone = dark
                        ? 0.05f + 0.2f * glow + 0.12f * haze.at(x, y)
                        : 0.98f - 0.2f * (1 - glow) + 0.1f * haze.at(x, y);
                canvas.put(x, y, palette.tone(tone));
                rings.paint(canvas, x, y, far, turn(dv, du), pixel);
            }
        }
        rings.moons(canvas, palette, middleU, middleV, seed);
    }

    /** The angle as a share of a full turn, from 0 to 1, to within 0.00001 (Abramowitz and Stegun 1964, 4.4.47). */
    static float turn(float y, float x) {
        float wide = Math.max(Math.abs(x), Math.abs(y));
        float slope = wide == 0 ? 0 : Math.min(Math.abs(x), Math.abs(y)) / wide;
        float square = slope * slope;
        float angle = slope
                * (0.9998660f
                        + square * (-0.3302995f + square * (0.1801410f + square * (-0.0851330f + square * 0.0208351f))))
                * 0.15915494f;
        if (Math.abs(y) > Math.abs(x)) {
            angle = 0.25f - angle;
        }
        if (x < 0) {
            angle = 0.5f - angle;
        }
        return y < 0 ? 1 - angle : angle;
    }

    private static final class Rings {
        private final float[] inner = new float[MOST];
        private final float[] outer = new float[MOST];
        private final float[] start = new float[MOST];
        private final float[] sweep = new float[MOST];
        private final Lab[] colors = new Lab[MOST];
        private final int[] first = new int[NEARS + 1]; // by distance: the innermost ring that it can touch
        private int count;

        Rings(Palette palette, Dice prompt, Dice seed) {
            float radius = prompt.between(0.04f, 0.1f);
            float broad = prompt.between(0.02f, 0.07f);
            float partial = prompt.between(0.4f, 0.9f);
            inner[0] = -1;
            outer[0] = radius;
            sweep[0] = 1;
            colors[0] = palette.accent(0);
            count = 1;
            radius += broad * 0.5f;
            while (count < MOST && radius < 1.1f) {
                float width = seed.chance(0.35f) ? 0.0035f : broad * seed.between(0.4f, 1.5f);
                inner[count] = radius;
                outer[count] = radius + width;
                start[count] = seed.unit();
                sweep[count] = seed.chance(partial) ? seed.between(0.15f, 0.85f) : 1;
                colors[count] =
                        seed.chance(0.3f) ? palette.accent(seed.below(3)) : palette.tone(seed.between(0.25f, 1));
                radius += width + (seed.chance(0.4f) ? 0.006f : broad * seed.between(0.2f, 0.9f));
                count++;
            }
            for (int i = 0; i <= NEARS; i++) {
                while (first[i] < count - 1 && outer[first[i]] + SHADOW < (float) i / NEARS) {
                    first[i]++;
                }
            }
        }

        void paint(Canvas canvas, int x, int y, float far, float turn, float pixel) {
            for (int ring = first[Math.min(NEARS, (int) (far * NEARS))]; ring < count; ring++) {
                if (far > outer[ring] + SHADOW) {
                    continue;
                }
                if (far < inner[ring] - pixel) {
                    return;
                }
                float along = turn - start[ring];
                along -= Noise.floor(along);
                float end =
                        sweep[ring] == 1 ? 1 : Math.min(along, sweep[ring] - along) * far * 6.2831855f / pixel + 0.5f;
                float across = Math.min(far - inner[ring], outer[ring] - far) / pixel + 0.5f;
                float cover = Noise.clamp(Math.min(end, across));
                if (cover > 0) {
                    canvas.blend(x, y, colors[ring].lighter(0.14f * Math.abs(along - 0.5f) - 0.035f), cover * 0.94f);
                } else if (far > outer[ring] && along < sweep[ring]) {
                    canvas.lighten(x, y, -0.06f * (1 - (far - outer[ring]) / SHADOW));
                }
            }
        }

        void moons(Canvas canvas, Palette palette, float u, float v, Dice seed) {
            for (int ring = 2; ring < count; ring++) {
                if (seed.chance(0.4f)) {
                    float radius = Math.max(outer[ring] - inner[ring], 0.02f) * seed.between(0.4f, 0.9f);
                    double angle = 2 * Math.PI * seed.unit();
                    float far = 0.5f * (inner[ring] + outer[ring]);
                    float x = canvas.x(u + far * (float) StrictMath.cos(angle));
                    float y = canvas.y(v + far * (float) StrictMath.sin(angle));
                    Planet.paint(canvas, palette, x, y, radius * canvas.unit, (float) (angle + Math.PI), false, seed);
                }
            }
        }
    }
}
