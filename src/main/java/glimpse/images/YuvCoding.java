package glimpse.images;

/** How samples stand for colour: the matrix by its number in ITU-T H.273, table 4, and whether the range is full. */
record YuvCoding(int matrix, boolean fullRange) {
    static final int IDENTITY = 0;
    static final int UNSPECIFIED = 2;
}
