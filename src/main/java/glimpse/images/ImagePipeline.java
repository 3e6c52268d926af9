package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import glimpse.http.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/** Makes an uploaded file into the variants that are shown, and into what is told of it: bounded in time and memory, whatever the file. */
public final class ImagePipeline implements AutoCloseable {
    /**
     * The limits, and how variants are encoded.
     *
     * @param maxSide the most pixels in either direction
     * @param deadline for one image, from when a worker takes it up
     * @param workers how many images are processed at once; fewer where the heap is small
     * @param queue how many images may wait for a worker
     * @param quality of WebP, 0 to 100
     * @param method of WebP for thumbnail and feed, 0 (fast) to 6 (small)
     * @param fullMethod the same for the full variant, where it is larger than the feed's
     * @param nativeDirectory where the native library is unpacked; must not be mounted noexec, and must belong to this
     *     process alone
     */
    public record Settings(
            long maxBytes,
            long maxPixels,
            int maxSide,
            Duration deadline,
            int workers,
            int queue,
            int quality,
            int method,
            int fullMethod,
            Path nativeDirectory) {}

    /** Before a file's header is read, and memory for the rest borrowed, a worker holds the file twice. */
    private static final long HEAP_BYTES_PER_WORKER = 64 << 20;

    /** Copies of variants are made one at a time, so that uploads never wait for those who only look. */
    private static final int NARROWING_QUEUE = 16;

    private final Settings settings;
    private final Workers workers;
    private final Workers narrowing;
    private final MemoryBudget memory;
    private final Variants variants;

    public ImagePipeline(Settings settings) {
        NativeLibrary.unpackTo(settings.nativeDirectory());
        this.settings = settings;
        long heap = Runtime.getRuntime().maxMemory();
        int most = (int) Math.max(1, heap / HEAP_BYTES_PER_WORKER);
        this.workers = new Workers(Math.min(settings.workers(), most), settings.queue(), settings.deadline());
        this.narrowing = new Workers(1, NARROWING_QUEUE, settings.deadline());
        this.memory = new MemoryBudget(heap, settings.deadline().dividedBy(2));
        this.variants = new Variants(settings.quality(), settings.method(), settings.fullMethod());
    }

    /**
     * Blocks until done. The file is read only when a worker takes it up, so that images that wait take no memory.
     *
     * @throws ApiError IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE, IMAGE_UNREADABLE; SERVICE_UNAVAILABLE when too many wait
     */
    public ProcessedImage process(Path original) {
        return workers.run(() -> decode(read(original)));
    }

    /**
     * What is measured of a full variant, for a picture of which the original is gone.
     *
     * @throws ApiError as {@link #process}
     */
    Measures measure(byte[] full) {
        return workers.run(() -> within(full, Variants::measures));
    }

    /**
     * A copy of a variant, as wide as this.
     *
     * @throws ApiError NOT_FOUND when pages ask for that width of another variant, or of none; SERVICE_UNAVAILABLE when too many wait
     */
    byte[] narrowed(Path variant, int width) {
        if (!isMade(new WebpHeader(read(variant)).canvas(), width)) {
            throw new ApiError(ErrorCode.NOT_FOUND, "This file is not made as wide as that");
        }
        return narrowing.run(() -> within(read(variant), source -> variants.narrowed(source, width)));
    }

    // Of the variant for feeds where that is wider, and else of the full one: no width is made of both.
    private static boolean isMade(Size variant, int width) {
        Size feed = VariantKind.FEED.of(variant);
        return width < variant.width() && (feed.equals(variant) || width >= feed.width());
    }

    private byte[] read(Path original) {
        try {
            long bytes = Files.size(original);
            if (bytes > settings.maxBytes()) {
                throw new ApiError(
                        ErrorCode.IMAGE_TOO_LARGE,
                        String.format(
                                Locale.ROOT, "The image has %,d bytes; %,d are allowed", bytes, settings.maxBytes()));
            }
            return Files.readAllBytes(original);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    ProcessedImage decode(byte[] data) throws InterruptedException {
        return within(data, source -> {
            String sha256 = HexFormat.of().formatHex(Sha256.of(data));
            return variants.of(source, sha256, Compression.of(source.format(), data));
        });
    }

    /** What is done with a picture whose header was read. */
    private interface Work<T> {
        T with(Source source) throws IOException;
    }

    private <T> T within(byte[] data, Work<T> work) throws InterruptedException {
        try {
            Source source = Source.of(data);
            checkSize(source);
            MemoryBudget.Loan loan = memory.borrow(variants.footprint(source).plusHeap(data.length), describe(source));
            try {
                return work.with(source);
            } finally {
                loan.giveBack();
            }
        } catch (OutOfMemoryError tooMuch) {
            throw new ApiError(ErrorCode.IMAGE_TOO_LARGE, "The image takes more memory than this server has to spare")
                    .cause(tooMuch);
        } catch (ApiError | InterruptedException told) {
            throw told;
        } catch (IOException | RuntimeException broken) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "The server is stopping").cause(broken);
            }
            // Readers throw whatever comes to them on damaged input: NegativeArraySize, ArrayIndexOutOfBounds, …
            throw new ApiError(ErrorCode.IMAGE_UNREADABLE, "The image can't be decoded: it is damaged or cut off")
                    .cause(broken);
        }
    }

    private void checkSize(Source source) {
        Size size = source.size();
        if (size.width() < 1 || size.height() < 1) {
            throw new ApiError(ErrorCode.IMAGE_UNREADABLE, "The image has no pixels: it says " + size);
        }
        if (Math.max(size.width(), size.height()) > settings.maxSide() || size.pixels() > settings.maxPixels()) {
            throw new ApiError(
                    ErrorCode.IMAGE_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "The image has %s pixels; at most %,d on a side and %,d in all are allowed",
                            size,
                            settings.maxSide(),
                            settings.maxPixels()));
        }
    }

    private static String describe(Source source) {
        return "this " + source.format() + " of " + source.size() + " pixels";
    }

    /**
     * Of a file, in hexadecimal: tells a picture that is known already from one that has to be decoded. Every caller is
     * let in at once, before any has to wait for a worker, so none may hold its file in memory.
     */
    static String sha256(Path original) {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(original), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        workers.close();
        narrowing.close();
    }
}
