package glimpse.c2pa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of a picture, in memory or in a file, of which only a window is held. Not safe for several threads. */
public final class Asset {
    private static final int WINDOW = 1 << 16; // bytes

    private final @Nullable SeekableByteChannel channel;
    private final long size;
    private final byte[] window;
    private long windowStart;
    private int windowLength;

    private Asset(@Nullable SeekableByteChannel channel, long size, byte[] window, int windowLength) {
        this.channel = channel;
        this.size = size;
        this.window = window;
        this.windowLength = windowLength;
    }

    /** A picture in memory. */
    public static Asset of(byte[] bytes) {
        return new Asset(null, bytes.length, bytes, bytes.length);
    }

    /** A picture in a file, which the caller closes, and which no one changes meanwhile. */
    public static Asset of(SeekableByteChannel channel) throws IOException {
        return new Asset(channel, channel.size(), new byte[WINDOW], 0);
    }

    long size() {
        return size;
    }

    int u8(long position) {
        if (position < windowStart || position >= windowStart + windowLength) {
            fill(position);
        }
        return window[(int) (position - windowStart)] & 0xFF;
    }

    int u16(long position) {
        return u8(position) << 8 | u8(position + 1);
    }

    long u32(long position) {
        return (long) u16(position) << 16 | u16(position + 2);
    }

    long u32LittleEndian(long position) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(position)));
    }

    /** May come out negative. */
    long u64(long position) {
        return u32(position) << 32 | u32(position + 4);
    }

    byte[] read(long position, long length) {
        requireInside(position, length);
        byte[] bytes = new byte[(int) length];
        for (int done = 0; done < bytes.length; ) {
            u8(position + done);
            int offset = (int) (position + done - windowStart);
            int part = Math.min(bytes.length - done, windowLength - offset);
            System.arraycopy(window, offset, bytes, done, part);
            done += part;
        }
        return bytes;
    }

    /** Whether these characters, one byte each, stand here. */
    boolean has(long position, String expected) {
        if (position < 0 || position > size - expected.length()) {
            return false;
        }
        for (int i = 0; i < expected.length(); i++) {
            if (u8(position + i) != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean has(long position, byte[] expected) {
        return position >= 0
                && position <= size - expected.length
                && Arrays.equals(read(position, expected.length), expected);
    }

    /** Hashes what stands between two positions. */
    void update(MessageDigest digest, long from, long to) {
        requireInside(from, to - from);
        for (long position = from; position < to; ) {
            u8(position);
            int offset = (int) (position - windowStart);
            int part = (int) Math.min(to - position, windowLength - offset);
            digest.update(window, offset, part);
            position += part;
        }
    }

    private void requireInside(long position, long length) {
        if (position < 0 || length < 0 || position > size - length) {
            throw new MalformedException("the file is cut off");
        }
    }

    private void fill(long position) {
        if (channel == null || position < 0 || position >= size) {
            throw new MalformedException("the file is cut off");
        }
        try {
            // A little of what came before stays: headers are looked at more than once.
            long start = Math.max(0, position - 64);
            channel.position(start);
            ByteBuffer buffer = ByteBuffer.wrap(window);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // goes on until the window is full, or the file ends
            }
            windowStart = start;
            windowLength = buffer.position();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        if (position >= windowStart + windowLength) {
            throw new MalformedException("the file became shorter");
        }
    }
}
