package glimpse.generation.painting;

/** Squares of simple shapes, each turned at random (Truchet 1704; the Bauhaus' vocabulary). */
final class Tiles implements Motif {
    private static final int SHAPES = 8;

    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        float across = prompt.between(5, 9);
        float side = canvas.unit / across;
        int columns = (int) (canvas.width / side) + 2;
        int rows = (int) (canvas.height / side) + 2;
        int vocabulary = prompt.between(2, 4);
        int[] shapes = new int[vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            shapes[i] = prompt.below(SHAPES);
        }
        Lab[] colors = {
            palette.tone(0.04f),
            palette.tone(0.3f),
            palette.accent(1),
            palette.accent(0),
            palette.tone(0.72f),
            palette.tone(0.97f)
        };
        Noise noise = new Noise(seed);
        Field paper = new Field(canvas, (u, v) -> noise.fractal(u * 9, v * 9, 4));
        float shiftX = 0.5f * (columns * side - canvas.width);
        float shiftY = 0.5f * (rows * side - canvas.height);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float left = column * side - shiftX;
                float top = row * side - shiftY;
                float bright = 0.5f
                        + 0.6f * noise.at(canvas.u(left) * 1.6f, canvas.v(top) * 1.6f)
                        + seed.between(-0.22f, 0.22f);
                int ground = (int) (Noise.clamp(bright) * 5.99f);
                int figure = (ground + 2 + seed.below(3)) % 6;
                tile(
                        canvas,
                        left,
                        top,
                        side,
                        shapes[seed.below(vocabulary)],
                        seed.below(4),
                        colors[ground],
                        colors[figure],
                        paper);
            }
        }
    }

    private static void tile(
            Canvas canvas,
            float left,
            float top,
            float side,
            int shape,
            int turns,
            Lab ground,
            Lab figure,
            Field paper) {
        int bottom = Math.min(canvas.height, round(top + side));
        int right = Math.min(canvas.width, round(left + side));
        for (int y = Math.max(0, round(top)); y < bottom; y++) {
            for (int x = Math.max(0, round(left)); x < right; x++) {
                float s = (x + 0.5f - left) / side;
                float t = (y + 0.5f - top) / side;
                float turnedS = turns == 0 ? s : turns == 1 ? t : turns == 2 ? 1 - s : 1 - t;
                float turnedT = turns == 0 ? t : turns == 1 ? 1 - s : turns == 2 ? 1 - t : s;
                float cover = Noise.clamp(0.5f - distance(shape, turnedS, turnedT) * side);
                canvas.put(x, y, ground);
                if (cover > 0) {
                    canvas.blend(x, y, figure, cover);
                }
                canvas.lighten(x, y, 0.03f * paper.at(x, y) + 0.025f * (0.5f - turnedT));
            }
        }
    }

    /** Below 0 within the shape, in sides of a tile (Íñigo Quílez, "2D distance functions"). */
    private static float distance(int shape, float s, float t) {
        float corner = (float) Math.sqrt(s * s + t * t);
        float opposite = (float) Math.sqrt((1 - s) * (1 - s) + (1 - t) * (1 - t));
        return switch (shape) {
            case 0 -> corner - 1;
            case 1 -> Math.min(Math.abs(corner - 0.5f), Math.abs(opposite - 0.5f)) - 0.167f;
            case 2 -> (s + t - 1) * 0.7071f;
            case 3 -> Math.max(corner - 1, opposite - 1);
            case 4 -> (float) Math.sqrt((s - 0.5f) * (s - 0.5f) + t * t) - 0.5f;
            case 5 -> (float) Math.sqrt((s - 0.5f) * (s - 0.5f) + (t - 0.5f) * (t - 0.5f)) - 0.36f;
            case 6 -> Math.abs(corner - (corner < 0.5f ? 0.26f : 0.76f)) - 0.125f;
            default -> Math.max(s - 0.5f, corner - 1);
        };
    }

    private static int round(float x) {
        return Noise.floor(x + 0.5f);
    }
}
