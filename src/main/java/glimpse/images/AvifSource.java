package glimpse.images;

import org.jspecify.annotations.Nullable;

/** AVIF through dav1d; its rows come cropped and upright. */
final class AvifSource implements Source {
    private final AvifContainer avif;
    private final int fileBytes;

    AvifSource(byte[] data) {
        this.avif = AvifContainer.parse(data);
        this.fileBytes = data.length;
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.AVIF;
    }

    @Override
    public Size size() {
        return new Size(avif.width(), avif.height());
    }

    @Override
    public int channels() {
        return avif.alpha() == null ? 3 : 4;
    }

    @Override
    public byte @Nullable [] colorProfile() {
        return avif.iccProfile();
    }

    @Override
    public Footprint footprint() {
        return new Footprint(AvifDecoder.estimatedMemory(avif) + 2L * fileBytes, 0);
    }

    @Override
    public void decode(RowSink rows) {
        AvifDecoder.decode(avif).feed(rows);
    }
}
