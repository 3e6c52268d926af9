package glimpse.generation.providers;

import glimpse.http.Upload;
import java.time.Duration;

/** Draws by itself, without a key and without a network: the same prompt and seed give the same picture. */
final class Sandbox implements ImageProvider {
    private static final long LARGEST_SEED = (1L << 53) - 1; // what JSON readers keep exactly
    private static final Endpoint HERE = new Endpoint("", "sandbox", Duration.ofSeconds(30));

    private final Painting painting;

    Sandbox(Painting painting) {
        this.painting = painting;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Endpoint endpoint() {
        return HERE;
    }

    @Override
    public KeyUse keyUse() {
        return KeyUse.NONE;
    }

    @Override
    public Takes takes(String model) {
        return new Takes(LARGEST_SEED, false);
    }

    @Override
    public Picture generate(Order order, Exchange exchange) {
        AspectRatio ratio = order.aspectRatio() == null ? AspectRatio.SQUARE : order.aspectRatio();
        long seed = order.seed() == null ? 0 : order.seed();
        byte[] drawn = painting.paint(order.prompt(), seed, ratio.width(), ratio.height());
        Upload file = exchange.write(drawn);
        return new Picture(file, seed);
    }
}
