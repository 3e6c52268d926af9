package glimpse.images;

/** The colour that a small picture has most of: the mean of the fullest of 512 equal boxes of the RGB cube. */
final class DominantColor {
    private static final int BOXES = 512;

    private DominantColor() {}

    static String of(byte[] rgb) {
        int[] counts = new int[BOXES];
        long[][] sums = new long[BOXES][3];
        int fullest = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            int box = ((rgb[i] & 0xe0) << 1) | ((rgb[i + 1] & 0xe0) >> 2) | ((rgb[i + 2] & 0xe0) >> 5);
            counts[box]++;
            for (int c = 0; c < 3; c++) {
                sums[box][c] += rgb[i + c] & 0xff;
            }
            fullest = counts[box] > counts[fullest] ? box : fullest;
        }
        long[] sum = sums[fullest];
        int count = counts[fullest];
        return "#%02x%02x%02x".formatted(sum[0] / count, sum[1] / count, sum[2] / count);
    }
}
