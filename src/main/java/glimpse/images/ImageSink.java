package glimpse.images;

/** A sink that makes a picture of the rows it was given. */
interface ImageSink extends RowSink {
    /** Without an alpha channel where every pixel was opaque. */
    DecodedImage image();
}
