package glimpse.generation.painting;

/** A shaded ball, banded like Jupiter, with a ring like Saturn's where wanted. */
final class Planet {
    private static final float TILT = 0.3f;

    private Planet() {}

    /** @param angle where its light comes from, in radians */
    static void paint(
            Canvas canvas, Palette palette, float x, float y, float radius, float angle, boolean ringed, Dice seed) {
        Noise noise = new Noise(seed);
        Lab hue = palette.accent(seed.below(3));
        Lab dark = palette.tone(0.02f);
        float lightX = (float) StrictMath.cos(angle);
        float lightY = (float) StrictMath.sin(angle);
        float reach = radius * (ringed ? 2.3f : 1.02f);
        int top = Math.max(0, (int) (y - reach));
        int bottom = Math.min(canvas.height - 1, (int) (y + reach));
        int left = Math.max(0, (int) (x - reach));
        int right = Math.min(canvas.width - 1, (int) (x + reach));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                float dx = (column + 0.5f - x) / radius;
                float dy = (row + 0.5f - y) / radius;
                float square = dx * dx + dy * dy;
                float cover = Noise.clamp((1 - (float) Math.sqrt(square)) * radius + 0.5f);
                float tiltedX = dx * 0.94f + dy * 0.34f;
                float tiltedY = dy * 0.94f - dx * 0.34f;
                if (cover > 0) {
                    float depth = (float) Math.sqrt(Math.max(0, 1 - square));
                    float lit = Noise.clamp(0.25f + 0.75f * (dx * lightX + dy * lightY) + 0.35f * depth);
                    float band = noise.at(0.5f * tiltedX, 4 * tiltedY + 0.5f * noise.at(2 * tiltedX, 3 * tiltedY));
                    Lab face = hue.mixed(palette.tone(0.75f + 0.25f * band), 0.45f + 0.3f * band);
                    canvas.blend(column, row, dark.mixed(face, lit), cover);
                }
                if (ringed && (square > 1 || tiltedY > 0)) {
                    float around = (float) Math.sqrt(tiltedX * tiltedX + tiltedY * tiltedY / (TILT * TILT));
                    float shown = Noise.smooth(1.3f, 1.36f, around) * (1 - Noise.smooth(2.1f, 2.2f, around));
                    if (shown > 0) {
                        float groove = 0.55f + 0.45f * noise.at(around * 9, 50);
                        canvas.blend(column, row, palette.tone(0.95f), shown * groove * 0.75f);
                    }
                }
            }
        }
    }
}
