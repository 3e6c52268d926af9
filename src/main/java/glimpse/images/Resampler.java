package glimpse.images;

import java.util.Arrays;

/**
 * Scales a picture while its rows come in: a ring of source rows is weighed into one row as soon as the last that it
 * needs is there, and that row is then scaled across. Rows with alpha are premultiplied on the way.
 */
final class Resampler implements ImageSink {
    private final Weights down;
    private final Weights across;
    private final int sourceSamples;
    private final int channels;
    private final float[][] ring;
    private final float[] column;
    private final Collector result;
    private final byte[] line;
    private int received;
    private int finished;

    private Resampler(int channels, int sourceWidth, Weights across, Weights down) {
        this.down = down;
        this.across = across;
        this.channels = channels;
        this.sourceSamples = sourceWidth * channels;
        this.ring = new float[down.taps()][sourceSamples];
        this.column = new float[sourceSamples];
        this.result = new Collector(new Size(across.first().length, down.first().length), channels);
        this.line = new byte[across.first().length * channels];
    }

    static Resampler lanczos(Size from, int channels, Size to) {
        return new Resampler(
                channels,
                from.width(),
                Weights.lanczos(from.width(), to.width(), 0, from.width()),
                Weights.lanczos(from.height(), to.height(), 0, from.height()));
    }

    /** Of the largest square in the middle, scaled up where it is smaller than asked for. */
    static Resampler square(Size from, int channels, int side) {
        int shorter = Math.min(from.width(), from.height());
        return new Resampler(
                channels,
                from.width(),
                Weights.lanczos(from.width(), side, (from.width() - shorter) / 2.0, shorter),
                Weights.lanczos(from.height(), side, (from.height() - shorter) / 2.0, shorter));
    }

    static Resampler mean(Size from, int channels, Size to) {
        return new Resampler(
                channels,
                from.width(),
                Weights.mean(from.width(), to.width()),
                Weights.mean(from.height(), to.height()));
    }

    /** What the ring of rows takes. */
    static long heapBytes(Size from, int channels, Size to) {
        long taps = 6L * from.height() / to.height() + 8;
        return (Math.min(taps, from.height()) + 1) * from.width() * channels * Float.BYTES;
    }

    @Override
    public void accept(byte[] samples, int offset) {
        widen(samples, offset, ring[received % ring.length]);
        received++;
        while (finished < down.first().length && down.last(finished) < received) {
            weighRows(finished);
            scaleAcross();
            result.accept(line, 0);
            finished++;
        }
    }

    @Override
    public DecodedImage image() {
        return result.image();
    }

    private void widen(byte[] samples, int offset, float[] row) {
        if (channels == 4) {
            for (int i = 0; i < row.length; i += 4) {
                int alpha = samples[offset + i + 3] & 0xff;
                float factor = alpha / 255f;
                row[i] = (samples[offset + i] & 0xff) * factor;
                row[i + 1] = (samples[offset + i + 1] & 0xff) * factor;
                row[i + 2] = (samples[offset + i + 2] & 0xff) * factor;
                row[i + 3] = alpha;
            }
        } else {
            for (int i = 0; i < row.length; i++) {
                row[i] = samples[offset + i] & 0xff;
            }
        }
    }

    /** Four rows at a time: the compiler turns the loop into vector instructions, and the sum is loaded once for four. */
    private void weighRows(int target) {
        int first = down.first()[target];
        int weights = target * down.taps();
        Arrays.fill(column, 0);
        for (int t = 0; t < down.taps(); t += 4) {
            float w0 = weight(weights, t);
            float w1 = weight(weights, t + 1);
            float w2 = weight(weights, t + 2);
            float w3 = weight(weights, t + 3);
            float[] r0 = ring[(first + t) % ring.length];
            float[] r1 = ring[(first + t + 1) % ring.length];
            float[] r2 = ring[(first + t + 2) % ring.length];
            float[] r3 = ring[(first + t + 3) % ring.length];
            addRows(column, sourceSamples, r0, w0, r1, w1, r2, w2, r3, w3);
        }
    }

    private static void addRows(
            float[] sum,
            int n,
            float[] r0,
            float w0,
            float[] r1,
            float w1,
            float[] r2,
            float w2,
            float[] r3,
            float w3) {
        for (int i = 0; i < n; i++) {
            sum[i] += w0 * r0[i] + w1 * r1[i] + w2 * r2[i] + w3 * r3[i];
        }
    }

    private float weight(int weights, int t) {
        return t < down.taps() ? down.values()[weights + t] : 0;
    }

    private void scaleAcross() {
        if (channels == 4) {
            scaleAcrossRgba();
        } else {
            scaleAcrossRgb();
        }
    }

    private void scaleAcrossRgb() {
        int taps = across.taps();
        float[] weights = across.values();
        for (int x = 0, w = 0; x < across.first().length; x++) {
            float red = 0;
            float green = 0;
            float blue = 0;
            for (int i = across.first()[x] * 3, end = i + taps * 3; i < end; i += 3, w++) {
                float weight = weights[w];
                red += weight * column[i];
                green += weight * column[i + 1];
                blue += weight * column[i + 2];
            }
            line[x * 3] = clamp(red);
            line[x * 3 + 1] = clamp(green);
            line[x * 3 + 2] = clamp(blue);
        }
    }

    private void scaleAcrossRgba() {
        int taps = across.taps();
        float[] weights = across.values();
        for (int x = 0, w = 0; x < across.first().length; x++) {
            float red = 0;
            float green = 0;
            float blue = 0;
            float alpha = 0;
            for (int i = across.first()[x] * 4, end = i + taps * 4; i < end; i += 4, w++) {
                float weight = weights[w];
                red += weight * column[i];
                green += weight * column[i + 1];
                blue += weight * column[i + 2];
                alpha += weight * column[i + 3];
            }
            float factor = alpha < 0.5f ? 0 : 255 / Math.min(alpha, 255);
            line[x * 4] = clamp(red * factor);
            line[x * 4 + 1] = clamp(green * factor);
            line[x * 4 + 2] = clamp(blue * factor);
            line[x * 4 + 3] = clamp(alpha);
        }
    }

    private static byte clamp(float value) {
        return (byte) Math.max(0, Math.min(255, (int) (value + 0.5f)));
    }
}
