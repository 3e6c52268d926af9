package glimpse.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;

/** The five kinds of pictures that are taken, told apart by their first bytes and by nothing else. */
public enum ImageFormat {
    JPEG("image/jpeg"),
    PNG("image/png"),
    WEBP("image/webp"),
    GIF("image/gif"),
    AVIF("image/avif");

    private static final int LONGEST_SIGNATURE = 64;

    private final String mimeType;

    ImageFormat(String mimeType) {
        this.mimeType = mimeType;
    }

    public String mimeType() {
        return mimeType;
    }

    /** Empty when the bytes begin like none of the five. */
    public static Optional<ImageFormat> of(byte[] data) {
        String head = new String(data, 0, Math.min(data.length, LONGEST_SIGNATURE), ISO_8859_1);
        return Arrays.stream(values()).filter(format -> format.begins(head)).findFirst();
    }

    private boolean begins(String head) {
        return switch (this) {
            case JPEG -> head.startsWith("\u00ff\u00d8\u00ff");
            case PNG -> head.startsWith("\u0089PNG\r\n\u001a\n");
            case WEBP -> head.startsWith("RIFF") && head.startsWith("WEBP", 8);
            case GIF -> head.startsWith("GIF87a") || head.startsWith("GIF89a");
            // The major brand may be mif1 or miaf with avif among the compatible ones.
            case AVIF -> head.startsWith("ftyp", 4) && (head.contains("avif") || head.contains("avis"));
        };
    }
}
