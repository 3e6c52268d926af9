package glimpse.images;

import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a picture besides its original bytes.
 *
 * @param sha256 of the original bytes, in lower-case hexadecimal
 * @param sourceWidth of the original, stood upright, in pixels
 * @param sourceHeight of the original, stood upright, in pixels
 * @param blurhash 4×3 components
 * @param perceptualHash close in Hamming distance for pictures that look alike; null for one that is near-flat
 * @param dominantColor as {@code #rrggbb}
 * @param measures of its full variant, before that was encoded
 * @param thumbnail the middle, 150×150
 * @param feed within 1080×1080
 * @param full within 2048×2048; the same object as {@code feed} where the original is no larger than that
 */
public record ProcessedImage(
        String sha256,
        ImageFormat format,
        int sourceWidth,
        int sourceHeight,
        String blurhash,
        @Nullable Long perceptualHash,
        String dominantColor,
        Measures measures,
        Compression compression,
        Variant thumbnail,
        Variant feed,
        Variant full) {

    /** The picture at one size, in sRGB, without any metadata. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody: bytes on their way to a file.
    public record Variant(byte[] webp, int width, int height) {}
}
