package glimpse.images;

/** Width and height in pixels. */
record Size(int width, int height) {
    long pixels() {
        return (long) width * height;
    }

    /** The largest size of the same shape within a square; never larger than this one. */
    Size within(int side) {
        int longer = Math.max(width, height);
        return longer <= side ? this : new Size(scaled(width, side, longer), scaled(height, side, longer));
    }

    Size turned() {
        return new Size(/* width= */ height, /* height= */ width);
    }

    private static int scaled(int length, int side, int longer) {
        return Math.max(1, Math.round((float) length * side / longer));
    }

    @Override
    public String toString() {
        return width + "×" + height;
    }
}
