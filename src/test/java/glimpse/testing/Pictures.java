package glimpse.testing;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures drawn on the spot; another number gives another picture. */
public final class Pictures {
    private Pictures() {}

    public static byte[] png(int width, int height, long number) {
        return encoded(draw(width, height, number), "png");
    }

    public static byte[] jpeg(int width, int height, long number) {
        return encoded(draw(width, height, number), "jpeg");
    }

    private static BufferedImage draw(int width, int height, long number) {
        Random random = new Random(number);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, color(random), width, height, color(random)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < 12; i++) {
            graphics.setColor(color(random));
            graphics.fillOval(random.nextInt(width), random.nextInt(height), 1 + width / 4, 1 + random.nextInt(height));
        }
        graphics.dispose();
        return image;
    }

    private static Color color(Random random) {
        return new Color(random.nextInt(0x1000000));
    }

    private static byte[] encoded(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
