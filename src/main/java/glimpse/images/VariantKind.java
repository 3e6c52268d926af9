package glimpse.images;

import java.util.Locale;

/** What is made of every picture, in WebP. */
enum VariantKind {
    /** The middle of it, a square; smaller pictures are enlarged. */
    THUMBNAIL(150),
    FEED(1080),
    FULL(2048);

    private final int side;

    VariantKind(int side) {
        this.side = side;
    }

    /** Of the square that it fits in, in pixels. */
    int side() {
        return side;
    }

    /** How large the variant of a picture is. */
    Size of(Size source) {
        return this == THUMBNAIL ? new Size(side, side) : source.within(side);
    }

    /** As its credentials name it. */
    String title() {
        return name().toLowerCase(Locale.ROOT) + ".webp";
    }
}
