package glimpse.generation.painting;

/** A smooth function over the canvas, asked at every fourth pixel and interpolated between: a sixteenth of the work. */
final class Field {
    private static final int STEP = 4;

    private final int width;
    private final float[] values;

    /** In units of the canvas, from its middle. */
    interface Shape {
        float at(float u, float v);
    }

    Field(Canvas canvas, Shape shape) {
        this(canvas, canvas.height, shape);
    }

    /** Of the upper rows only. */
    Field(Canvas canvas, int height, Shape shape) {
        this.width = canvas.width;
        this.values = new float[width * height];
        int columns = (width - 1) / STEP + 2;
        float[] upper = samples(canvas, shape, columns, 0);
        for (int top = 0; top < height; top += STEP) {
            float[] lower = samples(canvas, shape, columns, top + STEP);
            for (int y = top; y < Math.min(height, top + STEP); y++) {
                interpolate(upper, lower, (float) (y - top) / STEP, y * width);
            }
            upper = lower;
        }
    }

    private static float[] samples(Canvas canvas, Shape shape, int columns, int y) {
        float[] samples = new float[columns];
        for (int column = 0; column < columns; column++) {
            samples[column] = shape.at(canvas.u(column * STEP), canvas.v(y));
        }
        return samples;
    }

    private void interpolate(float[] upper, float[] lower, float down, int to) {
        for (int left = 0; left < width; left += STEP) {
            float from = Noise.mix(upper[left / STEP], lower[left / STEP], down);
            float slope = (Noise.mix(upper[left / STEP + 1], lower[left / STEP + 1], down) - from) / STEP;
            for (int x = left; x < Math.min(width, left + STEP); x++) {
                values[to + x] = from + slope * (x - left);
            }
        }
    }

    float at(int x, int y) {
        return values[y * width + x];
    }
}
