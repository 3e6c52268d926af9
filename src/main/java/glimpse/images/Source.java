package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A picture whose header was read, and nothing more: what decoding it would give and take, and then the decoding. */
interface Source {
    ImageFormat format();

    /** As stored, before it is stood upright. */
    Size size();

    /** Of the rows that decoding gives; smaller than the picture where the decoder itself can scale. */
    default Size decodedSize() {
        return size();
    }

    /** Of the rows that decoding gives: 3, or 4 where a pixel may be transparent. */
    int channels();

    default Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /** An ICC profile that the decoded rows are still to be converted from. */
    default byte @Nullable [] colorProfile() {
        return null;
    }

    /** What is held while decoding, besides the file and what the rows are made into. */
    Footprint footprint();

    /** Gives every row once, from the top. */
    void decode(RowSink rows) throws IOException;

    /**
     * Reads the header.
     *
     * @throws ApiError IMAGE_UNSUPPORTED, IMAGE_UNREADABLE
     */
    static Source of(byte[] data) {
        if (data.length == 0) {
            throw new ApiError(ErrorCode.IMAGE_UNREADABLE, "The image is empty: 0 bytes");
        }
        ImageFormat format = ImageFormat.of(data).orElseThrow(Source::unknown);
        try {
            return switch (format) {
                case JPEG -> new JpegSource(data);
                case PNG -> new PngSource(data);
                case GIF -> new GifSource(data);
                case WEBP -> new WebpSource(data);
                case AVIF -> new AvifSource(data);
            };
        } catch (IndexOutOfBoundsException | BufferUnderflowException cutOff) {
            throw new ApiError(
                            ErrorCode.IMAGE_UNREADABLE, "The " + format + " file is cut off or damaged in its header")
                    .cause(cutOff);
        }
    }

    private static ApiError unknown() {
        String accepted = Arrays.stream(ImageFormat.values()).map(Enum::name).collect(Collectors.joining(", "));
        return new ApiError(
                ErrorCode.IMAGE_UNSUPPORTED,
                "These bytes are none of the kinds of images that are accepted: " + accepted);
    }
}
