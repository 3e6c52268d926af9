package glimpse.images;

import glimpse.generation.painting.Painter;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.jspecify.annotations.Nullable;

/**
 * The table of scripts/bench/duplicates: how many versions of pictures are found at each distance of their perceptual
 * hashes, and how many others are taken for versions.
 */
final class DuplicateBench {
    private static final int LARGEST = 16;
    private static final int SIDE = 640;
    private static final List<String> SUBJECTS = List.of(
            "a lighthouse",
            "a forest",
            "a city at night",
            "a planet",
            "ocean waves",
            "mountains",
            "a desert",
            "stars over a lake",
            "stained glass",
            "orbits",
            "tiles",
            "smoke",
            "a garden",
            "a harbour",
            "ruins");
    private static final List<String> MOODS = List.of(
            "in neon",
            "at dawn",
            "in winter",
            "in a storm",
            "in gold",
            "in pastel",
            "in autumn",
            "in deep blue",
            "black and white",
            "in rain");

    private final Map<String, int[]> found = new LinkedHashMap<>();
    private final Map<String, Integer> versions = new LinkedHashMap<>();

    /** A picture and, by name, the hashes of its versions; those that are near-flat have none. */
    private record Known(String name, long hash, Map<String, Long> versions) {}

    private DuplicateBench() {}

    public static void main(String[] arguments) throws IOException {
        NativeLibrary.unpackTo(Files.createTempDirectory("glimpse-bench"));
        List<Known> pictures = new ArrayList<>();
        int flat = 0;
        Painter painter = new Painter();
        for (String subject : SUBJECTS) {
            for (String mood : MOODS) {
                String prompt = subject + " " + mood;
                BufferedImage image = read(painter.paint(prompt, 1, SIDE, SIDE));
                flat += add(
                        pictures, prompt, image, Map.of("another seed", read(painter.paint(prompt, 2, SIDE, SIDE))));
            }
        }
        int drawn = pictures.size();
        if (arguments.length > 0) {
            try (var files = Files.list(Path.of(arguments[0]))) {
                for (Path file : files.sorted().toList()) {
                    try {
                        flat += add(
                                pictures, file.getFileName().toString(), decoded(Files.readAllBytes(file)), Map.of());
                    } catch (RuntimeException notTaken) {
                        System.out.println("left out " + file.getFileName() + ": " + notTaken.getMessage());
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d drawn and %d other pictures; %d more that are nearly flat have no hash%n",
                drawn,
                pictures.size() - drawn,
                flat);
        new DuplicateBench().print(pictures);
    }

    private static int add(List<Known> pictures, String picture, BufferedImage image, Map<String, BufferedImage> more) {
        Long hash = hash(image);
        if (hash == null) {
            return 1;
        }
        Map<String, Long> hashes = new LinkedHashMap<>();
        transformations().forEach((name, transformation) -> put(hashes, name, transformation.apply(image)));
        more.forEach((name, other) -> put(hashes, name, other));
        pictures.add(new Known(picture, hash, hashes));
        return 0;
    }

    private static void put(Map<String, Long> hashes, String name, BufferedImage image) {
        Long hash = hash(image);
        if (hash != null) {
            hashes.put(name, hash);
        }
    }

    private void print(List<Known> pictures) {
        int[] others = new int[LARGEST + 1];
        long pairs = 0;
        for (int i = 0; i < pictures.size(); i++) {
            Known known = pictures.get(i);
            for (Known other : pictures.subList(0, i)) {
                if (areSame(known, other)) {
                    System.out.println("the same picture: " + known.name() + ", " + other.name());
                }
            }
            known.versions().forEach((name, hash) -> count(name, distance(known.hash(), hash)));
            for (int j = 0; j < pictures.size(); j++) {
                for (Map.Entry<String, Long> version :
                        pictures.get(j).versions().entrySet()) {
                    if (i != j
                            && !areSame(known, pictures.get(j))
                            && !version.getKey().equals("another seed")) {
                        pairs++;
                        int distance = distance(known.hash(), version.getValue());
                        for (int most = distance; most <= LARGEST; most++) {
                            others[most]++;
                        }
                    }
                }
            }
        }
        System.out.print("share found within a distance of ");
        row("", most -> String.valueOf(most));
        int[] all = new int[LARGEST + 1];
        int sum = 0;
        for (Map.Entry<String, int[]> transformation : found.entrySet()) {
            int count = versions.getOrDefault(transformation.getKey(), 0);
            row(
                    transformation.getKey() + " (" + count + ")",
                    most -> percent(transformation.getValue()[most], count));
            if (!transformation.getKey().equals("another seed")) {
                sum += count;
                for (int most = 0; most <= LARGEST; most++) {
                    all[most] += transformation.getValue()[most];
                }
            }
        }
        int total = sum;
        long tried = pairs;
        row("all but another seed: recall", most -> percent(all[most], total));
        row("precision in this set", most -> percent(all[most], all[most] + others[most]));
        row("others, of a million pairs", most -> String.format(Locale.ROOT, "%.0f", others[most] * 1e6 / tried));
    }

    /** The folder can have a picture in two formats. */
    private static boolean areSame(Known one, Known other) {
        return distance(one.hash(), other.hash()) <= 2;
    }

    private interface Cell {
        String at(int distance);
    }

    private static void row(String name, Cell cell) {
        StringBuilder line = new StringBuilder(String.format("%-34s", name));
        for (int most = 0; most <= LARGEST; most += 2) {
            line.append(String.format("%8s", cell.at(most)));
        }
        System.out.println(line);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f", whole == 0 ? 0 : 100.0 * part / whole);
    }

    private void count(String name, int distance) {
        int[] within = found.computeIfAbsent(name, key -> new int[LARGEST + 1]);
        versions.merge(name, 1, Integer::sum);
        for (int most = distance; most <= LARGEST; most++) {
            within[most]++;
        }
    }

    private static int distance(long one, long other) {
        return Math.min(
                PerceptualHash.distance(one, other), PerceptualHash.distance(PerceptualHash.mirrored(one), other));
    }

    private static Map<String, UnaryOperator<BufferedImage>> transformations() {
        Map<String, UnaryOperator<BufferedImage>> all = new LinkedHashMap<>();
        all.put("JPEG, quality 80", image -> jpeg(image, 0.8f));
        all.put("JPEG, quality 20", image -> jpeg(image, 0.2f));
        all.put("half the size", image -> drawn(image, image.getWidth() / 2, image.getHeight() / 2, 0, 0, 1, 1));
        all.put(
                "a quarter of it, and JPEG 40",
                image -> jpeg(drawn(image, image.getWidth() / 4, image.getHeight() / 4, 0, 0, 1, 1), 0.4f));
        all.put("stretched by 10 %", image -> drawn(image, image.getWidth() * 11 / 10, image.getHeight(), 0, 0, 1, 1));
        all.put("brighter", image -> recolored(image, 1, 35, 1));
        all.put("darker", image -> recolored(image, 0.7, 0, 1));
        all.put("more contrast", image -> recolored(image, 1.35, -45, 1));
        all.put("gray", image -> recolored(image, 1, 0, 0));
        all.put("more colour", image -> recolored(image, 1, 0, 1.6));
        all.put("red and blue swapped", DuplicateBench::swapped);
        all.put("a caption over it", DuplicateBench::captioned);
        all.put("a logo in a corner", DuplicateBench::stamped);
        all.put("cropped by 2 %", image -> cropped(image, 0.02));
        all.put("cropped by 5 %", image -> cropped(image, 0.05));
        all.put("cropped by 10 %", image -> cropped(image, 0.10));
        all.put("a frame of 3 %", image -> framed(image));
        all.put("turned by 1 degree", image -> turned(image, 1));
        all.put("turned by 3 degrees", image -> turned(image, 3));
        all.put("mirrored", image -> drawn(image, image.getWidth(), image.getHeight(), 1, 0, 0, 1));
        all.put(
                "mirrored, half the size, JPEG 60",
                image -> jpeg(drawn(image, image.getWidth() / 2, image.getHeight() / 2, 1, 0, 0, 1), 0.6f));
        return all;
    }

    /** The part of a picture between two corners, given as shares of it, at another size. */
    private static BufferedImage drawn(
            BufferedImage image, int width, int height, double left, double top, double right, double bottom) {
        BufferedImage drawn = new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = smooth(drawn);
        int w = image.getWidth();
        int h = image.getHeight();
        graphics.drawImage(
                image,
                0,
                0,
                drawn.getWidth(),
                drawn.getHeight(),
                (int) (left * w),
                (int) (top * h),
                (int) (right * w),
                (int) (bottom * h),
                null);
        graphics.dispose();
        return drawn;
    }

    /** From one side and from above, as crops are. */
    private static BufferedImage cropped(BufferedImage image, double share) {
        int width = (int) (image.getWidth() * (1 - share));
        int height = (int) (image.getHeight() * (1 - share));
        return drawn(image, width, height, share, share, 1, 1);
    }

    private static BufferedImage framed(BufferedImage image) {
        int border = image.getWidth() * 3 / 100;
        BufferedImage framed = new BufferedImage(
                image.getWidth() + 2 * border, image.getHeight() + 2 * border, BufferedImage.TYPE_3BYTE_BGR);
        framed.createGraphics().drawImage(image, border, border, null);
        return framed;
    }

    private static BufferedImage turned(BufferedImage image, double degrees) {
        BufferedImage turned = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = smooth(turned);
        double x = image.getWidth() / 2.0;
        double y = image.getHeight() / 2.0;
        AffineTransform turn = AffineTransform.getRotateInstance(Math.toRadians(degrees), x, y);
        turn.translate(x, y);
        turn.scale(1.06, 1.06); // so that no corner is empty
        turn.translate(-x, -y);
        graphics.drawImage(image, turn, null);
        graphics.dispose();
        return turned;
    }

    private static BufferedImage captioned(BufferedImage image) {
        BufferedImage copy = drawn(image, image.getWidth(), image.getHeight(), 0, 0, 1, 1);
        Graphics2D graphics = smooth(copy);
        int size = copy.getHeight() / 12;
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, size));
        graphics.setColor(Color.WHITE);
        graphics.drawString("WHEN IT RAINS AGAIN", copy.getWidth() / 20, copy.getHeight() - size / 2);
        graphics.dispose();
        return copy;
    }

    private static BufferedImage stamped(BufferedImage image) {
        BufferedImage copy = drawn(image, image.getWidth(), image.getHeight(), 0, 0, 1, 1);
        Graphics2D graphics = smooth(copy);
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.7f));
        graphics.setColor(Color.WHITE);
        int side = copy.getWidth() / 8;
        graphics.fillOval(copy.getWidth() - side * 5 / 4, copy.getHeight() - side * 5 / 4, side, side);
        graphics.dispose();
        return copy;
    }

    private static BufferedImage recolored(BufferedImage image, double factor, double offset, double saturation) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                double red = (rgb >> 16) & 0xff;
                double green = (rgb >> 8) & 0xff;
                double blue = rgb & 0xff;
                double gray = 0.299 * red + 0.587 * green + 0.114 * blue;
                int r = level(factor * (gray + saturation * (red - gray)) + offset);
                int g = level(factor * (gray + saturation * (green - gray)) + offset);
                int b = level(factor * (gray + saturation * (blue - gray)) + offset);
                copy.setRGB(x, y, r << 16 | g << 8 | b);
            }
        }
        return copy;
    }

    private static BufferedImage swapped(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                copy.setRGB(x, y, (rgb & 0xff) << 16 | (rgb & 0xff00) | (rgb >> 16 & 0xff));
            }
        }
        return copy;
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    private static Graphics2D smooth(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return graphics;
    }

    private static BufferedImage jpeg(BufferedImage image, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            writer.dispose();
        }
        return read(bytes.toByteArray());
    }

    private static BufferedImage read(byte[] file) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            return drawn(image, image.getWidth(), image.getHeight(), 0, 0, 1, 1);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Any file that the server takes, within 1080 pixels, over white. */
    private static BufferedImage decoded(byte[] file) throws IOException {
        Source source = Source.of(file);
        Size size = source.size().within(1_080);
        Resampler scaled = Resampler.lanczos(source.decodedSize(), source.channels(), size);
        source.decode(scaled);
        DecodedImage pixels = scaled.image();
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0, at = 0; i < size.pixels(); i++, at += pixels.channels()) {
            int alpha = pixels.channels() == 4 ? pixels.samples()[at + 3] & 0xff : 255;
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                rgb = rgb << 8 | (255 + ((pixels.samples()[at + c] & 0xff) - 255) * alpha / 255);
            }
            image.setRGB(i % size.width(), i / size.width(), rgb);
        }
        return image;
    }

    private static @Nullable Long hash(BufferedImage image) {
        Collector pixels = new Collector(new Size(image.getWidth(), image.getHeight()), 3);
        new PixelRows(3, pixels).acceptAll(image);
        return Miniature.of(pixels.image()).perceptualHash();
    }
}
