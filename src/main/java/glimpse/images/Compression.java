package glimpse.images;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How an original was compressed.
 *
 * @param bytes of the file
 * @param lossless whether nothing was lost when it was written
 * @param jpegQuality 1 to 100 on the scale of the IJG's encoder; none for other formats
 */
public record Compression(
        long bytes, boolean lossless, @Nullable Integer jpegQuality) {
    private static final int DQT = 0xdb;
    private static final int SOS = 0xda;

    /** The sum of the luminance table of ITU-T T.81, K.1, which the IJG's encoder scales by its quality. */
    private static final int STANDARD_TABLE = 3_688;

    private static final int COEFFICIENTS = 64;
    /** Of a file whose header was found good. */
    static Compression of(ImageFormat format, byte[] data) {
        return switch (format) {
            case PNG -> new Compression(data.length, true, null);
            case JPEG ->
                new Compression(
                        data.length, false, jpegQuality(ByteBuffer.wrap(data).position(2)));
            case WEBP -> new Compression(data.length, new WebpHeader(data).isLossless(), null);
            case GIF, AVIF -> new Compression(data.length, false, null);
        };
    }

    private static @Nullable Integer jpegQuality(ByteBuffer in) {
        while (in.remaining() >= 4) {
            if (in.get() != (byte) 0xff) {
                continue;
            }
            int marker = in.get() & 0xff;
            if (marker == SOS) {
                return null;
            }
            if (marker == 0xff || marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= 0xd9)) {
                in.position(in.position() - (marker == 0xff ? 1 : 0));
                continue;
            }
            int length = in.getShort() & 0xffff;
            if (length < 2 || length - 2 > in.remaining()) {
                return null;
            }
            if (marker == DQT && length >= 3 + COEFFICIENTS) {
                return quality(in.slice(in.position(), length - 2));
            }
            in.position(in.position() + length - 2);
        }
        return null;
    }

    /** The inverse of jpeg_quality_scaling() of the IJG's encoder, by the first table, which is that of brightness. */
    private static @Nullable Integer quality(ByteBuffer table) {
        boolean wide = (table.get() & 0xf0) != 0;
        if (table.remaining() < COEFFICIENTS * (wide ? 2 : 1)) {
            return null;
        }
        int sum = 0;
        for (int i = 0; i < COEFFICIENTS; i++) {
            sum += wide ? table.getShort() & 0xffff : table.get() & 0xff;
        }
        double percent = 100.0 * sum / STANDARD_TABLE;
        double quality = percent <= 100 ? (200 - percent) / 2 : 5_000 / percent;
        return (int) Math.max(1, Math.min(100, Math.round(quality)));
    }
}
