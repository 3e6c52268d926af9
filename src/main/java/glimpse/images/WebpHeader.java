package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a WebP file say (RFC 9649), read without decoding anything. The first frame is wrapped anew as a
 * still picture, so that libwebp is given nothing else.
 */
final class WebpHeader {
    private static final int RIFF = 0x46464952;
    private static final int WEBP = 0x50424557;
    private static final int VP8 = 0x20385056;
    private static final int VP8L = 0x4c385056;
    private static final int VP8X = 0x58385056;
    private static final int ALPH = 0x48504c41;
    private static final int ANMF = 0x464d4e41;
    private static final int ICCP = 0x50434349;
    private static final int EXIF = 0x46495845;

    private static final int CHUNK_HEADER = 8;
    private static final int RIFF_HEADER = 12;
    private static final int VP8X_BYTES = 10;
    private static final int ANMF_BYTES = 16;
    private static final int ALPHA_FLAG = 0x10;
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int LOSSY_START_CODE = 0x2a019d;

    /** The bitstream of one picture: where its chunks stand, with their headers, and what they say. */
    private record Bitstream(int alphaAt, int pixelsAt, Size size, boolean lossless, boolean transparent) {}

    private final byte[] data;
    private final ByteBuffer in;
    private final Bitstream bitstream;
    private Size canvas;
    private Canvas.Frame frame;
    private Orientation orientation = Orientation.UPRIGHT;
    private byte @Nullable [] colorProfile;

    WebpHeader(byte[] data) {
        this.data = data;
        this.in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        long end = Integer.toUnsignedLong(in.getInt(4)) + CHUNK_HEADER;
        if (end > data.length) {
            throw unreadable("The WebP file is cut off: it has " + data.length + " of " + end + " bytes");
        }
        int animated = find(ANMF, RIFF_HEADER, (int) end);
        int from = animated < 0 ? RIFF_HEADER : animated + CHUNK_HEADER + ANMF_BYTES;
        int to = animated < 0 ? (int) end : endOf(animated);
        this.bitstream = bitstream(from, to);
        this.frame = new Canvas.Frame(0, 0, bitstream.size());
        this.canvas = bitstream.size();
        if (in.getInt(RIFF_HEADER) == VP8X) {
            readExtended(animated, (int) end);
        }
    }

    private void readExtended(int animated, int end) {
        int body = RIFF_HEADER + CHUNK_HEADER;
        canvas = new Size(uint24(body + 4) + 1, uint24(body + 7) + 1);
        if (animated >= 0) {
            int at = animated + CHUNK_HEADER;
            frame = new Canvas.Frame(uint24(at) * 2, uint24(at + 3) * 2, bitstream.size());
        }
        if (animated < 0 ? !frame.covers(canvas) : !frame.fits(canvas)) {
            throw unreadable("The WebP file says " + canvas + " pixels, but its picture has " + bitstream.size());
        }
        int exif = find(EXIF, RIFF_HEADER, end);
        if (exif >= 0) {
            orientation = Orientation.ofExif(body(exif));
        }
        int profile = find(ICCP, RIFF_HEADER, end);
        if (profile >= 0 && in.getInt(profile + 4) <= ColorProfile.MOST_BYTES) {
            colorProfile = body(profile);
        }
    }

    /** The picture alone: nothing else of the file reaches the decoder. */
    byte[] still() {
        boolean extended = bitstream.alphaAt() >= 0;
        int alphaBytes = extended ? endOf(bitstream.alphaAt()) - bitstream.alphaAt() : 0;
        int pixelBytes = endOf(bitstream.pixelsAt()) - bitstream.pixelsAt();
        int length = RIFF_HEADER + (extended ? CHUNK_HEADER + VP8X_BYTES : 0) + alphaBytes + pixelBytes;
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(RIFF).putInt(length - CHUNK_HEADER).putInt(WEBP);
        if (extended) {
            out.putInt(VP8X).putInt(VP8X_BYTES).putInt(ALPHA_FLAG);
            putUint24(out, bitstream.size().width() - 1);
            putUint24(out, bitstream.size().height() - 1);
            out.put(data, bitstream.alphaAt(), alphaBytes);
        }
        out.put(data, bitstream.pixelsAt(), pixelBytes);
        return out.array();
    }

    int bytes() {
        return data.length;
    }

    Size canvas() {
        return canvas;
    }

    Canvas.Frame frame() {
        return frame;
    }

    boolean isLossless() {
        return bitstream.lossless();
    }

    boolean mayBeTransparent() {
        return bitstream.transparent();
    }

    Orientation orientation() {
        return orientation;
    }

    byte @Nullable [] colorProfile() {
        return colorProfile;
    }

    private Bitstream bitstream(int from, int to) {
        int lossy = find(VP8, from, to);
        if (lossy >= 0) {
            int body = lossy + CHUNK_HEADER;
            if (uint24(body + 3) != LOSSY_START_CODE) {
                throw unreadable("The WebP file holds no picture");
            }
            int alpha = find(ALPH, from, lossy);
            Size size = new Size(in.getShort(body + 6) & 0x3fff, in.getShort(body + 8) & 0x3fff);
            return new Bitstream(alpha, lossy, size, false, alpha >= 0);
        }
        int lossless = find(VP8L, from, to);
        if (lossless < 0 || in.get(lossless + CHUNK_HEADER) != LOSSLESS_SIGNATURE) {
            throw unreadable("The WebP file holds no picture");
        }
        int bits = in.getInt(lossless + CHUNK_HEADER + 1);
        Size size = new Size((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
        return new Bitstream(-1, lossless, size, true, ((bits >> 28) & 1) == 1);
    }

    /** Where the first chunk of this kind begins, or -1. */
    private int find(int kind, int from, int to) {
        for (int at = from; at + CHUNK_HEADER <= to; at = endOf(at)) {
            if (in.getInt(at) == kind) {
                return at;
            }
        }
        return -1;
    }

    /** Chunks are padded to an even length. One that claims more than there is ends with the file: libwebp refuses it. */
    private int endOf(int chunk) {
        long length = Integer.toUnsignedLong(in.getInt(chunk + 4));
        return (int) Math.min(in.limit(), chunk + CHUNK_HEADER + length + length % 2);
    }

    private byte[] body(int chunk) {
        int from = chunk + CHUNK_HEADER;
        return Arrays.copyOfRange(data, from, Math.max(from, endOf(chunk)));
    }

    private int uint24(int at) {
        return (in.getShort(at) & 0xffff) | ((in.get(at + 2) & 0xff) << 16);
    }

    private static void putUint24(ByteBuffer out, int value) {
        out.putShort((short) value).put((byte) (value >> 16));
    }

    private static ApiError unreadable(String message) {
        return new ApiError(ErrorCode.IMAGE_UNREADABLE, message);
    }
}
