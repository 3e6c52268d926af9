package glimpse.generation.painting;

/** Swell upon swell, drawn in the lines of a woodcut, a sun above them. */
final class Waves implements Motif {
    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        float full = 2 * canvas.halfHeight();
        float horizon = full * prompt.between(-0.28f, -0.05f);
        new Sky(canvas, palette, horizon + 0.1f * full, prompt, seed).paint(prompt.between(0f, 0.4f), 0);
        int swells = prompt.between(6, 10);
        float steep = prompt.between(0.5f, 1);
        int accented = prompt.below(swells - 2); // the nearest would be too much of it
        for (int swell = 0; swell < swells; swell++) {
            float near = (float) swell / (swells - 1);
            Noise noise = new Noise(seed);
            float crest = horizon + (0.5f * full - horizon) * near * (0.55f + 0.4f * near);
            float tall = full * (0.025f + 0.085f * near);
            float length = 0.16f + 0.5f * near;
            float phase = seed.unit();
            Lab color = swell == accented ? palette.accent(1) : palette.tone(Noise.mix(0.72f, 0.1f, near));
            float[] rows = new float[canvas.width + 2];
            for (int x = 0; x < rows.length; x++) {
                float u = canvas.u(x - 0.5f);
                float along = u / length + phase + 0.5f * noise.at(u * 1.2f / length, 3);
                float turn = along - Noise.floor(along);
                float cusp = 2 * Math.abs(turn - 0.5f);
                float shape = Noise.mix(cusp * cusp * (3 - 2 * cusp), cusp * cusp, steep);
                rows[x] = canvas.y(crest - tall * shape * (0.7f + 0.6f * noise.at(u / length, 8)));
            }
            swell(
                    canvas,
                    palette,
                    rows,
                    color,
                    (0.007f + 0.016f * near) * canvas.unit,
                    full * 0.34f * canvas.unit,
                    seed.between(2, 4));
        }
    }

    private static void swell(
            Canvas canvas, Palette palette, float[] crest, Lab color, float spacing, float depth, int foam) {
        Lab light = palette.tone(0.97f);
        float first = crest[0];
        float last = crest[0];
        for (float row : crest) {
            first = Math.min(first, row);
            last = Math.max(last, row);
        }
        int bottom = (int) Math.min(canvas.height, last + depth);
        for (int y = Math.max(0, (int) first - 2); y < bottom; y++) {
            for (int x = 0; x < canvas.width; x++) {
                float slope = 0.5f * (crest[x + 2] - crest[x]);
                float below = y + 0.5f - crest[x + 1];
                float cover = Noise.clamp(0.5f + below / (float) Math.sqrt(1 + slope * slope));
                if (cover <= 0) {
                    continue;
                }
                float band = below / spacing;
                float off = Math.abs(band - Noise.floor(band) - 0.5f);
                float line = Noise.clamp((off - 0.36f) * spacing + 0.5f);
                float fade = Noise.clamp(1 - band / 9);
                canvas.blend(x, y, color, cover);
                canvas.lighten(x, y, cover * (-0.1f * Noise.clamp(below / depth * 3) + 0.09f * line * fade));
                if (band < 0.55f) {
                    canvas.blend(x, y, light, cover * 0.9f);
                } else if (band < foam) {
                    canvas.blend(x, y, light, cover * line * 0.55f * (1 - band / foam));
                }
            }
        }
    }
}
