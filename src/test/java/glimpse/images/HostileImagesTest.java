package glimpse.images;

import static glimpse.images.Pictures.join;
import static glimpse.images.PipelineFixture.quartersOf;
import static glimpse.images.PipelineFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to exhaust memory, time or the decoder: each is answered quickly, in a heap of 256 MB, and the server lives on. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HostileImagesTest {
    private static final int MEGABYTE = 1 << 20;

    private static PipelineFixture images;

    @BeforeAll
    static void open() {
        images = new PipelineFixture();
    }

    @AfterAll
    static void close() {
        images.close();
    }

    static Stream<Arguments> refused() {
        byte[] pixels = Pictures.deflate(new byte[1000]);
        return Stream.of(
                Arguments.of("PNG of 900 megapixels", Pictures.rawPng(30_000, 30_000, 8, 0, pixels)),
                Arguments.of("PNG of 900 megapixels, 1 bit", Pictures.rawPng(30_000, 30_000, 1, 0, pixels)),
                Arguments.of("PNG of 144 megapixels, RGBA", Pictures.rawPng(12_000, 12_000, 8, 6, pixels)),
                Arguments.of("PNG with a negative side", Pictures.rawPng(-1, 10, 8, 6, pixels)),
                Arguments.of("PNG as long as an int", Pictures.rawPng(Integer.MAX_VALUE, 1, 8, 0, pixels)),
                Arguments.of("PNG without pixels", Pictures.rawPng(0, 0, 8, 0, pixels)),
                Arguments.of("PNG of an unknown kind", Pictures.rawPng(10, 10, 7, 5, pixels)),
                Arguments.of("PNG with too little data", Pictures.rawPng(5_000, 5_000, 8, 6, pixels)),
                Arguments.of("GIF of 900 megapixels", gifOf(30_000, 30_000)),
                Arguments.of("WebP of 268 megapixels in 36 bytes", losslessWebpOf(16_383, 16_383)),
                Arguments.of("WebP of 49 megapixels in 36 bytes", losslessWebpOf(7_000, 7_000)),
                Arguments.of("JPEG of 4290 megapixels", jpegOf(65_500, 65_500)),
                Arguments.of("JPEG without pixels", jpegOf(0, 0)),
                Arguments.of("JPEG of 2000 scans", scans(2_000, 64, 64)),
                Arguments.of("JPEG of 60 scans at 24 megapixels", scans(60, 6_000, 4_000)),
                Arguments.of("JPEG of nothing but markers", new byte[] {-1, -40, -1, -39}),
                Arguments.of("JPEG that begins again", join(new byte[] {-1, -40}, jpegOf(10, 10))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    void it_is_refused_at_once(String name, byte[] data) {
        ApiError error = images.refusal(data);
        assertThat(error.code())
                .isIn(ErrorCode.IMAGE_TOO_LARGE, ErrorCode.IMAGE_UNREADABLE, ErrorCode.IMAGE_UNSUPPORTED);
        assertThat(error.getMessage()).isNotEqualTo(error.code().message());
    }

    private static byte[] gifOf(int width, int height) {
        byte[] gif = Pictures.gif(Pictures.quarters(4, 4));
        gif[6] = gif[17] = (byte) width;
        gif[7] = gif[18] = (byte) (width >> 8);
        gif[8] = gif[19] = (byte) height;
        gif[9] = gif[20] = (byte) (height >> 8);
        int table = 3 << ((gif[10] & 7) + 1);
        int descriptor = 13 + table;
        while (gif[descriptor] != 0x2c) {
            descriptor++;
        }
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(descriptor + 5, (short) width)
                .putShort(descriptor + 7, (short) height);
        return gif;
    }

    private static byte[] losslessWebpOf(int width, int height) {
        byte[] webp = Arrays.copyOf(Pictures.losslessWebp(Pictures.quarters(4, 4)), 36);
        ByteBuffer.wrap(webp)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, 28)
                .putInt(16, 16)
                .putInt(21, (width - 1) | ((height - 1) << 14));
        return webp;
    }

    private static byte[] jpegOf(int width, int height) {
        byte[] jpeg = Pictures.jpeg(Pictures.quarters(8, 8));
        setSize(jpeg, 0xc0, width, height);
        return jpeg;
    }

    private static void setSize(byte[] jpeg, int frame, int width, int height) {
        int at = indexOf(jpeg, frame);
        ByteBuffer.wrap(jpeg).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
    }

    private static int indexOf(byte[] jpeg, int marker) {
        int at = 2;
        while (jpeg[at] != -1 || jpeg[at + 1] != (byte) marker) {
            at++;
        }
        return at;
    }

    /** The last scan again and again. */
    private static byte[] scans(int count, int width, int height) {
        byte[] jpeg = Pictures.progressiveJpeg(Pictures.quarters(64, 64));
        setSize(jpeg, 0xc2, width, height);
        int last = jpeg.length - 2;
        while (jpeg[last] != -1 || jpeg[last + 1] != (byte) 0xda) {
            last--;
        }
        byte[] scan = Arrays.copyOfRange(jpeg, last, jpeg.length - 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, last);
        for (int i = 0; i < count; i++) {
            out.writeBytes(scan);
        }
        out.write(jpeg, jpeg.length - 2, 2);
        return out.toByteArray();
    }

    @Test
    void bombs_in_metadata_are_never_inflated() {
        byte[] bomb = zeros(200);
        byte[] named = join(new byte[] {'x', 0, 0}, bomb);
        byte[] png = Pictures.png(Pictures.quarters(40, 40));
        byte[] palette = Pictures.png(Pictures.quarters(40, 40, BufferedImage.TYPE_BYTE_INDEXED));
        for (String chunk : List.of("iCCP", "zTXt")) {
            assertThat(quartersOf(images.process(Pictures.withChunk(png, chunk, named))
                            .feed()))
                    .isEqualTo("RGBY");
            assertThat(quartersOf(images.process(Pictures.withChunk(palette, chunk, named))
                            .feed()))
                    .isEqualTo("RGBY");
        }
    }

    /** So many megabytes of zeros, deflated. */
    private static byte[] zeros(int megabytes) {
        Deflater deflater = new Deflater(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[MEGABYTE];
        byte[] buffer = new byte[MEGABYTE];
        for (int i = 0; i < megabytes; i++) {
            deflater.setInput(block);
            if (i == megabytes - 1) {
                deflater.finish();
            }
            while (!deflater.needsInput() || (i == megabytes - 1 && !deflater.finished())) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        deflater.end();
        return out.toByteArray();
    }

    @Test
    void a_profile_of_garbage_is_ignored() {
        byte[] garbage = new byte[8_000_000];
        new Random(1).nextBytes(garbage);
        byte[] jpeg = Pictures.withProfile(Pictures.jpeg(Pictures.quarters(40, 40)), garbage);
        assertThat(quartersOf(images.process(jpeg).feed())).isEqualTo("RGBY");
        byte[] inks = Pictures.withProfile(resource("cmyk.jpg"), Arrays.copyOf(garbage, 100_000));
        assertThat(images.process(inks).sourceWidth()).isEqualTo(96);
        byte[] png = Pictures.png(Pictures.quarters(40, 40));
        byte[] profile = join(new byte[] {'x', 0, 0}, Pictures.deflate(Arrays.copyOf(garbage, 3_000)));
        assertThat(quartersOf(
                        images.process(Pictures.withChunk(png, "iCCP", profile)).feed()))
                .isEqualTo("RGBY");
    }

    @Test
    void of_ten_thousand_frames_only_the_first_is_looked_at() {
        byte[] gif = resource("animated.gif");
        int first = gif.length - 1;
        byte[][] frames = new byte[10_000][];
        Arrays.fill(frames, Arrays.copyOfRange(gif, 800 > first ? first / 2 : 800, first));
        byte[] many = join(Arrays.copyOf(gif, first), join(frames), new byte[] {0x3b});
        assertThat(quartersOf(images.process(many).feed())).isEqualTo("RGBY");
    }

    @Test
    void a_file_above_the_limit_is_not_even_read() {
        ApiError error = images.refusal(new byte[10_000_001]);
        assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_TOO_LARGE);
        assertThat(error.getMessage()).contains("10,000,001").contains("10,000,000");
    }

    @Test
    void forty_nine_megapixels_are_decoded_in_rows() {
        byte[] png = Pictures.rawPng(7_000, 7_000, 8, 6, zeros(7_000 * 28_001 / MEGABYTE + 1));
        ProcessedImage image = images.process(png);
        assertThat(image.full().width()).isEqualTo(2048);
        assertThat(image.perceptualHash()).isNull();
    }

    /** The JDK's reader takes pixels that are missing for the first colour. */
    @Test
    void a_gif_of_forty_nine_megapixels_in_few_bytes_does_no_harm() {
        assertThat(images.process(gifOf(7_000, 7_000)).sourceWidth()).isEqualTo(7_000);
    }

    @Test
    void a_picture_that_this_heap_can_not_hold_is_refused_with_the_reason() {
        byte[] png = Pictures.rawPng(7_000, 7_000, 8, 6, zeros(1));
        png[28] = 1;
        ApiError error = images.refusal(png);
        assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_TOO_LARGE);
        assertThat(error.getMessage()).contains("7000×7000").contains("MB");
    }

    @Test
    void a_picture_that_takes_too_long_is_given_up() {
        ImagePipeline.Settings all = PipelineFixture.settings();
        ImagePipeline.Settings hasty = new ImagePipeline.Settings(
                all.maxBytes(),
                all.maxPixels(),
                all.maxSide(),
                Duration.ofMillis(5),
                1,
                1,
                all.quality(),
                all.method(),
                all.fullMethod(),
                all.nativeDirectory());
        try (PipelineFixture fixture = new PipelineFixture(hasty)) {
            ApiError error = fixture.refusal(Pictures.progressiveJpeg(Pictures.gradient(4_000, 3_000)));
            assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE);
            assertThat(error.getMessage()).contains("longer than");
        }
    }

    @Test
    void eight_clients_with_large_pictures_are_all_served() {
        byte[] jpeg = Pictures.progressiveJpeg(Pictures.gradient(4_000, 3_000));
        List<ProcessedImage> done = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> images.process(jpeg), runnable -> new Thread(runnable).start()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(done)
                .hasSize(8)
                .allSatisfy(image -> assertThat(image.full().width()).isEqualTo(2048));
    }

    static Stream<byte[]> healthy() {
        BufferedImage picture = Pictures.quarters(48, 32);
        BufferedImage translucent = Pictures.quarters(48, 32, BufferedImage.TYPE_4BYTE_ABGR);
        return Stream.of(
                Pictures.jpeg(picture),
                Pictures.progressiveJpeg(picture),
                resource("cmyk.jpg"),
                Pictures.png(picture),
                Pictures.interlacedPng(translucent),
                resource("palette-alpha.png"),
                resource("16-bit.png"),
                resource("animated.gif"),
                Pictures.webp(picture),
                Pictures.losslessWebp(translucent),
                Pictures.riff(
                        Pictures.vp8x(0x12, 100, 60),
                        Pictures.riffChunk("ANIM", new byte[6]),
                        Pictures.anmf(2, 2, 48, 32, Pictures.webp(picture))));
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void a_file_cut_off_anywhere_is_refused(byte[] data) {
        for (int length = 0; length < data.length * 9 / 10; length += Math.max(1, data.length / 60)) {
            byte[] cut = Arrays.copyOf(data, length);
            // The first frame of an animation may be whole while the others are missing.
            if (ImageFormat.of(data).orElseThrow() == ImageFormat.GIF) {
                images.outcome(cut);
            } else {
                images.refusal(cut);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("healthy")
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void a_damaged_file_is_decoded_or_refused_and_nothing_else(byte[] data) {
        ImagePipeline.Settings all = PipelineFixture.settings();
        ImagePipeline.Settings small = new ImagePipeline.Settings(
                all.maxBytes(), 100_000, 1_000, all.deadline(), 2, 32, 50, 0, 0, all.nativeDirectory());
        Random random = new Random(42);
        try (PipelineFixture fixture = new PipelineFixture(small)) {
            for (int i = 0; i < 400; i++) {
                fixture.outcome(damaged(data, random));
            }
        }
    }

    private static byte[] damaged(byte[] data, Random random) {
        byte[] damaged = data.clone();
        // Half of the damage goes to the headers, where it does more.
        int range = random.nextBoolean() ? data.length : Math.min(data.length, 120);
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
            damaged[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_server_that_saw_hostile_files_still_works(int round) {
        refused().forEach(arguments -> images.outcome((byte[]) arguments.get()[1]));
        assertThat(quartersOf(images.process(Pictures.jpeg(Pictures.quarters(40 * round, 40)))
                        .feed()))
                .isEqualTo("RGBY");
    }
}
