package glimpse.images;

import static glimpse.http.ErrorCode.IMAGE_TOO_LARGE;
import static glimpse.images.AvifContainer.unreadable;
import static glimpse.images.AvifContainer.unsupported;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.wasm.ChicoryException;
import glimpse.http.ApiError;
import java.util.function.IntFunction;

/** Decodes 8-bit AVIF pictures. A thread that is interrupted stops within milliseconds. */
final class AvifDecoder {
    private static final int RGB = 3;
    private static final int RGBA = 4;

    /** The way from a decoded tile to rows of samples. */
    private interface Rows {
        IntFunction<byte[]> of(Av1Frame frame, Av1Sequence sequence);
    }

    private final AvifContainer avif;
    private final Placement placement;
    private final int channels;
    private final byte[] samples;

    private AvifDecoder(AvifContainer avif) {
        this.avif = avif;
        this.placement = avif.placement();
        this.channels = avif.alpha() == null ? RGB : RGBA;
        this.samples = new byte[size(avif.width(), avif.height(), channels)];
    }

    /**
     * The most heap, in bytes, that decoding takes, its result included, copies of the file not: those are two at most.
     * Tiles and transparency are decoded one after another, each in a memory that can't grow beyond this.
     */
    static long estimatedMemory(AvifContainer avif) {
        AvifLayer alpha = avif.alpha();
        long colour = Dav1dModule.memory(avif.colour().tile());
        long decoder = alpha == null ? colour : Math.max(colour, Dav1dModule.memory(alpha.tile()));
        return decoder + (long) avif.width() * avif.height() * (alpha == null ? RGB : RGBA);
    }

    static DecodedImage decode(byte[] data) {
        return decode(AvifContainer.parse(data));
    }

    static DecodedImage decode(AvifContainer avif) {
        if (avif.bitDepth() > 8) {
            throw unsupported("an AVIF of " + avif.bitDepth() + " bits per sample; 8 are the most");
        }
        try {
            return new AvifDecoder(avif).decode();
        } catch (OutOfMemoryError e) {
            throw tooLarge("it needs more memory than there is").cause(e);
        } catch (ChicoryInterruptedException e) {
            throw tooLarge("it takes too long to decode").cause(e);
        } catch (ChicoryException e) {
            throw unreadable("its AV1 stream is damaged").cause(e);
        }
    }

    private static ApiError tooLarge(String reason) {
        return new ApiError(IMAGE_TOO_LARGE, IMAGE_TOO_LARGE.message() + ": " + reason);
    }

    private static int size(int width, int height, int channels) {
        long size = (long) width * height * channels;
        if (size > Integer.MAX_VALUE - 8) {
            throw tooLarge("it has too many pixels");
        }
        return (int) size;
    }

    private DecodedImage decode() {
        decodeTiles(avif.colour(), this::colourRows, RGB, 0);
        AvifLayer alpha = avif.alpha();
        if (alpha != null) {
            decodeTiles(alpha, AvifDecoder::alphaRows, 1, RGB);
            if (avif.premultiplied()) {
                divideByAlpha();
            }
        }
        return new DecodedImage(avif.width(), avif.height(), channels, samples);
    }

    private IntFunction<byte[]> colourRows(Av1Frame frame, Av1Sequence sequence) {
        return new YuvToRgb(frame, avif.coding().orElse(sequence.coding()))::row;
    }

    private static IntFunction<byte[]> alphaRows(Av1Frame frame, Av1Sequence sequence) {
        return sequence.coding().fullRange() ? frame::luma : row -> YuvToRgb.stretch(frame.luma(row));
    }

    /** Writes a layer's tiles as {@code width} channels of the picture, from channel {@code first} on. */
    private void decodeTiles(AvifLayer layer, Rows rows, int width, int first) {
        for (int i = 0; i < layer.tiles().size(); i++) {
            int left = i % layer.columns() * layer.tile().width();
            int top = i / layer.columns() * layer.tile().height();
            byte[] stream = avif.stream(layer.tiles().get(i));
            Av1Sequence sequence = checked(Av1Sequence.parse(stream), layer.tile());
            Av1Frame frame = decode(stream, layer.tile());
            IntFunction<byte[]> source = rows.of(frame, sequence);
            int bottom = Math.min(placement.bottom(), top + layer.tile().height());
            for (int y = Math.max(placement.top(), top); y < bottom; y++) {
                write(source.apply(y - top), left, y, width, first);
            }
        }
    }

    private void write(byte[] row, int left, int y, int width, int first) {
        int start = Math.max(placement.left(), left);
        int end = Math.min(placement.right(), left + row.length / width);
        int step = channels * (placement.index(start + 1, y) - placement.index(start, y));
        int to = channels * placement.index(start, y) + first;
        for (int from = (start - left) * width, last = (end - left) * width; from < last; from += width, to += step) {
            for (int channel = 0; channel < width; channel++) {
                samples[to + channel] = row[from + channel];
            }
        }
    }

    /** The size in the AV1 stream is what dav1d will take memory for. */
    private static Av1Sequence checked(Av1Sequence sequence, AvifLayer.Tile tile) {
        if (sequence.bitDepth() > 8) {
            throw unsupported("an AVIF of " + sequence.bitDepth() + " bits per sample; 8 are the most");
        }
        if (sequence.maxWidth() > tile.width() || sequence.maxHeight() > tile.height()) {
            throw unreadable("its AV1 stream is larger than declared");
        }
        return sequence;
    }

    private static Av1Frame decode(byte[] stream, AvifLayer.Tile tile) {
        long memory = Dav1dModule.memory(tile) + stream.length;
        Av1Frame frame = new Dav1dModule(memory).decode(stream);
        if (frame.width() != tile.width() || frame.height() != tile.height()) {
            throw unreadable("its AV1 stream is smaller than declared");
        }
        return frame;
    }

    private void divideByAlpha() {
        for (int i = 0; i < samples.length; i += RGBA) {
            int alpha = samples[i + RGB] & 0xFF;
            for (int channel = i; channel < i + RGB; channel++) {
                int value = samples[channel] & 0xFF;
                samples[channel] = (byte) (alpha == 0 ? 0 : Math.min(255, (value * 255 + alpha / 2) / alpha));
            }
        }
    }
}
