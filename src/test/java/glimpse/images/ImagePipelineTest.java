package glimpse.images;

import static glimpse.images.PipelineFixture.decode;
import static glimpse.images.PipelineFixture.quartersOf;
import static glimpse.images.PipelineFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.ErrorCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of the pipeline, for pictures as people and models make them. */
final class ImagePipelineTest {
    private static PipelineFixture images;

    @BeforeAll
    static void open() {
        images = new PipelineFixture();
    }

    @Test
    void a_file_larger_than_the_heap_is_hashed(@TempDir Path folder) throws IOException {
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(300 << 20);
        }
        assertThat(ImagePipeline.sha256(large)).hasSize(64);
    }

    @AfterAll
    static void close() {
        images.close();
    }

    @Test
    void a_large_picture_becomes_three_variants() {
        ProcessedImage image = images.process(Pictures.png(Pictures.quarters(2500, 1250)));
        assertThat(image.format()).isEqualTo(ImageFormat.PNG);
        assertThat(image.sourceWidth()).isEqualTo(2500);
        assertThat(image.sourceHeight()).isEqualTo(1250);
        assertThat(image.full().width()).isEqualTo(2048);
        assertThat(image.full().height()).isEqualTo(1024);
        assertThat(image.feed().width()).isEqualTo(1080);
        assertThat(image.feed().height()).isEqualTo(540);
        assertThat(image.thumbnail().width()).isEqualTo(150);
        assertThat(image.thumbnail().height()).isEqualTo(150);
        assertThat(quartersOf(image.full())).isEqualTo("RGBY");
        assertThat(quartersOf(image.feed())).isEqualTo("RGBY");
        assertThat(quartersOf(image.thumbnail())).isEqualTo("RGBY");
    }

    @Test
    void a_picture_that_fits_the_feed_is_encoded_once_and_never_enlarged() {
        ProcessedImage image = images.process(Pictures.png(Pictures.quarters(1080, 300)));
        assertThat(image.full()).isSameAs(image.feed());
        assertThat(image.feed().width()).isEqualTo(1080);
        assertThat(image.feed().height()).isEqualTo(300);
    }

    @Test
    void the_thumbnail_is_the_middle_of_the_picture() {
        BufferedImage wide = Pictures.plain(600, 100, Color.RED);
        wide.createGraphics().drawImage(Pictures.plain(100, 100, Color.BLUE), 250, 0, null);
        BufferedImage thumbnail = decode(images.process(Pictures.png(wide)).thumbnail());
        assertThat(PipelineFixture.near(thumbnail, 10, 75, Color.BLUE)).isTrue();
        assertThat(PipelineFixture.near(thumbnail, 140, 75, Color.BLUE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 16000", "16000, 1", "3, 2", "16383, 2", "149, 151"})
    void a_picture_of_any_shape_gets_its_variants(int width, int height) {
        ProcessedImage image = images.process(Pictures.png(Pictures.quarters(width, height)));
        assertThat(image.sourceWidth()).isEqualTo(width);
        assertThat(image.sourceHeight()).isEqualTo(height);
        assertThat(decode(image.thumbnail()).getWidth()).isEqualTo(150);
        assertThat(decode(image.full()).getWidth()).isBetween(1, 2048);
        assertThat(image.blurhash()).hasSize(28);
    }

    @Test
    void the_hash_is_of_the_original_bytes() {
        byte[] gif = Pictures.gif(Pictures.quarters(20, 20));
        assertThat(images.process(gif).sha256())
                .hasSize(64)
                .isEqualTo(images.process(gif).sha256());
        assertThat(images.process(resource("cmyk.jpg")).sha256())
                .isEqualTo("abc8a30ec9ff16a83758d4736833c0eb91e00d5c622c85dbbf91dfae5659654f");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_picture_on_its_side_is_turned_upright(int orientation) {
        String[] stored = {"", "RGBY", "GRYB", "BYRG", "YBGR", "RYBG", "GBYR", "BGRY", "YRGB"};
        BufferedImage sideways = turned(stored[orientation], orientation < 5 ? 320 : 160);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            byte[] exif = Pictures.exif(orientation, order);
            ProcessedImage jpeg = images.process(Pictures.withSegment(Pictures.jpeg(sideways), 0xe1, "Exif\0\0", exif));
            assertThat(quartersOf(jpeg.feed())).isEqualTo("RGBY");
            assertThat(jpeg.sourceWidth()).isEqualTo(320);
            ProcessedImage png = images.process(Pictures.withChunk(Pictures.png(sideways), "eXIf", exif));
            assertThat(quartersOf(png.feed())).isEqualTo("RGBY");
            assertThat(quartersOf(images.process(webpWithExif(sideways, exif)).feed()))
                    .isEqualTo("RGBY");
        }
    }

    /** Quarters in the given order, 320×160 or 160×320. */
    private static BufferedImage turned(String order, int width) {
        int height = 480 - width;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        int[][] corners = {{0, 0}, {width / 2, 0}, {width / 2, height / 2}, {0, height / 2}};
        for (int i = 0; i < 4; i++) {
            Color color = switch (order.charAt(i)) {
                case 'R' -> Color.RED;
                case 'G' -> Color.GREEN;
                case 'B' -> Color.BLUE;
                default -> Color.YELLOW;
            };
            image.createGraphics()
                    .drawImage(Pictures.plain(width / 2, height / 2, color), corners[i][0], corners[i][1], null);
        }
        return image;
    }

    private static byte[] webpWithExif(BufferedImage image, byte[] exif) {
        byte[] still = Pictures.webp(image);
        byte[] pixels = Arrays.copyOfRange(still, 12, still.length);
        return Pictures.riff(
                Pictures.vp8x(0x08, image.getWidth(), image.getHeight()), pixels, Pictures.riffChunk("EXIF", exif));
    }

    @Test
    void a_broken_orientation_is_no_orientation() {
        byte[] jpeg = Pictures.jpeg(Pictures.quarters(64, 64));
        for (byte[] exif : new byte[][] {{}, {'M', 'M'}, Pictures.exif(9, ByteOrder.BIG_ENDIAN), new byte[26]}) {
            ProcessedImage image = images.process(Pictures.withSegment(jpeg, 0xe1, "Exif\0\0", exif));
            assertThat(quartersOf(image.feed())).isEqualTo("RGBY");
        }
    }

    @Test
    void no_metadata_survives() {
        byte[] secret = "GPS 48.2082 N 16.3738 E".getBytes(StandardCharsets.ISO_8859_1);
        byte[] jpeg = Pictures.withSegment(Pictures.jpeg(Pictures.quarters(64, 64)), 0xe1, "Exif\0\0", secret);
        byte[] png = Pictures.withChunk(Pictures.png(Pictures.quarters(64, 64)), "tEXt", secret);
        for (byte[] data : new byte[][] {jpeg, png}) {
            String webp = new String(images.process(data).feed().webp(), StandardCharsets.ISO_8859_1);
            assertThat(webp).doesNotContain("GPS").doesNotContain("EXIF").doesNotContain("ICCP");
        }
    }

    @Test
    void every_kind_of_jpeg_is_read() {
        assertThat(quartersOf(images.process(Pictures.jpeg(Pictures.quarters(300, 200)))
                        .feed()))
                .isEqualTo("RGBY");
        assertThat(quartersOf(images.process(Pictures.progressiveJpeg(Pictures.quarters(300, 200)))
                        .feed()))
                .isEqualTo("RGBY");
        assertThat(quartersOf(images.process(Pictures.progressiveJpeg(Pictures.quarters(3000, 2000)))
                        .full()))
                .isEqualTo("RGBY");
        assertThat(quartersOf(
                        images.process(resource("subsampled-progressive.jpg")).feed()))
                .isEqualTo("RGBY");
    }

    @Test
    void a_gray_jpeg_stays_gray_as_bright_as_it_was() {
        BufferedImage gray = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                gray.getRaster().setSample(x, y, 0, 100);
            }
        }
        assertThat(images.process(Pictures.jpeg(gray)).dominantColor()).isEqualTo("#646464");
        assertThat(images.process(Pictures.png(gray)).dominantColor()).isEqualTo("#646464");
    }

    /** As some scanners write them; the JDK's reader alone would take them for RGB. */
    @Test
    void a_jpeg_with_unusual_component_numbers_keeps_its_colours() {
        byte[] jpeg = Pictures.jpeg(Pictures.quarters(300, 200));
        for (int i = 0; i + 18 < jpeg.length; i++) {
            boolean frame = jpeg[i] == -1 && jpeg[i + 1] == (byte) 0xc0;
            boolean scan = jpeg[i] == -1 && jpeg[i + 1] == (byte) 0xda;
            for (int c = 0; c < 3 && (frame || scan); c++) {
                jpeg[i + (frame ? 10 + 3 * c : 5 + 2 * c)]--;
            }
        }
        assertThat(quartersOf(images.process(jpeg).feed())).isEqualTo("RGBY");
    }

    @Test
    void a_jpeg_with_an_adobe_marker_that_does_not_fit_is_read() {
        byte[] inksMarker = {0, 100, 0, 0, 0, 0, 2};
        for (byte[] jpeg : new byte[][] {
            Pictures.jpeg(Pictures.quarters(300, 200)), Pictures.progressiveJpeg(Pictures.quarters(300, 200))
        }) {
            assertThat(quartersOf(images.process(Pictures.withSegment(jpeg, 0xee, "Adobe", inksMarker))
                            .feed()))
                    .isEqualTo("RGBY");
        }
    }

    @Test
    void inks_become_colours() {
        BufferedImage feed = decode(images.process(resource("cmyk.jpg")).feed());
        Color upperLeft = new Color(feed.getRGB(feed.getWidth() / 4, feed.getHeight() / 4));
        Color lowerRight = new Color(feed.getRGB(feed.getWidth() * 3 / 4, feed.getHeight() * 3 / 4));
        assertThat(upperLeft.getRed()).isGreaterThan(upperLeft.getBlue() + 80);
        assertThat(lowerRight.getBlue()).isGreaterThan(lowerRight.getRed() + 80);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_USHORT_565_RGB
            })
    void every_kind_of_png_is_read(int type) {
        BufferedImage quarters = Pictures.quarters(300, 200, type);
        assertThat(quartersOf(images.process(Pictures.png(quarters)).feed())).isEqualTo("RGBY");
        assertThat(quartersOf(images.process(Pictures.interlacedPng(quarters)).feed()))
                .isEqualTo("RGBY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"16-bit.png", "16-bit-alpha.png", "palette.png", "palette-alpha.png"})
    void the_rarer_kinds_of_png_are_read(String name) {
        assertThat(quartersOf(images.process(resource(name)).feed())).isEqualTo("RGBY");
    }

    @Test
    void a_png_too_large_to_stand_in_memory_comes_in_rows() {
        BufferedImage large = Pictures.quarters(4000, 2500, BufferedImage.TYPE_BYTE_INDEXED);
        BufferedImage colors = Pictures.quarters(4000, 2500);
        assertThat(quartersOf(images.process(Pictures.png(large)).full())).isEqualTo("RGBY");
        assertThat(quartersOf(images.process(Pictures.png(colors)).full())).isEqualTo("RGBY");
    }

    @Test
    void transparency_is_kept() {
        BufferedImage half = new BufferedImage(200, 100, BufferedImage.TYPE_4BYTE_ABGR);
        half.createGraphics().drawImage(Pictures.plain(100, 100, Color.RED), 0, 0, null);
        for (byte[] data :
                new byte[][] {Pictures.png(half), Pictures.webp(half), Pictures.losslessWebp(half), Pictures.gif(half)
                }) {
            ProcessedImage image = images.process(data);
            BufferedImage feed = decode(image.feed());
            assertThat(feed.getRGB(50, 50) >>> 24).isEqualTo(255);
            assertThat(feed.getRGB(150, 50) >>> 24).isZero();
            assertThat(decode(image.thumbnail()).getColorModel().hasAlpha()).isTrue();
        }
    }

    @Test
    void a_channel_of_transparency_that_is_not_used_is_dropped() {
        BufferedImage opaque = Pictures.quarters(2200, 100, BufferedImage.TYPE_4BYTE_ABGR);
        ProcessedImage image = images.process(Pictures.png(opaque));
        assertThat(decode(image.full()).getColorModel().hasAlpha()).isFalse();
        assertThat(decode(image.thumbnail()).getColorModel().hasAlpha()).isFalse();
    }

    @Test
    void every_kind_of_webp_is_read() {
        BufferedImage quarters = Pictures.quarters(300, 200);
        assertThat(quartersOf(images.process(Pictures.webp(quarters)).feed())).isEqualTo("RGBY");
        assertThat(quartersOf(images.process(Pictures.losslessWebp(quarters)).feed()))
                .isEqualTo("RGBY");
        BufferedImage large = Pictures.quarters(4200, 2000);
        assertThat(quartersOf(images.process(Pictures.webp(large)).full())).isEqualTo("RGBY");
        ProcessedImage lossless = images.process(Pictures.losslessWebp(large));
        assertThat(quartersOf(lossless.full())).isEqualTo("RGBY");
        assertThat(lossless.full().width()).isEqualTo(2048);
        assertThat(lossless.sourceWidth()).isEqualTo(4200);
    }

    @Test
    void of_an_animated_webp_the_first_frame_is_taken() {
        byte[] first = Pictures.webp(Pictures.quarters(100, 60));
        byte[] second = Pictures.webp(Pictures.plain(100, 60, Color.RED));
        byte[] covering = Pictures.riff(
                Pictures.vp8x(0x02, 100, 60),
                Pictures.riffChunk("ANIM", new byte[6]),
                Pictures.anmf(0, 0, 100, 60, first),
                Pictures.anmf(0, 0, 100, 60, second));
        assertThat(quartersOf(images.process(covering).feed())).isEqualTo("RGBY");
        byte[] offset = Pictures.riff(
                Pictures.vp8x(0x12, 200, 120),
                Pictures.riffChunk("ANIM", new byte[6]),
                Pictures.anmf(100, 60, 100, 60, first),
                Pictures.anmf(0, 0, 100, 60, second));
        BufferedImage canvas = decode(images.process(offset).feed());
        assertThat(canvas.getRGB(20, 20) >>> 24).isZero();
        assertThat(PipelineFixture.near(canvas, 125, 75, Color.RED)).isTrue();
        assertThat(PipelineFixture.near(canvas, 175, 105, Color.BLUE)).isTrue();
    }

    @Test
    void of_an_animated_gif_the_first_frame_is_taken() {
        ProcessedImage image = images.process(resource("animated.gif"));
        assertThat(image.format()).isEqualTo(ImageFormat.GIF);
        assertThat(quartersOf(image.feed())).isEqualTo("RGBY");
    }

    @Test
    void a_gif_frame_that_is_smaller_than_its_screen_stands_where_it_belongs() {
        byte[] gif = Pictures.gif(Pictures.quarters(40, 40));
        gif[6] = 100;
        gif[8] = 80;
        int descriptor = indexOf(gif, (byte) 0x2c);
        gif[descriptor + 1] = 60;
        gif[descriptor + 3] = 40;
        BufferedImage canvas = decode(images.process(gif).feed());
        assertThat(canvas.getWidth()).isEqualTo(100);
        assertThat(canvas.getRGB(30, 20) >>> 24).isZero();
        assertThat(PipelineFixture.near(canvas, 70, 50, Color.RED)).isTrue();
    }

    private static int indexOf(byte[] data, byte value) {
        int table = (data[10] & 0x80) == 0 ? 0 : 3 << ((data[10] & 7) + 1);
        int at = 13 + table;
        while (data[at] != value) {
            at++;
        }
        return at;
    }

    @Test
    void what_is_no_image_is_unsupported() {
        for (String text : new String[] {"<!doctype html>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "BM", "{}"}) {
            assertThat(images.refusal(text.getBytes(StandardCharsets.UTF_8)).code())
                    .isEqualTo(ErrorCode.IMAGE_UNSUPPORTED);
        }
        assertThat(images.refusal(new byte[0]).code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE);
    }
}
