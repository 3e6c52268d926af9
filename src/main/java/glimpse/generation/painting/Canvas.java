package glimpse.generation.painting;

/** What is painted on: OKLab, so that what is mixed looks mixed. Its unit is the side of a square of the same area. */
final class Canvas {
    private static final int GAMMA_STEPS = 1 << 12;
    private static final float[] GAMMA = gamma();

    /** Enough that gradients show no bands, too little to be seen as noise. */
    private static final float GRAIN = 0.011f;

    final int width;
    final int height;
    final float unit;
    private final float[] lightness;
    private final float[] greenRed;
    private final float[] blueYellow;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.unit = (float) Math.sqrt((double) width * height);
        int pixels = Math.multiplyExact(width, height);
        this.lightness = new float[pixels];
        this.greenRed = new float[pixels];
        this.blueYellow = new float[pixels];
    }

    /** The column's distance from the middle, in units. */
    float u(float x) {
        return (x - 0.5f * width) / unit;
    }

    /** The row's distance from the middle, in units. */
    float v(float y) {
        return (y - 0.5f * height) / unit;
    }

    float x(float u) {
        return u * unit + 0.5f * width;
    }

    float y(float v) {
        return v * unit + 0.5f * height;
    }

    /** Half of the width, in units. */
    float halfWidth() {
        return 0.5f * width / unit;
    }

    /** Half of the height, in units. */
    float halfHeight() {
        return 0.5f * height / unit;
    }

    void put(int x, int y, Lab color) {
        put(x, y, color.l(), color.a(), color.b());
    }

    void put(int x, int y, float l, float a, float b) {
        int i = y * width + x;
        lightness[i] = l;
        greenRed[i] = a;
        blueYellow[i] = b;
    }

    void blend(int x, int y, Lab color, float opacity) {
        int i = y * width + x;
        lightness[i] += (color.l() - lightness[i]) * opacity;
        greenRed[i] += (color.a() - greenRed[i]) * opacity;
        blueYellow[i] += (color.b() - blueYellow[i]) * opacity;
    }

    void lighten(int x, int y, float by) {
        lightness[y * width + x] += by;
    }

    /** Copies a pixel, darker or lighter. */
    void copy(int fromX, int fromY, int x, int y, float lighter) {
        int from = fromY * width + fromX;
        put(x, y, lightness[from] + lighter, greenRed[from], blueYellow[from]);
    }

    void disc(float x, float y, float radius, Lab color, float opacity) {
        int top = Math.max(0, (int) (y - radius - 1));
        int bottom = Math.min(height - 1, (int) (y + radius + 1));
        int left = Math.max(0, (int) (x - radius - 1));
        int right = Math.min(width - 1, (int) (x + radius + 1));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                float dx = column + 0.5f - x;
                float dy = row + 0.5f - y;
                float cover = Noise.clamp(radius + 0.5f - (float) Math.sqrt(dx * dx + dy * dy));
                if (cover > 0) {
                    blend(column, row, color, cover * opacity);
                }
            }
        }
    }

    /** A piece of a ribbon: neighbouring pieces meet without a seam. */
    void segment(float x0, float y0, float x1, float y1, float radius, Lab color) {
        float length = (float) Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
        if (length == 0) {
            return;
        }
        float alongX = (x1 - x0) / length;
        float alongY = (y1 - y0) / length;
        float joint = 1 + 0.12f * radius; // closes the outer side of a bend
        int top = Math.max(0, (int) (Math.min(y0, y1) - radius - 1));
        int bottom = Math.min(height - 1, (int) (Math.max(y0, y1) + radius + 1));
        int left = Math.max(0, (int) (Math.min(x0, x1) - radius - 1));
        int right = Math.min(width - 1, (int) (Math.max(x0, x1) + radius + 1));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                float dx = column + 0.5f - x0;
                float dy = row + 0.5f - y0;
                float along = dx * alongX + dy * alongY;
                float ends = Math.min(along, length - along) + joint;
                float cover = Math.min(ends, radius + 0.5f - Math.abs(dx * alongY - dy * alongX));
                if (cover > 0) {
                    blend(column, row, color, Noise.clamp(cover));
                }
            }
        }
    }

    /** Red, green and blue of each pixel, a little darker towards the corners, each row after a byte of room. */
    byte[] rows(int grain) {
        byte[] rows = new byte[height * (width * 3 + 1)];
        float[] red = new float[width];
        float[] green = new float[width];
        float[] blue = new float[width];
        int[] random = new int[width];
        for (int y = 0; y < height; y++) {
            linear(y, grain, random, red, green, blue);
            int to = y * (width * 3 + 1) + 1;
            for (int x = 0; x < width; x++, to += 3) {
                float dither = (random[x] >>> 8 & 0xff) * 0x1p-8f;
                rows[to] = (byte) (encode(red[x]) + dither);
                rows[to + 1] = (byte) (encode(green[x]) + dither);
                rows[to + 2] = (byte) (encode(blue[x]) + dither);
            }
        }
        return rows;
    }

    /** One row in steps of the gamma table: a loop without a branch, which the compiler makes into vectors. */
    private void linear(int y, int grain, int[] random, float[] red, float[] green, float[] blue) {
        float perCorner = 1 / (halfWidth() * halfWidth() + halfHeight() * halfHeight());
        float perPixel = 1 / unit;
        float v = v(y + 0.5f);
        int row = y * width;
        for (int x = 0; x < width; x++) {
            int chance = scramble(grain + row + x);
            random[x] = chance;
            float u = (x + 0.5f - 0.5f * width) * perPixel;
            float far = (u * u + v * v) * perCorner;
            float triangular = ((chance & 0xffff) - (chance >>> 16)) * 0x1p-16f;
            float l = lightness[row + x] - 0.07f * far * far + GRAIN * triangular;
            float a = greenRed[row + x];
            float b = blueYellow[row + x];
            red[x] = GAMMA_STEPS * Lab.red(l, a, b);
            green[x] = GAMMA_STEPS * Lab.green(l, a, b);
            blue[x] = GAMMA_STEPS * Lab.blue(l, a, b);
        }
    }

    private static float encode(float steps) {
        return GAMMA[Math.max(0, Math.min(GAMMA_STEPS, (int) steps))];
    }

    /** Wellons' "lowbias32" (2018). */
    private static int scramble(int number) {
        int mixed = (number ^ number >>> 16) * 0x7feb352d;
        mixed = (mixed ^ mixed >>> 15) * 0x846ca68b;
        return mixed ^ mixed >>> 16;
    }

    /** IEC 61966-2-1; 0 to 254.99, so that rounding up by chance does not run over. */
    private static float[] gamma() {
        float[] gamma = new float[GAMMA_STEPS + 1];
        for (int i = 0; i <= GAMMA_STEPS; i++) {
            double linear = (double) i / GAMMA_STEPS;
            double encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * StrictMath.pow(linear, 1 / 2.4) - 0.055;
            gamma[i] = (float) (encoded * 254.99);
        }
        return gamma;
    }
}
