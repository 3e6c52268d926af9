package glimpse.generation.painting;

/** Mirrors what is above it, more broken the nearer it comes. */
final class Water {
    private final Canvas canvas;
    private final Noise noise;

    Water(Canvas canvas, Dice seed) {
        this.canvas = canvas;
        this.noise = new Noise(seed);
    }

    /** From the line downwards; the light, at this column, glitters on it in this colour. */
    void paint(float line, float lightU, Lab glitter, float dimmed) {
        int first = (int) canvas.y(line);
        float depth = canvas.halfHeight() - line;
        for (int y = Math.max(1, first); y < canvas.height; y++) {
            float near = (canvas.v(y + 0.5f) - line) / depth;
            float fine = 1 / (0.06f + near * 0.9f);
            float row = 26 / (0.3f + near);
            float sway = (0.002f + 0.028f * near) * canvas.unit;
            float path = 0.025f + 0.13f * near;
            for (int x = 0; x < canvas.width; x++) {
                float u = canvas.u(x + 0.5f);
                float ripple = noise.at(u * 2.2f * fine, row);
                int fromX = Math.min(canvas.width - 1, Math.max(0, x + (int) (ripple * sway)));
                int mirror = first - 1 - (int) ((y - first) * 0.9f + ripple * sway * 1.2f);
                int fromY = Math.min(first - 1, Math.max(0, mirror));
                canvas.copy(fromX, Math.max(0, fromY), x, y, -dimmed * (0.3f + 0.7f * near) + 0.022f * ripple);
                float du = (u - lightU) / path;
                float shine = Noise.smooth(0.15f, 0.75f, ripple) / (1 + du * du * du * du);
                if (shine > 0.01f) {
                    canvas.blend(x, y, glitter, shine * 0.75f);
                }
            }
        }
    }
}
