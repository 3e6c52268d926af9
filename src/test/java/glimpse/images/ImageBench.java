package glimpse.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import glimpse.images.ProcessedImage.Variant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** One side of scripts/bench/images: reads the path of a picture a line, writes its variants, answers with what they took. */
final class ImageBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ImageBench() {}

    public static void main(String[] arguments) throws IOException {
        Path out = Files.createDirectories(Path.of(arguments[0]));
        ImagePipeline.Settings all = PipelineFixture.settings(out.resolve("native"));
        ImagePipeline.Settings settings = new ImagePipeline.Settings(
                100_000_000,
                all.maxPixels(),
                all.maxSide(),
                all.deadline(),
                all.workers(),
                all.queue(),
                all.quality(),
                all.method(),
                all.fullMethod(),
                all.nativeDirectory());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (ImagePipeline pipeline = new ImagePipeline(settings)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Path picture = Path.of(line);
                long cpu = SYSTEM.getProcessCpuTime();
                long wall = System.nanoTime();
                ProcessedImage image = pipeline.process(picture);
                wall = System.nanoTime() - wall;
                cpu = SYSTEM.getProcessCpuTime() - cpu;
                long bytes = write(out, picture, "thumbnail", image.thumbnail())
                        + write(out, picture, "feed", image.feed())
                        + write(out, picture, "full", image.full());
                System.out.println(String.format(
                        Locale.ROOT,
                        "{\"wall\": %.3f, \"cpu\": %.3f, \"bytes\": %d, \"fingerprints\": %.3f}",
                        wall / 1e6,
                        cpu / 1e6,
                        bytes,
                        fingerprints() / 1e6));
            }
        }
    }

    private static long write(Path out, Path picture, String name, Variant variant) throws IOException {
        Files.write(out.resolve(picture.getFileName() + "." + name + ".webp"), variant.webp());
        return variant.webp().length;
    }

    /** Nanoseconds for those of a picture as large as the feed shows. */
    private static long fingerprints() {
        DecodedImage image = new DecodedImage(1080, 1080, 3, new byte[1080 * 1080 * 3]);
        long start = System.nanoTime();
        Miniature miniature = Miniature.of(image);
        String blurhash = miniature.blurhash();
        Long hash = miniature.perceptualHash();
        long took = System.nanoTime() - start;
        if (hash != null || blurhash.isEmpty()) {
            throw new IllegalStateException("A black picture is flat");
        }
        return took;
    }
}
