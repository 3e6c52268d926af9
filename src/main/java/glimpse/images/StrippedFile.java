package glimpse.images;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** A copy of a file without what decoding does not need, so that no decoder ever parses or inflates that. */
final class StrippedFile {
    private final byte[] bytes;
    private int length;

    StrippedFile(int mostBytes) {
        this.bytes = new byte[mostBytes];
    }

    StrippedFile put(byte[] from, int offset, int count) {
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
        return this;
    }

    StrippedFile put(int... values) {
        for (int value : values) {
            bytes[length++] = (byte) value;
        }
        return this;
    }

    int length() {
        return length;
    }

    ImageInputStream open() {
        return new ByteArrayImageInputStream(bytes, 0, length);
    }
}
