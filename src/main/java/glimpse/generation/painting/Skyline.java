package glimpse.generation.painting;

/** A city before the sky: towers in rows, lit windows in the nearest, all of it mirrored in the wet. */
final class Skyline implements Motif {
    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        float full = 2 * canvas.halfHeight();
        float line = full * prompt.between(0.16f, 0.3f);
        Sky sky = new Sky(canvas, palette, line, prompt, seed);
        sky.paint(prompt.between(0.05f, 0.4f), 80);
        int rows = prompt.between(3, 5);
        for (int row = 0; row < rows; row++) {
            float near = (float) row / (rows - 1);
            row(canvas, palette, sky.low(), line, near, full, seed);
        }
        new Water(canvas, seed).paint(line, sky.lightU, palette.tone(0.95f), 0.1f);
    }

    private static void row(Canvas canvas, Palette palette, float low, float line, float near, float full, Dice seed) {
        float u = -canvas.halfWidth() - 0.05f;
        float centre = canvas.halfWidth() * seed.between(-0.6f, 0.6f);
        float tone = Noise.mix(low - 0.18f, 0.05f, (float) Math.sqrt(near));
        float least = Math.max(0.03f, 0.012f * canvas.halfWidth());
        while (u < canvas.halfWidth()) {
            float width = seed.between(least, least * 2.4f);
            float off = (u - centre) / canvas.halfWidth();
            float reach = (0.55f - 0.2f * near) / (1 + 2.2f * off * off);
            float tall = full * (0.06f + reach * seed.unit() * seed.between(0.5f, 1));
            tower(canvas, palette, u, width, line - tall, line, tone, near, seed);
            u += width * seed.between(0.8f, 1.35f);
        }
    }

    private static void tower(
            Canvas canvas,
            Palette palette,
            float u,
            float width,
            float top,
            float foot,
            float tone,
            float near,
            Dice seed) {
        float left = canvas.x(u);
        float right = canvas.x(u + width);
        float roof = canvas.y(top);
        int shape = seed.below(5);
        float setback = seed.between(0.15f, 0.3f) * (right - left);
        float crown = (right - left) * seed.between(0.3f, 1.1f);
        for (int y = Math.max(0, (int) (roof - crown)); y < Math.min(canvas.height, canvas.y(foot) + 1); y++) {
            float above = roof - y;
            float inset = above <= 0
                    ? 0
                    : switch (shape) {
                        case 0 -> setback;
                        case 1 -> 0.5f * (right - left) * above / crown;
                        case 2 -> above > crown * 0.4f ? 0.485f * (right - left) : setback;
                        default -> right - left;
                    };
            float down = (y - roof) / (canvas.y(foot) - roof + 1);
            Lab wall = palette.tone(tone + (1 - near) * 0.22f * Noise.clamp(down));
            int to = Math.min(canvas.width - 1, (int) right + 1);
            for (int x = Math.max(0, (int) left - 1); x <= to; x++) {
                float cover = Noise.clamp(Math.min(x + 1 - left - inset, right - inset - x));
                if (cover > 0) {
                    canvas.blend(x, y, x - left > 0.62f * (right - left) ? wall.lighter(-0.025f) : wall, cover);
                }
            }
        }
        if (near > 0.3f) {
            windows(canvas, palette, left, right, roof, canvas.y(foot), near, seed);
        }
    }

    private static void windows(
            Canvas canvas, Palette palette, float left, float right, float roof, float foot, float near, Dice seed) {
        float step = (0.007f + 0.005f * near) * canvas.unit;
        float busy = seed.between(0.1f, 0.6f);
        Lab usual = palette.accent(seed.below(3));
        for (float y = roof + step; y < foot - step; y += step * 1.5f) {
            for (float x = left + step; x < right - step; x += step) {
                if (seed.chance(busy)) {
                    Lab light = seed.chance(0.8f) ? usual : palette.tone(1);
                    pane(canvas, x, y, step * 0.5f, step * 0.8f, light, seed.between(0.35f, 1));
                }
            }
        }
    }

    private static void pane(
            Canvas canvas, float left, float top, float width, float height, Lab light, float opacity) {
        for (int y = Math.max(0, (int) top); y <= Math.min(canvas.height - 1, (int) (top + height)); y++) {
            float down = Noise.clamp(Math.min(y + 1 - top, top + height - y));
            for (int x = Math.max(0, (int) left); x <= Math.min(canvas.width - 1, (int) (left + width)); x++) {
                float across = Noise.clamp(Math.min(x + 1 - left, left + width - x));
                canvas.blend(x, y, light, opacity * down * across);
            }
        }
    }
}
