package glimpse.images;

import static glimpse.images.AvifContainer.unreadable;

/**
 * Where a coded pixel is shown: cropped, turned left by quarters, then mirrored, in the order of ISO/IEC 23000-22,
 * 7.3.6.7. Pixels are written to their final place at once, since a turned copy would double the memory.
 */
record Placement(int left, int top, int croppedWidth, int croppedHeight, int quarterTurns, Mirror mirror) {
    enum Mirror {
        NONE,
        TOP_TO_BOTTOM,
        LEFT_TO_RIGHT
    }

    static Placement of(int width, int height) {
        return new Placement(0, 0, width, height, 0, Mirror.NONE);
    }

    /** By a {@code clap} box: width, height and offset of the centre, all fractions (ISO/IEC 14496-12, 12.1.4). */
    Placement crop(BoxReader clap) {
        long width = Math.floorDiv((long) clap.i32(), denominator(clap.i32()));
        long height = Math.floorDiv((long) clap.i32(), denominator(clap.i32()));
        long cutLeft = offset(croppedWidth - width, clap.i32(), clap.i32());
        long cutTop = offset(croppedHeight - height, clap.i32(), clap.i32());
        boolean inside = width > 0 && cutLeft >= 0 && cutLeft + width <= croppedWidth;
        if (!inside || height <= 0 || cutTop < 0 || cutTop + height > croppedHeight) {
            throw unreadable("it is cropped to more than it has");
        }
        return new Placement((int) cutLeft, (int) cutTop, (int) width, (int) height, quarterTurns, mirror);
    }

    Placement turn(int quarters) {
        return new Placement(left, top, croppedWidth, croppedHeight, quarters, mirror);
    }

    Placement mirror(Mirror axis) {
        return new Placement(left, top, croppedWidth, croppedHeight, quarterTurns, axis);
    }

    int width() {
        return quarterTurns % 2 == 0 ? croppedWidth : croppedHeight;
    }

    int height() {
        return quarterTurns % 2 == 0 ? croppedHeight : croppedWidth;
    }

    /** The first column of the coded picture that is cut off again, after {@link #left}. */
    int right() {
        return left + croppedWidth;
    }

    int bottom() {
        return top + croppedHeight;
    }

    /** The index, in pixels, of coded pixel x, y in the picture as shown. Along a row it grows by a constant step. */
    int index(int x, int y) {
        int fromLeft = x - left;
        int fromTop = y - top;
        int fromRight = croppedWidth - 1 - fromLeft;
        int fromBottom = croppedHeight - 1 - fromTop;
        int column = switch (quarterTurns) {
            case 0 -> fromLeft;
            case 1 -> fromTop;
            case 2 -> fromRight;
            default -> fromBottom;
        };
        int row = switch (quarterTurns) {
            case 0 -> fromTop;
            case 1 -> fromRight;
            case 2 -> fromBottom;
            default -> fromLeft;
        };
        return switch (mirror) {
            case NONE -> row * width() + column;
            case LEFT_TO_RIGHT -> row * width() + width() - 1 - column;
            case TOP_TO_BOTTOM -> (height() - 1 - row) * width() + column;
        };
    }

    private static long offset(long surplus, long numerator, int denominator) {
        long divisor = 2 * denominator(denominator);
        return Math.floorDiv(surplus * (divisor / 2) + 2 * numerator, divisor);
    }

    private static long denominator(int value) {
        if (value <= 0) {
            throw unreadable("its crop is no number");
        }
        return value;
    }
}
