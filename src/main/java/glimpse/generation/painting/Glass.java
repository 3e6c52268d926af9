package glimpse.generation.painting;

/** A leaded window with the light behind it: Voronoi cells about scattered points (Worley 1996). */
final class Glass implements Motif {
    private static final float LEAD = 0.0028f;

    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        float across = prompt.between(11, 19);
        int columns = (int) (2 * canvas.halfWidth() * across) + 4;
        int rows = (int) (2 * canvas.halfHeight() * across) + 4;
        float[] us = new float[columns * rows];
        float[] vs = new float[columns * rows];
        Lab[] colors = new Lab[columns * rows];
        Noise noise = new Noise(seed);
        Window window = new Window(canvas, palette, noise, prompt, seed);
        for (int i = 0; i < us.length; i++) {
            us[i] = (i % columns - 1 + seed.between(0.08f, 0.92f)) / across - canvas.halfWidth();
            vs[i] = (i / columns - 1 + seed.between(0.08f, 0.92f)) / across - canvas.halfHeight();
            colors[i] = window.color(us[i], vs[i], seed);
        }
        Field streaks = new Field(canvas, (u, v) -> noise.fractal(u * 5 + 2 * v, v * 14 - 5 * u, 4));
        Lab lead = palette.tone(0).lighter(-0.04f);
        for (int y = 0; y < canvas.height; y++) {
            float v = canvas.v(y + 0.5f);
            int row = (int) ((v + canvas.halfHeight()) * across) + 1;
            for (int x = 0; x < canvas.width; x++) {
                float u = canvas.u(x + 0.5f);
                int column = (int) ((u + canvas.halfWidth()) * across) + 1;
                float nearest = 9;
                float second = 9;
                int cell = 0;
                int next = 0;
                for (int i = (row - 1) * columns + column - 1; i <= (row + 1) * columns + column; i += columns) {
                    for (int j = i; j < i + 3; j++) {
                        float square = (us[j] - u) * (us[j] - u) + (vs[j] - v) * (vs[j] - v);
                        if (square < nearest) {
                            second = nearest;
                            next = cell;
                            nearest = square;
                            cell = j;
                        } else if (square < second) {
                            second = square;
                            next = j;
                        }
                    }
                }
                float du = us[next] - us[cell];
                float dv = vs[next] - vs[cell];
                float edge = (second - nearest) / (2 * (float) Math.sqrt(du * du + dv * dv));
                Lab color = colors[cell];
                float light = 0.06f * streaks.at(x, y) - 0.16f * nearest * across * across + 0.03f;
                canvas.put(x, y, color.l() + light, color.a(), color.b());
                float rim = Noise.clamp(1 - (edge - LEAD) / (LEAD * 2));
                canvas.lighten(x, y, -0.1f * rim);
                canvas.blend(x, y, lead, Noise.clamp((LEAD - edge) * canvas.unit + 0.5f));
            }
        }
    }

    /** The picture that the panes are cut from: a sun and its rays above hills. */
    private static final class Window {
        private final Palette palette;
        private final Noise noise;
        private final float sunU;
        private final float sunV;
        private final float sunRadius;
        private final float horizon;
        private final int rays;

        Window(Canvas canvas, Palette palette, Noise noise, Dice prompt, Dice seed) {
            this.palette = palette;
            this.noise = noise;
            this.sunU = canvas.halfWidth() * seed.between(-0.55f, 0.55f);
            this.sunV = canvas.halfHeight() * seed.between(-0.6f, 0.2f);
            this.sunRadius = prompt.between(0.14f, 0.24f);
            this.horizon = canvas.halfHeight() * prompt.between(0.1f, 0.7f);
            this.rays = prompt.between(5, 9);
        }

        Lab color(float u, float v, Dice seed) {
            float du = u - sunU;
            float dv = v - sunV;
            float far = (float) Math.sqrt(du * du + dv * dv);
            float random = seed.between(-0.08f, 0.08f);
            float land = v - horizon - 0.16f * noise.fractal(u * 1.6f, 5, 2);
            boolean accented = seed.chance(0.09f);
            if (far < sunRadius) {
                return palette.tone(0.97f + random).mixed(palette.accent(0), 0.25f);
            }
            if (land > 0) {
                return accented ? palette.accent(2) : palette.tone(0.3f - 0.5f * land + 1.4f * random);
            }
            boolean even = (Noise.floor(Orbits.turn(dv, du) * rays * 2) & 1) == 0;
            float ring = far / (far + 0.45f);
            Lab sky = palette.tone(1.02f - 1.15f * ring + (even ? 0.1f : -0.08f) + random);
            float tint = Noise.smooth(-0.1f, 0.7f, noise.at(u * 1.8f, v * 1.8f)) * 0.75f;
            return accented ? palette.accent(1) : sky.mixed(palette.accent(even ? 1 : 2), tint);
        }
    }
}
