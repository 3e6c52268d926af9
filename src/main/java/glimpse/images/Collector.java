package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;

/** Keeps the rows as they are, and notices whether any pixel is transparent. */
final class Collector implements ImageSink {
    private final Size size;
    private final int channels;
    private final byte[] samples;
    private int filled;
    private boolean opaque = true;

    Collector(Size size, int channels) {
        this.size = size;
        this.channels = channels;
        this.samples = new byte[Math.toIntExact(size.pixels() * channels)];
    }

    @Override
    public void accept(byte[] row, int offset) {
        int stride = size.width() * channels;
        System.arraycopy(row, offset, samples, filled, stride);
        for (int i = filled + 3; channels == 4 && opaque && i < filled + stride; i += 4) {
            opaque = samples[i] == -1;
        }
        filled += stride;
    }

    @Override
    public DecodedImage image() {
        if (filled < samples.length) {
            throw new ApiError(ErrorCode.IMAGE_UNREADABLE, "The image is cut off: its last rows are missing");
        }
        DecodedImage image = new DecodedImage(size.width(), size.height(), channels, samples);
        return channels == 4 && opaque ? image.withoutAlpha() : image;
    }
}
