package glimpse.images;

import static glimpse.images.AvifContainer.unreadable;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** Boxes and fields of an ISO media file, every length checked against what encloses it (ISO/IEC 14496-12, 4.2). */
final class BoxReader {
    private final byte[] file;
    private final int end;
    private int position;

    /** One box: its type, and where in the file its body stands. */
    static final class Box {
        private final byte[] file;
        private final String type;
        private final int start;
        private final int end;

        private Box(byte[] file, String type, int start, int end) {
            this.file = file;
            this.type = type;
            this.start = start;
            this.end = end;
        }

        String type() {
            return type;
        }

        /** Reads the body from its beginning, each time anew. */
        BoxReader body() {
            return new BoxReader(file, start, end);
        }

        /** A body that starts with version and flags, which are skipped. */
        BoxReader fullBody() {
            BoxReader body = body();
            body.skip(4);
            return body;
        }
    }

    BoxReader(byte[] file) {
        this(file, 0, file.length);
    }

    private BoxReader(byte[] file, int start, int end) {
        this.file = file;
        this.position = start;
        this.end = end;
    }

    boolean atEnd() {
        return position == end;
    }

    Box box() {
        int start = position;
        long size = unsigned(4);
        String type = fourCc();
        if (size == 1) {
            size = unsigned(8);
        } else if (size == 0) {
            size = (long) end - start;
        }
        if (size < position - start || size > end - start) {
            throw unreadable("a box is cut off");
        }
        Box box = new Box(file, type, position, start + (int) size);
        position = box.end;
        return box;
    }

    /** A big-endian number of 0 to 8 bytes; one of 8 may come out negative. */
    long unsigned(int bytes) {
        require(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (file[position++] & 0xFF);
        }
        return value;
    }

    int u8() {
        return (int) unsigned(1);
    }

    int u16() {
        return (int) unsigned(2);
    }

    /** 32 bits that are an identifier or signed; a length is read with {@link #unsigned}. */
    int i32() {
        return (int) unsigned(4);
    }

    String fourCc() {
        require(4);
        position += 4;
        return new String(file, position - 4, 4, ISO_8859_1);
    }

    /** Up to a zero byte or the end. */
    String text() {
        int start = position;
        while (position < end && file[position] != 0) {
            position++;
        }
        return new String(file, start, position - start, ISO_8859_1);
    }

    void skip(int bytes) {
        require(bytes);
        position += bytes;
    }

    byte[] rest() {
        return Arrays.copyOfRange(file, position, end);
    }

    /** A part of what is left, by an offset and a length that the file declares. */
    byte[] part(long offset, long length) {
        int left = end - position;
        if (offset < 0 || length < 0 || offset > left || length > left - offset) {
            throw unreadable("it is cut off");
        }
        int start = position + (int) offset;
        return Arrays.copyOfRange(file, start, start + (int) length);
    }

    private void require(int bytes) {
        if (bytes > end - position) {
            throw unreadable("a box is cut off");
        }
    }
}
