package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a PNG file say (PNG third edition, section 5), read without decoding any pixel. The file is copied
 * without its other chunks on the way, so that no decoder ever inflates those.
 */
final class PngHeader {
    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_OVERHEAD = 12;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int TRNS = 0x74524e53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int ICCP = 0x69434350;
    private static final int EXIF = 0x65584966;

    private static final int GRAY_WITH_ALPHA = 4;
    private static final int RGB_WITH_ALPHA = 6;

    private static final int[] EMPTY_IEND = {0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};

    private final byte[] data;
    private final ByteBuffer in;
    private final StrippedFile kept;
    private final Size size;
    private final int bitDepth;
    private final int colorType;
    private final boolean interlaced;
    private boolean transparency;
    private boolean pixels;
    private Orientation orientation = Orientation.UPRIGHT;
    private byte @Nullable [] colorProfile;

    PngHeader(byte[] data) {
        this.in = ByteBuffer.wrap(data);
        if (in.getInt(SIGNATURE_BYTES + 4) != IHDR) {
            throw unreadable("The PNG file does not begin with its header");
        }
        this.size = new Size(in.getInt(16), in.getInt(20));
        this.bitDepth = in.get(24);
        this.colorType = in.get(25);
        this.interlaced = in.get(28) != 0;
        this.data = data;
        this.kept = new StrippedFile(data.length + CHUNK_OVERHEAD).put(data, 0, SIGNATURE_BYTES);
        in.position(SIGNATURE_BYTES);
        while (in.hasRemaining() && chunk()) {}
        if (!pixels) {
            throw unreadable("The PNG file holds no picture");
        }
        kept.put(EMPTY_IEND);
    }

    /** The file without metadata. */
    StrippedFile kept() {
        return kept;
    }

    Size size() {
        return size;
    }

    boolean isInterlaced() {
        return interlaced;
    }

    boolean mayBeTransparent() {
        return transparency || colorType == GRAY_WITH_ALPHA || colorType == RGB_WITH_ALPHA;
    }

    int bytesPerPixel() {
        int samples = switch (colorType) {
            case 2 -> 3;
            case GRAY_WITH_ALPHA -> 2;
            case RGB_WITH_ALPHA -> 4;
            default -> 1;
        };
        return samples * (bitDepth == 16 ? 2 : 1);
    }

    Orientation orientation() {
        return orientation;
    }

    byte @Nullable [] colorProfile() {
        return colorProfile;
    }

    private boolean chunk() {
        int start = in.position();
        int length = in.getInt();
        int type = in.getInt();
        if (type == IEND) {
            return false;
        }
        if (length < 0 || length > in.remaining() - 4) {
            throw unreadable("The PNG file is cut off or damaged at byte " + start);
        }
        int body = in.position();
        switch (type) {
            case IHDR, PLTE, TRNS, IDAT -> kept.put(data, start, length + CHUNK_OVERHEAD);
            case ICCP -> colorProfile = inflateProfile(body, body + length);
            case EXIF -> orientation = Orientation.ofExif(Arrays.copyOfRange(data, body, body + length));
            default -> {}
        }
        transparency |= type == TRNS;
        pixels |= type == IDAT;
        in.position(body + length + 4);
        return true;
    }

    /** A name, a zero, the method, and then the profile as a zlib stream that may be meant to burst. */
    private byte @Nullable [] inflateProfile(int from, int to) {
        int stream = from;
        while (stream < to && in.get(stream) != 0) {
            stream++;
        }
        stream += 2;
        if (stream >= to) {
            return null;
        }
        byte[] profile = new byte[ColorProfile.MOST_BYTES + 1];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, stream, to - stream);
            int length = inflater.inflate(profile);
            return length == 0 || length > ColorProfile.MOST_BYTES ? null : Arrays.copyOf(profile, length);
        } catch (DataFormatException broken) {
            return null;
        } finally {
            inflater.end();
        }
    }

    private static ApiError unreadable(String message) {
        return new ApiError(ErrorCode.IMAGE_UNREADABLE, message);
    }
}
