package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import glimpse.http.ApiError;
import glimpse.images.ProcessedImage.Variant;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** A pipeline over a temporary folder, and ways to look at what comes out of it. */
final class PipelineFixture implements AutoCloseable {
    private static final Path FOLDER = folder();

    final ImagePipeline pipeline;

    PipelineFixture() {
        this(settings());
    }

    PipelineFixture(ImagePipeline.Settings settings) {
        this.pipeline = new ImagePipeline(settings);
    }

    static ImagePipeline.Settings settings() {
        return settings(FOLDER.resolve("native"));
    }

    /** What a server has without a configuration. */
    static ImagePipeline.Settings settings(Path nativeDirectory) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new ImagePipeline.Settings(
                10_000_000, 50_000_000, 16_384, Duration.ofSeconds(20), cores, 32, 80, 4, 2, nativeDirectory);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("glimpse-images");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    ProcessedImage process(byte[] data) {
        try {
            Path file = Files.createTempFile(FOLDER, "original", "");
            Files.write(file, data);
            try {
                return pipeline.process(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Fails the test where the picture is taken. */
    ApiError refusal(byte[] data) {
        Throwable thrown = catchThrowable(() -> process(data));
        assertThat(thrown).isInstanceOf(ApiError.class);
        ApiError error = (ApiError) thrown;
        assertThat(error.code().status()).as(error.getMessage()).isBetween(400, 499);
        return error;
    }

    /** The refusal, or null where the picture is taken; anything else fails the test. */
    @Nullable
    ApiError outcome(byte[] data) {
        Throwable thrown = catchThrowable(() -> process(data));
        return thrown == null ? null : refusal(data);
    }

    static BufferedImage decode(Variant variant) {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try {
            reader.setInput(new ByteArrayImageInputStream(variant.webp()));
            BufferedImage image = reader.read(0);
            assertThat(image.getWidth()).isEqualTo(variant.width());
            assertThat(image.getHeight()).isEqualTo(variant.height());
            return image;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The colours in the middle of the four quarters, clockwise from the upper left, named where they are near one. */
    static String quartersOf(Variant variant) {
        BufferedImage image = decode(variant);
        int left = image.getWidth() / 4;
        int right = image.getWidth() * 3 / 4;
        int upper = image.getHeight() / 4;
        int lower = image.getHeight() * 3 / 4;
        return nameOf(image, left, upper)
                + nameOf(image, right, upper)
                + nameOf(image, right, lower)
                + nameOf(image, left, lower);
    }

    private static String nameOf(BufferedImage image, int x, int y) {
        if (near(image, x, y, Color.RED)) {
            return "R";
        } else if (near(image, x, y, Color.GREEN)) {
            return "G";
        } else if (near(image, x, y, Color.BLUE)) {
            return "B";
        } else if (near(image, x, y, Color.YELLOW)) {
            return "Y";
        }
        return "(" + new Color(image.getRGB(x, y), true) + ")";
    }

    static boolean near(BufferedImage image, int x, int y, Color expected) {
        Color color = new Color(image.getRGB(x, y), true);
        return color.getAlpha() > 250
                && Math.abs(color.getRed() - expected.getRed()) < 40
                && Math.abs(color.getGreen() - expected.getGreen()) < 40
                && Math.abs(color.getBlue() - expected.getBlue()) < 40;
    }

    static byte[] resource(String name) {
        try (InputStream in = PipelineFixture.class.getResourceAsStream("/images/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
