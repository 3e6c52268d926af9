package glimpse.images;

import org.jspecify.annotations.Nullable;

/** A picture of at most 64×64 RGB pixels, over white: all that fingerprints need to see of the large one. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Miniature(int width, int height, byte[] rgb) {
    private static final int SIDE = 64;
    private static final int HASH_SIDE = 32;

    static Miniature of(DecodedImage image) {
        Size from = new Size(image.width(), image.height());
        Resampler resampler = Resampler.mean(from, image.channels(), from.within(SIDE));
        image.feed(resampler);
        DecodedImage small = resampler.image();
        return new Miniature(small.width(), small.height(), overWhite(small));
    }

    private static byte[] overWhite(DecodedImage image) {
        if (image.channels() == 3) {
            return image.samples();
        }
        byte[] rgb = new byte[image.width() * image.height() * 3];
        for (int pixel = 0; pixel < rgb.length / 3; pixel++) {
            int alpha = image.samples()[pixel * 4 + 3] & 0xff;
            for (int c = 0; c < 3; c++) {
                int sample = image.samples()[pixel * 4 + c] & 0xff;
                rgb[pixel * 3 + c] = (byte) ((sample * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
        return rgb;
    }

    String blurhash() {
        return Blurhash.of(width, height, rgb);
    }

    @Nullable
    Long perceptualHash() {
        Resampler resampler = Resampler.mean(new Size(width, height), 3, new Size(HASH_SIDE, HASH_SIDE));
        new DecodedImage(width, height, 3, rgb).feed(resampler);
        return PerceptualHash.of(resampler.image().samples());
    }

    String dominantColor() {
        return DominantColor.of(rgb);
    }
}
