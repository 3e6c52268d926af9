package glimpse.generation.painting;

/** A sky with sun or moon, clouds and stars. Where things are is told in units of the canvas. */
final class Sky {
    final float lightU;
    final float lightV;
    private final Canvas canvas;
    private final Palette palette;
    private final Dice seed;
    private final float horizon;
    private final float radius;
    private final float top;
    private final float low;
    private final Noise noise;

    Sky(Canvas canvas, Palette palette, float horizon, Dice prompt, Dice seed) {
        this.canvas = canvas;
        this.palette = palette;
        this.seed = seed;
        this.horizon = horizon;
        this.noise = new Noise(seed);
        float height = horizon + canvas.halfHeight();
        this.radius = Math.min(height, canvas.halfWidth())
                * (prompt.chance(0.4f) ? prompt.between(0.22f, 0.34f) : prompt.between(0.08f, 0.14f));
        float side = prompt.chance(0.5f) ? 1 : -1;
        this.lightU = canvas.halfWidth() * side * seed.between(0.05f, 0.6f);
        this.lightV = horizon - height * seed.between(0.18f, 0.7f);
        this.top = prompt.between(0.3f, 0.42f);
        this.low = prompt.between(0.82f, 0.96f);
    }

    /** How light the sky is where it meets the land, as a share of the palette's tones. */
    float low() {
        return low;
    }

    void paint(float cloudiness, int stars) {
        float height = horizon + canvas.halfHeight();
        Lab disc = disc(height);
        Lab rim = disc.mixed(palette.tone(low), 0.35f);
        int bottom = Math.min(canvas.height, (int) canvas.y(horizon) + 2);
        Field clouds = new Field(canvas, bottom, (u, v) -> noise.fractal(u * 1.7f, v * 6 + 40, 5));
        for (int y = 0; y < bottom; y++) {
            float v = canvas.v(y + 0.5f);
            float down = (v + canvas.halfHeight()) / height;
            float base = Noise.mix(top, low, down * (0.35f + 0.65f * down));
            for (int x = 0; x < canvas.width; x++) {
                float du = canvas.u(x + 0.5f) - lightU;
                float dv = v - lightV;
                float far = (float) Math.sqrt(du * du + dv * dv);
                float glow = 1 / (1 + far * far / (radius * radius * 6));
                float cloud = clouds.at(x, y);
                float cover = Noise.smooth(0.62f - cloudiness, 1.15f - cloudiness, cloud + 0.5f) * (0.4f + 0.6f * down);
                float tone = base + 0.2f * glow * glow * (1 - base);
                canvas.put(x, y, palette.tone(tone));
                float face = Noise.clamp((radius - far) * canvas.unit + 0.5f);
                if (face > 0) {
                    canvas.blend(x, y, disc.mixed(rim, Noise.clamp(0.5f + 0.5f * dv / radius)), face);
                }
                if (cover > 0) {
                    float lit = base + 0.12f + 0.3f * glow - 0.25f * (1 - down);
                    canvas.blend(x, y, palette.tone(lit), cover * (face > 0 ? 0.35f : 0.62f));
                }
            }
        }
        stars(stars);
    }

    /** Light where the sky behind it is not, and an accent where it is. */
    private Lab disc(float height) {
        float down = (lightV + canvas.halfHeight()) / height;
        float behind = palette.tone(Noise.mix(top, low, down * (0.35f + 0.65f * down)) + 0.06f)
                .l();
        return behind < 0.84f && !palette.isAccentAsked() ? palette.tone(1).lighter(0.03f) : palette.accent(0);
    }

    private void stars(int count) {
        Lab star = palette.tone(1);
        for (int i = 0; i < count; i++) {
            float u = seed.between(-1f, 1) * canvas.halfWidth();
            float down = seed.unit();
            float v = -canvas.halfHeight() + down * (horizon + canvas.halfHeight());
            float size = seed.unit();
            float shown = (1 - down) * seed.between(0.25f, 1);
            float du = u - lightU;
            float dv = v - lightV;
            if (du * du + dv * dv > radius * radius * 1.2f) {
                canvas.disc(
                        canvas.x(u), canvas.y(v), (0.0004f + 0.0014f * size * size * size) * canvas.unit, star, shown);
            }
        }
    }
}
