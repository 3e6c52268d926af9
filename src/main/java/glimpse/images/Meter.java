package glimpse.images;

/** Measures a picture in one go over its rows, with three of them in memory as brightness. */
final class Meter implements RowSink {
    private static final int LEVELS = 256;
    private static final int CLIPPED = 3; // levels at either end

    /** Of higher pictures every second stripe is measured: it says as much, at half of the cost. */
    private static final int MOST_ROWS_WHOLE = 1_100;

    private final int width;
    private final int channels;
    private final Tiles tiles;
    private final int[] histogram = new int[LEVELS];
    private final Spread redGreen = new Spread();
    private final Spread yellowBlue = new Spread();
    private int[] above;
    private int[] here;
    private int[] below;
    private int received;
    private final int stripe; // rows that are measured, before as many that are not

    /** Sums that give mean and variance. */
    private static final class Spread {
        private long count;
        private long sum;
        private long squares;

        double mean() {
            return (double) sum / count;
        }

        double variance() {
            return Math.max(0, (double) squares / count - mean() * mean());
        }
    }

    private Meter(DecodedImage image) {
        this.width = image.width();
        this.channels = image.channels();
        this.stripe = image.height() > MOST_ROWS_WHOLE ? Tiles.SIDE + 2 : image.height();
        this.tiles = new Tiles(image.width(), image.height());
        this.above = new int[width];
        this.here = new int[width];
        this.below = new int[width];
    }

    static Measures of(DecodedImage image) {
        Meter meter = new Meter(image);
        image.feed(meter);
        return meter.measures();
    }

    @Override
    public void accept(byte[] samples, int offset) {
        int inStripe = received % (2 * stripe);
        received++;
        if (inStripe >= stripe) {
            return;
        }
        int[] free = above;
        above = here;
        here = below;
        below = free;
        if (channels == 4) {
            overWhite(samples, offset);
        } else {
            opaque(samples, offset);
        }
        if (inStripe % 2 == 0) { // half of the rows say as much of these
            colors(samples, offset);
            count(below, histogram);
        }
        if (inStripe >= 2) {
            tiles.accept(above, here, below);
        }
    }

    private void opaque(byte[] samples, int offset) {
        int[] row = below;
        for (int x = 0, i = offset; x < row.length; x++, i += 3) {
            row[x] = luma(samples[i] & 0xff, samples[i + 1] & 0xff, samples[i + 2] & 0xff);
        }
    }

    private void overWhite(byte[] samples, int offset) {
        for (int x = 0, i = offset; x < width; x++, i += 4) {
            int luma = luma(samples[i] & 0xff, samples[i + 1] & 0xff, samples[i + 2] & 0xff);
            below[x] = 255 + (luma - 255) * (samples[i + 3] & 0xff) / 255;
        }
    }

    /** ITU-R BT.601, in 256ths. */
    private static int luma(int red, int green, int blue) {
        return (77 * red + 150 * green + 29 * blue + 128) >> 8;
    }

    private static void count(int[] levels, int[] histogram) {
        for (int level : levels) {
            histogram[level]++;
        }
    }

    /** Opponent colours of every second pixel: files have them no finer. Yellow-blue is doubled, to stay whole. */
    private void colors(byte[] samples, int offset) {
        for (int x = 0, i = offset; x < width; x += 2, i += 2 * channels) {
            int red = samples[i] & 0xff;
            int green = samples[i + 1] & 0xff;
            int blue = samples[i + 2] & 0xff;
            int redMinusGreen = red - green;
            int twiceYellowMinusBlue = red + green - 2 * blue;
            if (channels == 4) { // over white, which has neither
                redMinusGreen = redMinusGreen * (samples[i + 3] & 0xff) / 255;
                twiceYellowMinusBlue = twiceYellowMinusBlue * (samples[i + 3] & 0xff) / 255;
            }
            redGreen.sum += redMinusGreen;
            redGreen.squares += (long) redMinusGreen * redMinusGreen;
            yellowBlue.sum += twiceYellowMinusBlue;
            yellowBlue.squares += (long) twiceYellowMinusBlue * twiceYellowMinusBlue;
        }
        redGreen.count += (width + 1) / 2;
        yellowBlue.count += (width + 1) / 2;
    }

    private Measures measures() {
        tiles.close();
        Spread levels = new Spread();
        for (int level = 0; level < LEVELS; level++) {
            levels.count += histogram[level];
            levels.sum += (long) histogram[level] * level;
            levels.squares += (long) histogram[level] * level * level;
        }
        double dark = 0;
        double bright = 0;
        for (int i = 0; i < CLIPPED; i++) {
            dark += histogram[i];
            bright += histogram[LEVELS - 1 - i];
        }
        return new Measures(
                tiles.sharpness(),
                tiles.noise(),
                Math.sqrt(levels.variance()) / (LEVELS - 1),
                dark / levels.count,
                bright / levels.count,
                colorfulness());
    }

    private double colorfulness() {
        double spread = Math.sqrt(redGreen.variance() + yellowBlue.variance() / 4);
        return spread + 0.3 * Math.hypot(redGreen.mean(), yellowBlue.mean() / 2);
    }
}
