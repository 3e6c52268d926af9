package glimpse.viewer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A blurhash (https://blurha.sh) decoded to a PNG of a few pixels, which browsers blow up to the blur that it stands for:
 * it is there with the page, without a script.
 */
final class Placeholder {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    private static final int COARSE = 3;
    private static final int LIKENESS_WIDTH = 4;
    private static final int LIKENESS_HEIGHT = 3;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final int across;
    private final int down;
    private final double[][] components;

    private Placeholder(int across, int down, double[][] components) {
        this.across = across;
        this.down = down;
        this.components = components;
    }

    /** The mean colour, as 0xrrggbb. */
    static int mean(String hash) {
        return number(hash, 2, 6);
    }

    /** A hash of at most 3×3 components: what may be shown of a picture before the age gate. */
    static String coarse(String hash) {
        int size = number(hash, 0, 1);
        int across = size % 9 + 1;
        int down = size / 9 + 1;
        int keptAcross = Math.min(across, COARSE);
        int keptDown = Math.min(down, COARSE);
        StringBuilder coarse = new StringBuilder();
        coarse.append(DIGITS.charAt(keptAcross - 1 + (keptDown - 1) * 9)).append(hash, 1, 6);
        for (int i = 1; i < across * down; i++) {
            if (i % across < keptAcross && i / across < keptDown) {
                coarse.append(hash, 4 + 2 * i, 6 + 2 * i);
            }
        }
        return coarse.toString();
    }

    /** How little two pictures look alike: the squares of the differences of a few blurred pixels. */
    static double difference(String one, String other) {
        byte[] pixels = decode(one).rows(LIKENESS_WIDTH, LIKENESS_HEIGHT);
        byte[] others = decode(other).rows(LIKENESS_WIDTH, LIKENESS_HEIGHT);
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            int apart = (pixels[i] & 0xff) - (others[i] & 0xff);
            sum += apart * apart;
        }
        return sum;
    }

    /** A data URI of a PNG with this many pixels. */
    static String image(String hash, int width, int height) {
        byte[] rows = decode(hash).rows(width, height);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        ByteArrayOutputStream png = new ByteArrayOutputStream(160);
        png.writeBytes(SIGNATURE);
        chunk(png, "IHDR", header);
        chunk(png, "IDAT", deflated(rows));
        chunk(png, "IEND", new byte[0]);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static Placeholder decode(String hash) {
        int size = number(hash, 0, 1);
        int across = size % 9 + 1;
        int down = size / 9 + 1;
        double scale = (number(hash, 1, 2) + 1) / 166.0;
        double[][] components = new double[across * down][];
        int mean = mean(hash);
        components[0] = new double[] {linear(mean >> 16), linear(mean >> 8 & 0xff), linear(mean & 0xff)};
        for (int i = 1; i < components.length; i++) {
            int value = number(hash, 4 + 2 * i, 6 + 2 * i);
            components[i] = new double[] {
                detail(value / (19 * 19), scale), detail(value / 19 % 19, scale), detail(value % 19, scale)
            };
        }
        return new Placeholder(across, down, components);
    }

    private static double detail(int level, double scale) {
        double value = (level - 9) / 9.0;
        return Math.signum(value) * value * value * scale;
    }

    /** The pixels, each row with the byte before it that says that it is not filtered. */
    private byte[] rows(int width, int height) {
        byte[] rows = new byte[height * (1 + 3 * width)];
        int at = 0;
        for (int y = 0; y < height; y++) {
            at++;
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    rows[at++] = (byte) srgb(sum((x + 0.5) / width, (y + 0.5) / height, c));
                }
            }
        }
        return rows;
    }

    private double sum(double x, double y, int c) {
        double sum = 0;
        for (int j = 0; j < down; j++) {
            for (int i = 0; i < across; i++) {
                sum += components[j * across + i][c] * Math.cos(Math.PI * x * i) * Math.cos(Math.PI * y * j);
            }
        }
        return sum;
    }

    private static double linear(int srgb) {
        double value = srgb / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int srgb(double linear) {
        double value = Math.max(0, Math.min(1, linear));
        return (int) ((value <= 0.0031308 ? value * 12.92 : 1.055 * Math.pow(value, 1 / 2.4) - 0.055) * 255 + 0.5);
    }

    private static int number(String hash, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 83 + DIGITS.indexOf(hash.charAt(i));
        }
        return number;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[bytes.length + 64];
            int length = deflater.deflate(out);
            return Arrays.copyOf(out, length);
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
