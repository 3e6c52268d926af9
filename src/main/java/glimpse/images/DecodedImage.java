package glimpse.images;

/**
 * A picture in memory, in sRGB, upright or not.
 *
 * @param channels 3 for RGB, 4 for RGBA (not premultiplied)
 * @param samples interleaved, row by row, without padding
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record DecodedImage(int width, int height, int channels, byte[] samples) {

    /** The same picture without its fourth channel. */
    DecodedImage withoutAlpha() {
        byte[] rgb = new byte[width * height * 3];
        for (int from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
            rgb[to] = samples[from];
            rgb[to + 1] = samples[from + 1];
            rgb[to + 2] = samples[from + 2];
        }
        return new DecodedImage(width, height, 3, rgb);
    }

    /** The rows to a sink, from the top. */
    void feed(RowSink sink) {
        int stride = width * channels;
        for (int y = 0; y < height; y++) {
            sink.accept(samples, y * stride);
        }
    }
}
