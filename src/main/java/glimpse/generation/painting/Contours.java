package glimpse.generation.painting;

/** Sheets of paper cut along the contours of hills, each throwing its shadow on the one below. */
final class Contours implements Motif {
    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        Noise noise = new Noise(seed);
        float scale = prompt.between(0.8f, 1.5f);
        float warp = prompt.between(0.1f, 0.5f);
        int sheets = prompt.between(8, 13);
        int accented = prompt.below(sheets);
        boolean rising = prompt.chance(0.5f);
        float hollowU = canvas.halfWidth() * seed.between(-0.5f, 0.5f);
        float hollowV = canvas.halfHeight() * seed.between(-0.5f, 0.5f);
        Field height = new Field(canvas, (u, v) -> {
            float bentU = u + warp * 0.4f * noise.at(u * 1.7f + 9, v * 1.7f);
            float bentV = v + warp * 0.4f * noise.at(u * 1.7f, v * 1.7f + 30);
            float far = (u - hollowU) * (u - hollowU) + (v - hollowV) * (v - hollowV);
            return sheets
                    * (0.12f + 0.72f * far / (far + 0.22f) + 0.42f * noise.fractal(bentU * scale, bentV * scale, 3));
        });
        Field fibre = new Field(canvas, (u, v) -> noise.fractal(u * 26, v * 26, 3));
        Lab[] colors = new Lab[sheets];
        for (int sheet = 0; sheet < sheets; sheet++) {
            float share = (sheet + 0.3f) / sheets;
            colors[sheet] = sheet == accented ? palette.accent(0) : palette.tone(rising ? share : 1.02f - share);
        }
        int reach = Math.max(1, (int) (0.011f * canvas.unit));
        for (int y = 0; y < canvas.height; y++) {
            for (int x = 0; x < canvas.width; x++) {
                float here = height.at(x, y);
                int nextX = Math.min(canvas.width - 1, x + 1);
                int nextY = Math.min(canvas.height - 1, y + 1);
                float steep = Math.abs(height.at(nextX, y) - here) + Math.abs(height.at(x, nextY) - here) + 1e-6f;
                int level = Math.min(sheets - 1, Math.max(0, (int) here));
                canvas.put(x, y, colors[level]);
                float shadow = 0;
                for (int step = 1; step <= 3; step++) {
                    float there = height.at(Math.max(0, x - step * reach), Math.max(0, y - step * reach));
                    if (level < sheets - 1) {
                        shadow += Noise.clamp((there - level - 1) / (steep * reach * 2)) / step;
                    }
                }
                canvas.lighten(x, y, 0.025f * fibre.at(x, y) - 0.085f * shadow);
                float edge = (here - level) / steep;
                if (edge < 0.5f && level > 0 && level == (int) here) {
                    canvas.blend(x, y, colors[level - 1], 0.5f - edge);
                } else if (edge < 2.5f && level > 0 && level == (int) here) {
                    canvas.lighten(x, y, 0.045f);
                }
            }
        }
    }
}
