package glimpse.images;

import glimpse.images.ProcessedImage.Variant;
import java.io.IOException;

/** Decodes once and makes everything of that: the full variant of the source, the feed's of the full one, the thumbnail of the feed's. */
final class Variants {
    private static final int FULL_SIDE = VariantKind.FULL.side();
    private static final int FEED_SIDE = VariantKind.FEED.side();
    private static final int THUMBNAIL_SIDE = VariantKind.THUMBNAIL.side();

    /** Readers' buffers, tables, and the encoded variants. */
    private static final long OVERHEAD_BYTES = 4_000_000;

    private final WebpEncoder encoder;
    private final WebpEncoder fullEncoder;

    Variants(int quality, int method, int fullMethod) {
        this.encoder = new WebpEncoder(quality, method);
        this.fullEncoder = new WebpEncoder(quality, fullMethod);
    }

    /** What {@link #of} takes at its peak: the full variant twice (turned upright, or copied for the encoder). */
    Footprint footprint(Source source) {
        Size full = source.size().within(FULL_SIDE);
        long ring = Resampler.heapBytes(source.decodedSize(), source.channels(), full);
        return source.footprint().plusHeap(ring + 2 * full.pixels() * source.channels() + OVERHEAD_BYTES);
    }

    ProcessedImage of(Source source, String sha256, Compression compression) throws IOException {
        DecodedImage fullImage = decode(source);
        Measures measures = Meter.of(fullImage);
        boolean larger = Math.max(fullImage.width(), fullImage.height()) > FEED_SIDE;
        // Encoded first, so that the encoder's copy of it is gone before the others are made.
        Variant full = larger ? encode(fullEncoder, fullImage) : null;
        DecodedImage feedImage = larger ? shrink(fullImage, FEED_SIDE) : fullImage;
        Variant feed = encode(encoder, feedImage);
        DecodedImage middle = Math.min(feedImage.width(), feedImage.height()) < THUMBNAIL_SIDE ? fullImage : feedImage;
        Variant thumbnail = encode(encoder, thumbnail(middle));
        Miniature miniature = Miniature.of(feedImage);
        Size size = source.orientation().of(source.size());
        return new ProcessedImage(
                sha256,
                source.format(),
                size.width(),
                size.height(),
                miniature.blurhash(),
                miniature.perceptualHash(),
                miniature.dominantColor(),
                measures,
                compression,
                thumbnail,
                feed,
                full == null ? feed : full);
    }

    /** What is measured of a picture that is no larger than a full variant. */
    static Measures measures(Source source) throws IOException {
        return Meter.of(decode(source));
    }

    /** A copy that is as wide as this. */
    byte[] narrowed(Source source, int width) throws IOException {
        DecodedImage whole = decode(source);
        Size from = new Size(whole.width(), whole.height());
        Size to = new Size(width, Math.max(1, Math.round((float) from.height() * width / from.width())));
        return encoder.encode(through(Resampler.lanczos(from, whole.channels(), to), whole));
    }

    private static DecodedImage decode(Source source) throws IOException {
        Size from = source.decodedSize();
        Size to = source.size().within(FULL_SIDE);
        ImageSink sink =
                from.equals(to) ? new Collector(to, source.channels()) : Resampler.lanczos(from, source.channels(), to);
        source.decode(sink);
        DecodedImage image = sink.image();
        ColorProfile.of(source.colorProfile()).ifPresent(profile -> profile.convert(image));
        return source.orientation().upright(image);
    }

    private static DecodedImage shrink(DecodedImage image, int side) {
        Size from = new Size(image.width(), image.height());
        return through(Resampler.lanczos(from, image.channels(), from.within(side)), image);
    }

    private static DecodedImage thumbnail(DecodedImage image) {
        Size from = new Size(image.width(), image.height());
        return through(Resampler.square(from, image.channels(), THUMBNAIL_SIDE), image);
    }

    private static DecodedImage through(Resampler resampler, DecodedImage image) {
        image.feed(resampler);
        return resampler.image();
    }

    private static Variant encode(WebpEncoder encoder, DecodedImage image) throws IOException {
        return new Variant(encoder.encode(image), image.width(), image.height());
    }
}
