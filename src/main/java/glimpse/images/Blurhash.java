package glimpse.images;

/** A picture as 28 characters that decode to a blur of it: 4×3 components of the algorithm at https://blurha.sh. */
final class Blurhash {
    private static final int ACROSS = 4;
    private static final int DOWN = 3;
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    private static final double[] LINEAR = linear();

    private Blurhash() {}

    /** Of RGB pixels; 64 on a side are plenty. */
    static String of(int width, int height, byte[] rgb) {
        double[][] factors = factors(width, height, rgb);
        double largest = 0;
        for (int i = 1; i < factors.length; i++) {
            for (double value : factors[i]) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        int quantised = clamp((int) Math.floor(largest * 166 - 0.5), 82);
        double scale = (quantised + 1) / 166.0;
        StringBuilder hash = new StringBuilder();
        append(hash, (ACROSS - 1) + (DOWN - 1) * 9, 1);
        append(hash, quantised, 1);
        append(hash, average(factors[0]), 4);
        for (int i = 1; i < factors.length; i++) {
            append(hash, detail(factors[i], scale), 2);
        }
        return hash.toString();
    }

    /** For each component, its red, green and blue: rows first, so that each pixel is visited once. */
    private static double[][] factors(int width, int height, byte[] rgb) {
        double[][] across = cosines(ACROSS, width);
        double[][] down = cosines(DOWN, height);
        double[][] factors = new double[ACROSS * DOWN][3];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < ACROSS; i++) {
                double[] sum = rowSum(rgb, y * width, width, across[i]);
                for (int j = 0; j < DOWN; j++) {
                    double scale = (i == 0 && j == 0 ? 1.0 : 2.0) / ((double) width * height) * down[j][y];
                    for (int c = 0; c < 3; c++) {
                        factors[j * ACROSS + i][c] += sum[c] * scale;
                    }
                }
            }
        }
        return factors;
    }

    private static double[] rowSum(byte[] rgb, int start, int width, double[] cosines) {
        double[] sum = new double[3];
        for (int x = 0; x < width; x++) {
            int at = (start + x) * 3;
            sum[0] += LINEAR[rgb[at] & 0xff] * cosines[x];
            sum[1] += LINEAR[rgb[at + 1] & 0xff] * cosines[x];
            sum[2] += LINEAR[rgb[at + 2] & 0xff] * cosines[x];
        }
        return sum;
    }

    private static double[][] cosines(int count, int length) {
        double[][] cosines = new double[count][length];
        for (int i = 0; i < count; i++) {
            for (int x = 0; x < length; x++) {
                cosines[i][x] = Math.cos(Math.PI * i * x / length);
            }
        }
        return cosines;
    }

    private static int average(double[] color) {
        return (srgb(color[0]) << 16) | (srgb(color[1]) << 8) | srgb(color[2]);
    }

    private static int detail(double[] color, double scale) {
        return (level(color[0] / scale) * 19 + level(color[1] / scale)) * 19 + level(color[2] / scale);
    }

    private static int level(double value) {
        return clamp((int) Math.floor(Math.signum(value) * Math.sqrt(Math.abs(value)) * 9 + 9.5), 18);
    }

    private static int clamp(int value, int most) {
        return Math.max(0, Math.min(most, value));
    }

    private static int srgb(double linear) {
        double value = Math.max(0, Math.min(1, linear));
        return (int) ((value <= 0.0031308 ? value * 12.92 : 1.055 * Math.pow(value, 1 / 2.4) - 0.055) * 255 + 0.5);
    }

    private static double[] linear() {
        double[] linear = new double[256];
        for (int i = 0; i < 256; i++) {
            double value = i / 255.0;
            linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static void append(StringBuilder hash, int value, int digits) {
        int divisor = (int) Math.pow(83, digits - 1);
        for (int left = value; divisor > 0; divisor /= 83) {
            hash.append(DIGITS.charAt(left / divisor % 83));
        }
    }
}
