package glimpse.generation.painting;

/** Stars over dark land: under northern lights, or in the clouds that they are born from. */
final class NightSky implements Motif {
    private final boolean aurora;

    NightSky(boolean aurora) {
        this.aurora = aurora;
    }

    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        Noise noise = new Noise(seed);
        float slant = prompt.between(-0.9f, 0.9f);
        if (aurora) {
            ground(canvas, palette, 0.05f, 0.4f);
            stars(canvas, palette, seed, 260);
            curtains(canvas, palette, noise, prompt, seed, slant);
        } else {
            nebula(canvas, palette, noise, prompt, slant);
            stars(canvas, palette, seed, 700);
            planet(canvas, palette, prompt, seed);
        }
        land(canvas, palette, seed, prompt);
    }

    private static void ground(Canvas canvas, Palette palette, float top, float low) {
        for (int y = 0; y < canvas.height; y++) {
            Lab color = palette.tone(Noise.mix(top, low, (float) y / canvas.height));
            for (int x = 0; x < canvas.width; x++) {
                canvas.put(x, y, color);
            }
        }
    }

    /** Each hangs from a wandering line: sharp at its lower edge, fading upwards, pleated. */
    private static void curtains(Canvas canvas, Palette palette, Noise noise, Dice prompt, Dice seed, float slant) {
        int count = prompt.between(3, 5);
        float full = 2 * canvas.halfHeight();
        float[] edge = new float[canvas.width];
        float[] reach = new float[canvas.width];
        float[] shown = new float[canvas.width];
        for (int curtain = 0; curtain < count; curtain++) {
            float offset = seed.between(0f, 90);
            float base = full * (-0.18f + 0.3f * curtain / count + seed.between(-0.04f, 0.06f));
            float strength = seed.between(0.8f, 1.2f);
            for (int x = 0; x < canvas.width; x++) {
                float u = canvas.u(x);
                float pleats = 0.55f + 0.45f * noise.fractal(u * 9 + 0.6f * noise.at(u * 3, offset), offset + 5, 3);
                edge[x] = base + slant * 0.22f * u + 0.17f * noise.fractal(u * 1.3f + offset, offset, 3);
                reach[x] = full * (0.2f + 0.4f * Noise.clamp(0.5f + 0.5f * noise.fractal(u * 4 + offset, 33, 3)));
                shown[x] = strength
                        * pleats
                        * (0.15f + 0.85f * Noise.smooth(-0.7f, 0.2f, noise.at(u * 1.1f + offset, 71)));
            }
            Lab low = palette.accent(curtain == 1 ? 2 : 0);
            for (int y = 0; y < canvas.height; y++) {
                float v = canvas.v(y + 0.5f);
                for (int x = 0; x < canvas.width; x++) {
                    float up = (edge[x] - v) / reach[x];
                    if (up > -0.12f && up < 1.6f) {
                        float fade = up < 0 ? Noise.smooth(-0.12f, 0.02f, up) : 1 / (1 + 5 * up * up) - 0.072f;
                        float opacity = Noise.clamp(fade * shown[x]);
                        canvas.blend(x, y, low, opacity * Noise.clamp(1 - up * 0.9f));
                        canvas.blend(x, y, palette.accent(1), opacity * Noise.clamp(up * 0.8f));
                    }
                }
            }
        }
    }

    /** Noise that bends noise (Íñigo Quílez, "Domain warping", 2002), denser along a band. */
    private static void nebula(Canvas canvas, Palette palette, Noise noise, Dice prompt, float slant) {
        float scale = prompt.between(1.4f, 2.4f);
        float width = prompt.between(0.22f, 0.4f);
        Field warp = new Field(canvas, (u, v) -> noise.fractal(u * scale, v * scale, 4));
        Field gas = new Field(canvas, (u, v) -> {
            float bent = noise.fractal(u * scale + 3, v * scale + 8, 3);
            float band = (v - slant * u) / width;
            return noise.fractal(u * scale * 1.3f + 0.8f * bent + 20, v * scale * 1.3f - 0.7f * bent, 6) * 1.1f
                    + 0.55f / (1 + band * band);
        });
        Lab hue = palette.accent(1);
        Lab other = palette.accent(2);
        for (int y = 0; y < canvas.height; y++) {
            for (int x = 0; x < canvas.width; x++) {
                float dense = gas.at(x, y);
                float bent = warp.at(x, y);
                canvas.put(x, y, palette.tone(0.04f + 0.62f * Noise.smooth(-0.25f, 1.15f, dense)));
                canvas.blend(
                        x,
                        y,
                        bent > 0 ? hue : other,
                        0.5f * Noise.smooth(0.02f, 0.6f, Math.abs(bent)) * Noise.smooth(0, 0.8f, dense));
            }
        }
    }

    private static void stars(Canvas canvas, Palette palette, Dice seed, int count) {
        Lab white = palette.tone(1);
        for (int i = 0; i < count; i++) {
            float size = seed.unit();
            size = size * size * size * size;
            float x = seed.unit() * canvas.width;
            float y = seed.unit() * canvas.height;
            float radius = (0.0004f + 0.002f * size) * canvas.unit;
            canvas.disc(x, y, radius, white, seed.between(0.2f, 1));
            if (size > 0.8f) {
                canvas.disc(x, y, radius * 4, palette.accent(i), 0.12f);
                canvas.disc(x, y, radius * 8, palette.accent(i), 0.06f);
            }
        }
    }

    private static void planet(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        float radius = prompt.between(0.07f, 0.24f) * canvas.unit;
        float x = canvas.width * seed.between(0.2f, 0.8f);
        float y = canvas.height * seed.between(0.2f, 0.6f);
        Planet.paint(canvas, palette, x, y, radius, seed.between(0f, 6), prompt.chance(0.5f), seed);
    }

    private static void land(Canvas canvas, Palette palette, Dice seed, Dice prompt) {
        Noise noise = new Noise(seed);
        float full = 2 * canvas.halfHeight();
        float tall = prompt.between(0.1f, 0.3f) * full;
        Field still = new Field(canvas, (u, v) -> 0);
        for (int layer = 0; layer < 3; layer++) {
            float near = layer / 2f;
            float row = 7 * layer;
            Ridge.Profile profile = u -> full * (0.36f + 0.08f * near)
                    - tall * (1 - 0.6f * near) * (noise.ridged(u * 1.5f + row, row, 6) - 0.35f);
            new Ridge(canvas, profile)
                    .paint(
                            Ridge.Face.flat(palette.tone(0.16f - 0.15f * near), palette.tone(0.3f - 0.2f * near)),
                            still);
        }
    }
}
