package glimpse.images;

import static glimpse.images.AvifContainer.unreadable;

/** The sequence header of an AV1 stream, as far as it tells size, depth and colour (AV1 specification, 5.5). */
record Av1Sequence(int maxWidth, int maxHeight, int bitDepth, YuvCoding coding) {
    private static final int SEQUENCE_HEADER = 1;
    private static final int BT709 = 1;
    private static final int SRGB_TRANSFER = 13;

    static Av1Sequence parse(byte[] stream) {
        return new Parser(new Bits(stream)).find();
    }

    private static final class Bits {
        private final byte[] bytes;
        private long position;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        int read(int count) {
            long value = 0;
            for (int i = 0; i < count; i++, position++) {
                if (position >> 3 >= bytes.length) {
                    throw unreadable("its AV1 stream is cut off");
                }
                value = value << 1 | ((bytes[(int) (position >> 3)] >> (7 - (position & 7))) & 1);
            }
            return (int) value;
        }

        boolean flag() {
            return read(1) == 1;
        }

        void skip(long count) {
            position += count;
        }

        long leb128() {
            long value = 0;
            for (int i = 0; i < 8; i++) {
                int next = read(8);
                value |= (next & 0x7FL) << (7 * i);
                if (next < 0x80) {
                    break;
                }
            }
            return value;
        }

        void skipUvlc() {
            int zeros = 0;
            while (!flag()) {
                zeros++;
            }
            skip(zeros < 32 ? zeros : 0);
        }
    }

    private record Parser(Bits in) {
        Av1Sequence find() {
            while (true) {
                in.skip(1);
                int type = in.read(4);
                boolean extended = in.flag();
                boolean sized = in.flag();
                in.skip(extended ? 9 : 1);
                long size = sized ? in.leb128() : 0;
                if (type == SEQUENCE_HEADER) {
                    return header();
                }
                if (!sized) {
                    throw unreadable("its AV1 stream has no header");
                }
                in.skip(size * 8);
            }
        }

        private Av1Sequence header() {
            int profile = in.read(3);
            in.skip(1);
            boolean reduced = in.flag();
            if (reduced) {
                in.skip(5);
            } else {
                skipTimingAndOperatingPoints();
            }
            int widthBits = in.read(4) + 1;
            int heightBits = in.read(4) + 1;
            int width = in.read(widthBits) + 1;
            int height = in.read(heightBits) + 1;
            if (!reduced && in.flag()) {
                in.skip(7); // lengths of frame numbers
            }
            in.skip(3);
            if (!reduced) {
                skipTools();
            }
            in.skip(3);
            return colour(profile, width, height);
        }

        private void skipTimingAndOperatingPoints() {
            boolean decoderModel = false;
            int delayBits = 0;
            if (in.flag()) {
                in.skip(64);
                if (in.flag()) {
                    in.skipUvlc();
                }
                decoderModel = in.flag();
                if (decoderModel) {
                    delayBits = in.read(5) + 1;
                    in.skip(42);
                }
            }
            boolean displayDelay = in.flag();
            for (int points = in.read(5) + 1; points > 0; points--) {
                in.skip(12);
                if (in.read(5) > 7) {
                    in.skip(1);
                }
                if (decoderModel && in.flag()) {
                    in.skip(2 * delayBits + 1);
                }
                if (displayDelay && in.flag()) {
                    in.skip(4);
                }
            }
        }

        private void skipTools() {
            in.skip(4);
            boolean orderHint = in.flag();
            in.skip(orderHint ? 2 : 0);
            boolean perFrame = in.flag();
            boolean anyScreenContent = perFrame || in.flag();
            if (anyScreenContent && !in.flag()) {
                in.skip(1);
            }
            in.skip(orderHint ? 3 : 0);
        }

        private Av1Sequence colour(int profile, int width, int height) {
            boolean high = in.flag();
            int depth = !high ? 8 : profile == 2 && in.flag() ? 12 : 10;
            boolean mono = profile != 1 && in.flag();
            int primaries = YuvCoding.UNSPECIFIED;
            int transfer = YuvCoding.UNSPECIFIED;
            int matrix = YuvCoding.UNSPECIFIED;
            if (in.flag()) {
                primaries = in.read(8);
                transfer = in.read(8);
                matrix = in.read(8);
            }
            boolean rgb = primaries == BT709 && transfer == SRGB_TRANSFER && matrix == YuvCoding.IDENTITY;
            boolean fullRange = (!mono && rgb) || in.flag();
            return new Av1Sequence(width, height, depth, new YuvCoding(matrix, fullRange));
        }
    }
}
