package glimpse.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the segments of a JPEG file say (ITU-T T.81, annex B), read without decoding anything. The file is copied without
 * its metadata on the way, so that no decoder ever parses that.
 */
final class JpegHeader {
    private static final int SOF0_BASELINE = 0xc0;
    private static final int SOF2_PROGRESSIVE = 0xc2;
    private static final int SOF15 = 0xcf;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;
    private static final int RST0 = 0xd0;
    private static final int RST7 = 0xd7;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0_JFIF = 0xe0;
    private static final int APP1_EXIF = 0xe1;
    private static final int APP2_ICC = 0xe2;
    private static final int APP14_ADOBE = 0xee;
    private static final int APP15 = 0xef;
    private static final int COM = 0xfe;

    private static final String EXIF = "Exif\0\0";
    private static final String ADOBE = "Adobe";
    private static final int ADOBE_YCC = 1;
    private static final String ICC = "ICC_PROFILE\0";
    private static final int ICC_HEADER = ICC.length() + 2;
    private static final int LONGEST_SEGMENT = 0xffff;

    /** For each scan the decoder makes the whole picture anew, at about 5 ms per megapixel; cameras write about ten. */
    private static final int MOST_SCANS = 100;

    private static final long MOST_PIXELS_OF_SCANS = 1_000_000_000;

    private final byte[] data;
    private final ByteBuffer in;
    private final StrippedFile kept;
    private final ByteArrayOutputStream profile = new ByteArrayOutputStream(0);
    private @Nullable Size size;
    private int components;
    private boolean usualComponents = true;
    private int adobeTransform;
    private double samplesPerPixel;
    private boolean progressive;
    private int scans;
    private Orientation orientation = Orientation.UPRIGHT;

    JpegHeader(byte[] data) {
        this.in = ByteBuffer.wrap(data).position(2);
        this.data = data;
        this.kept = new StrippedFile(data.length).put(data, 0, 2);
        for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
            segment(marker);
        }
        if (scans == 0) {
            throw unreadable("The JPEG file holds no picture");
        }
        kept.put(0xff, EOI);
    }

    /** The file without metadata. */
    StrippedFile kept() {
        return kept;
    }

    Size size() {
        if (size == null) {
            throw unreadable("The JPEG file says nothing of its dimensions");
        }
        return size;
    }

    int components() {
        return components;
    }

    /** Whether components are numbered as in JFIF, and Adobe's marker fits them; decoders guess at others. */
    boolean hasUsualColors() {
        return usualComponents && adobeTransform <= (components == 3 ? ADOBE_YCC : 0);
    }

    int scans() {
        return scans;
    }

    Orientation orientation() {
        return orientation;
    }

    byte @Nullable [] colorProfile() {
        return profile.size() == 0 ? null : profile.toByteArray();
    }

    /** What the decoder keeps in native memory: a picture of several scans is held whole, as coefficients. */
    long coefficientBytes() {
        return progressive || scans > 1 ? (long) (size().pixels() * samplesPerPixel * Short.BYTES) : 0;
    }

    private int nextMarker() {
        while (in.hasRemaining()) {
            if (in.get() != (byte) 0xff) {
                continue;
            }
            int code = 0xff;
            while (code == 0xff && in.hasRemaining()) {
                code = in.get() & 0xff;
            }
            // 0 escapes a 0xff among the picture's bits; restart markers stand among them too.
            if (code != 0 && code != 0xff && (code < RST0 || code > RST7)) {
                return code;
            }
        }
        throw unreadable("The JPEG file is cut off: its end marker is missing");
    }

    private void segment(int marker) {
        if (marker == SOI) {
            throw unreadable("The JPEG file begins a second time within itself");
        }
        if (marker < SOF0_BASELINE) {
            return;
        }
        int start = in.position();
        int length = in.getShort(start) & 0xffff;
        if (length < 2 || start + length > in.limit()) {
            throw unreadable("The JPEG file is cut off or damaged at byte " + start);
        }
        in.position(start + length);
        if (isFrame(marker)) {
            frame(marker, start);
            putProfileOfCmyk();
            keep(start);
        } else if (marker == SOS) {
            scan(start);
        } else if (marker == APP1_EXIF && startsWith(EXIF, start + 2, length - 2)) {
            orientation = Orientation.ofExif(bytes(start + 2 + EXIF.length(), start + length));
        } else if (marker == APP2_ICC && startsWith(ICC, start + 2, length - 2)) {
            collectProfile(start + 2 + ICC_HEADER, start + length);
        } else if (isNeeded(marker)) {
            keep(start);
        }
        if (marker == APP14_ADOBE && startsWith(ADOBE, start + 2, length - 2) && length >= 14) {
            adobeTransform = in.get(start + 13) & 0xff;
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= SOF0_BASELINE && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
    }

    private static boolean isNeeded(int marker) {
        return marker == APP0_JFIF || marker == APP14_ADOBE || marker < APP0_JFIF || (marker > APP15 && marker != COM);
    }

    private void frame(int marker, int at) {
        if (size != null) {
            throw unreadable("The JPEG file holds more than one frame");
        }
        int bits = in.get(at + 2);
        components = in.get(at + 7);
        if (marker > SOF2_PROGRESSIVE || bits != 8 || (components != 1 && components != 3 && components != 4)) {
            throw new ApiError(
                    ErrorCode.IMAGE_UNSUPPORTED,
                    "JPEG of kind SOF%d with %d components of %d bits; supported are baseline and progressive, 1, 3 or 4 components of 8 bits"
                            .formatted(marker - SOF0_BASELINE, components, bits));
        }
        size = new Size(in.getShort(at + 5) & 0xffff, in.getShort(at + 3) & 0xffff);
        progressive = marker == SOF2_PROGRESSIVE;
        int widest = 1;
        int tallest = 1;
        int samples = 0;
        for (int i = 0; i < components; i++) {
            int factors = in.get(at + 9 + i * 3) & 0xff;
            widest = Math.max(widest, factors >> 4);
            tallest = Math.max(tallest, factors & 15);
            samples += (factors >> 4) * (factors & 15);
            usualComponents &= in.get(at + 8 + i * 3) == i + 1;
        }
        samplesPerPixel = (double) samples / (widest * tallest);
    }

    private void scan(int start) {
        scans++;
        long most = Math.min(MOST_SCANS, MOST_PIXELS_OF_SCANS / Math.max(1, size().pixels()));
        if (scans > Math.max(1, most)) {
            throw new ApiError(
                    ErrorCode.IMAGE_UNSUPPORTED,
                    "The JPEG file has more than %d scans, the most accepted at %s pixels".formatted(most, size()));
        }
        nextMarker();
        in.position(in.position() - 2);
        keep(start);
    }

    /** From the marker before {@code start} up to where the reading stands. */
    private void keep(int start) {
        kept.put(0xff).put(data, start - 1, in.position() - start + 1);
    }

    private void collectProfile(int from, int to) {
        if (from <= to && profile.size() + to - from <= ColorProfile.MOST_BYTES) {
            profile.write(data, from, to - from);
        }
    }

    /** Inks mean nothing without their profile; of other pictures the pipeline converts the smaller variant instead. */
    private void putProfileOfCmyk() {
        if (components != 4) {
            return;
        }
        byte[] all = profile.toByteArray();
        int most = LONGEST_SEGMENT - 2 - ICC_HEADER;
        int count = (all.length + most - 1) / most;
        for (int i = 0; i < count; i++) {
            int length = Math.min(most, all.length - i * most);
            int segment = length + ICC_HEADER + 2;
            kept.put(0xff, APP2_ICC, segment >> 8, segment);
            kept.put(ICC.getBytes(ISO_8859_1), 0, ICC.length()).put(i + 1, count);
            kept.put(all, i * most, length);
        }
    }

    private boolean startsWith(String prefix, int at, int length) {
        return length >= prefix.length() && new String(data, at, prefix.length(), ISO_8859_1).equals(prefix);
    }

    private byte[] bytes(int from, int to) {
        return Arrays.copyOfRange(data, from, to);
    }

    private static ApiError unreadable(String message) {
        return new ApiError(ErrorCode.IMAGE_UNREADABLE, message);
    }
}
