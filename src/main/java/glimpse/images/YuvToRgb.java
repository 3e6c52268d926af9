package glimpse.images;

import static glimpse.images.AvifContainer.unsupported;

import glimpse.images.Av1Frame.Layout;
import java.util.function.IntFunction;

/** Turns rows of a decoded picture into RGB. Chroma is taken to lie in the middle of its pixels and is interpolated. */
final class YuvToRgb {
    private static final int CHROMA_SCALE = 16; // weights 3:1 down and across, summed before any rounding
    private static final int SHIFT = 16;
    private static final int ONE = 1 << SHIFT;

    private final Av1Frame frame;
    private final boolean identity;
    private final int black;
    private final int lumaFactor;
    // What each chroma sample adds to red, green and blue, in units of 1 / (ONE * CHROMA_SCALE).
    private final int redFromV;
    private final int greenFromU;
    private final int greenFromV;
    private final int blueFromU;
    private final int[] u;
    private final int[] v;
    private final byte[] rgb;

    YuvToRgb(Av1Frame frame, YuvCoding coding) {
        this.frame = frame;
        this.identity = coding.matrix() == YuvCoding.IDENTITY && frame.layout() != Layout.I400;
        if (identity && frame.layout() != Layout.I444) {
            throw unsupported("an AVIF with subsampled RGB");
        }
        this.black = coding.fullRange() ? 0 : 16;
        this.lumaFactor = fixed(coding.fullRange() ? 1 : 255 / 219.0);
        double chroma = (coding.fullRange() ? 1 : 255 / 224.0) / CHROMA_SCALE;
        Weights weights =
                Weights.of(identity || frame.layout() == Layout.I400 ? YuvCoding.UNSPECIFIED : coding.matrix());
        this.redFromV = fixed(2 * (1 - weights.red) * chroma);
        this.blueFromU = fixed(2 * (1 - weights.blue) * chroma);
        this.greenFromU = fixed(-2 * (1 - weights.blue) * weights.blue / weights.green() * chroma);
        this.greenFromV = fixed(-2 * (1 - weights.red) * weights.red / weights.green() * chroma);
        this.u = new int[frame.width()];
        this.v = new int[frame.width()];
        this.rgb = new byte[3 * frame.width()];
    }

    /** How much red and blue weigh in luma: ITU-T H.273, table 4. */
    private record Weights(double red, double blue) {
        static Weights of(int matrix) {
            return switch (matrix) {
                case 1 -> new Weights(0.2126, 0.0722);
                case 4 -> new Weights(0.30, 0.11);
                case YuvCoding.UNSPECIFIED, 5, 6 -> new Weights(0.299, 0.114);
                case 7 -> new Weights(0.212, 0.087);
                case 9 -> new Weights(0.2627, 0.0593);
                default -> throw unsupported("an AVIF with colour matrix " + matrix);
            };
        }

        double green() {
            return 1 - red - blue;
        }
    }

    /** One row of interleaved RGB, in a buffer that the next call overwrites. */
    byte[] row(int y) {
        byte[] luma = frame.luma(y);
        if (identity) {
            writeIdentity(luma, frame.blue(y), frame.red(y));
        } else {
            if (frame.layout() != Layout.I400) {
                interpolate(frame::blue, y, u);
                interpolate(frame::red, y, v);
            }
            writeMatrix(luma);
        }
        return rgb;
    }

    /** Limited range to full range, in place. */
    static byte[] stretch(byte[] luma) {
        for (int x = 0; x < luma.length; x++) {
            luma[x] = (byte) Math.max(0, Math.min(255, (((luma[x] & 0xFF) - 16) * 255 + 109) / 219));
        }
        return luma;
    }

    private void writeIdentity(byte[] green, byte[] blue, byte[] red) {
        for (int x = 0, i = 0; x < green.length; x++) {
            rgb[i++] = clamp(lumaOf(red[x]));
            rgb[i++] = clamp(lumaOf(green[x]));
            rgb[i++] = clamp(lumaOf(blue[x]));
        }
    }

    private void writeMatrix(byte[] luma) {
        for (int x = 0, i = 0; x < luma.length; x++) {
            int y = lumaOf(luma[x]);
            rgb[i++] = clamp(y + redFromV * v[x]);
            rgb[i++] = clamp(y + greenFromU * u[x] + greenFromV * v[x]);
            rgb[i++] = clamp(y + blueFromU * u[x]);
        }
    }

    /** A row of chroma at the width of luma, {@code CHROMA_SCALE} times as large, around zero. */
    private void interpolate(IntFunction<byte[]> rows, int y, int[] out) {
        boolean halfHeight = frame.layout() == Layout.I420;
        byte[] near = rows.apply(halfHeight ? y / 2 : y);
        byte[] far = halfHeight ? rows.apply(neighbour(y, frame.chromaHeight())) : near;
        boolean halfWidth = frame.layout() != Layout.I444;
        for (int x = 0; x < out.length; x++) {
            int here = halfWidth ? x / 2 : x;
            int beside = halfWidth ? neighbour(x, near.length) : x;
            out[x] = 3 * down(near, far, here) + down(near, far, beside) - 128 * CHROMA_SCALE;
        }
    }

    private static int down(byte[] near, byte[] far, int x) {
        return 3 * (near[x] & 0xFF) + (far[x] & 0xFF);
    }

    /** The second nearest chroma sample, at the rim the nearest again. */
    private static int neighbour(int position, int size) {
        int candidate = (position & 1) == 0 ? position / 2 - 1 : position / 2 + 1;
        return Math.max(0, Math.min(size - 1, candidate));
    }

    private int lumaOf(byte sample) {
        return ((sample & 0xFF) - black) * lumaFactor + ONE / 2;
    }

    private static byte clamp(int value) {
        return (byte) Math.max(0, Math.min(255, value >> SHIFT));
    }

    private static int fixed(double factor) {
        return (int) Math.round(factor * ONE);
    }
}
