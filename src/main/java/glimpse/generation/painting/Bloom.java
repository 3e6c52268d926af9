package glimpse.generation.painting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Flower heads from above, crowded like a bouquet: rings of petals, each in the shade of the ring before it. */
final class Bloom implements Motif {
    private static final int MOST_RINGS = 9;
    private static final float SHADOW = 1.12f; // how far it reaches, of the radius
    private static final float TURN = (float) (2 * Math.PI);

    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        int heads = prompt.between(5, 9);
        float largest = prompt.between(0.34f, 0.46f);
        boolean light = prompt.chance(0.6f);
        byte[] hidden = new byte[canvas.width * canvas.height]; // by the head of this number
        List<Flower> flowers = new ArrayList<>();
        for (int head = 0; head < heads; head++) {
            float share = (float) (head + 1) / heads; // the largest lies on top
            float angle = seed.unit() + head * 0.381966f; // the golden angle keeps them apart
            float far = head == heads - 1 ? 0.12f : 0.52f * (1.1f - 0.35f * share) + seed.between(-0.05f, 0.05f);
            Flower flower = new Flower(canvas, palette, prompt, seed, heads - 1 - head, light);
            flower.place(
                    2 * canvas.halfWidth() * far * cosine(angle),
                    2 * canvas.halfHeight() * far * cosine(angle - 0.25f),
                    largest * (0.42f + 0.58f * share * share));
            flower.hide(hidden, (byte) (head + 1));
            flowers.add(flower);
        }
        leaves(canvas, palette, seed, hidden);
        for (int head = 0; head < heads; head++) {
            flowers.get(head).paint(hidden, head + 1);
        }
    }

    private static float cosine(float turns) {
        return (float) StrictMath.cos(2 * Math.PI * turns);
    }

    private static void leaves(Canvas canvas, Palette palette, Dice seed, byte[] hidden) {
        Noise noise = new Noise(seed);
        Field depth = new Field(canvas, (u, v) -> noise.fractal(u * 3, v * 3, 4));
        Field vein = new Field(canvas, (u, v) -> noise.ridged(u * 5, v * 5, 3));
        for (int y = 0; y < canvas.height; y++) {
            for (int x = 0; x < canvas.width; x++) {
                if (hidden[y * canvas.width + x] == 0) {
                    canvas.put(x, y, palette.tone(0.1f + 0.1f * depth.at(x, y) + 0.07f * vein.at(x, y)));
                }
            }
        }
    }

    /** One head: which petals it has is settled before it is painted. */
    private static final class Flower {
        private final Canvas canvas;
        private final int rings;
        private final int petals;
        private final float pointed;
        private final float twist;
        private float middleX;
        private float middleY;
        private float whole;
        private final float[] radius = new float[MOST_RINGS];
        private final float[] offset = new float[MOST_RINGS];
        private final Lab[] foot = new Lab[MOST_RINGS];
        private final Lab[] tip = new Lab[MOST_RINGS];

        Flower(Canvas canvas, Palette palette, Dice prompt, Dice seed, int fromTop, boolean light) {
            this.canvas = canvas;
            this.rings = seed.between(6, MOST_RINGS);
            this.petals = seed.between(8, 15);
            this.pointed = prompt.between(0.18f, 0.34f);
            this.twist = seed.between(-0.5f, 0.5f);
            Lab accent = palette.accent(fromTop);
            boolean accented = fromTop % 3 == (palette.isAccentAsked() ? 0 : 1);
            for (int ring = 0; ring < rings; ring++) {
                float out = (float) (ring + 1) / rings;
                radius[ring] = 0.06f + 0.94f * (float) Math.sqrt(out * out * out);
                offset[ring] = ring * 0.5f + seed.between(-0.12f, 0.12f);
                Lab base = palette.tone(light ? 0.5f + 0.42f * out : 0.86f - 0.36f * out);
                tip[ring] = accented ? accent.mixed(palette.tone(0.95f), 0.5f * out) : base;
                foot[ring] = tip[ring].mixed(palette.tone(accented ? 0.25f : 0.2f), 0.5f);
            }
        }

        void place(float u, float v, float size) {
            middleX = canvas.x(u);
            middleY = canvas.y(v);
            whole = size * canvas.unit;
        }

        /** Marks what lies under it for certain, so that it need not be painted. */
        void hide(byte[] hidden, byte number) {
            float core = whole * (1 - pointed) - 1;
            for (int y = top(core); y < bottom(core); y++) {
                float dy = y + 0.5f - middleY;
                float half = (float) Math.sqrt(Math.max(0, core * core - dy * dy));
                int from = Math.max(0, (int) Math.ceil(middleX - half));
                int to = Math.min(canvas.width, (int) (middleX + half));
                if (from < to) {
                    Arrays.fill(hidden, y * canvas.width + from, y * canvas.width + to, number);
                }
            }
        }

        private int top(float radius) {
            return Math.max(0, (int) (middleY - radius));
        }

        private int bottom(float radius) {
            return Math.min(canvas.height, (int) (middleY + radius));
        }

        void paint(byte[] hidden, int number) {
            float radiusOfShadow = SHADOW * whole;
            int left = Math.max(0, (int) (middleX - radiusOfShadow));
            int right = Math.min(canvas.width, (int) (middleX + radiusOfShadow));
            for (int y = top(radiusOfShadow); y < bottom(radiusOfShadow); y++) {
                for (int x = left; x < right; x++) {
                    float dx = (x + 0.5f - middleX) / whole;
                    float dy = (y + 0.5f - middleY) / whole;
                    float far = (float) Math.sqrt(dx * dx + dy * dy);
                    if (far < SHADOW && hidden[y * canvas.width + x] <= number) {
                        point(x, y, far, angle(dx, dy) + twist * far * 0.12f);
                    }
                }
            }
        }

        // From the innermost ring outwards: the first that covers the point hides all others.
        private void point(int x, int y, float far, float angle) {
            float inner = 0;
            for (int ring = 0; ring < rings; ring++) {
                if (far > radius[ring] * 1.01f) {
                    inner = radius[ring] * (1 - pointed);
                    continue;
                }
                float across = angle * petals + offset[ring];
                float side = 2 * Math.abs(across - Noise.floor(across) - 0.5f);
                float edge = radius[ring] * (1 - pointed * side * side * (0.4f + 0.6f * side));
                float cover = Noise.clamp((edge - far) * whole + 0.5f);
                if (cover > 0) {
                    float along = Noise.clamp((far - inner) / (edge - inner + 0.001f));
                    float shade = 0.62f + 0.38f * Noise.smooth(0, 0.55f, along); // under the ring before
                    Lab petal = foot[ring].mixed(tip[ring], along * (1 - 0.25f * side));
                    float crease = side < 0.08f ? 0.035f * (1 - side / 0.08f) * (1 - along) : 0;
                    canvas.blend(x, y, petal.lighter((shade - 1) * 0.3f - crease - 0.08f * side * side), cover);
                    return;
                }
                inner = edge;
            }
            float shadow = Noise.clamp((SHADOW - far) / (SHADOW - 0.98f));
            canvas.lighten(x, y, -0.1f * shadow * shadow);
        }

        /** In turns, to a tenth of a degree, by arithmetic that is the same everywhere. */
        private static float angle(float x, float y) {
            float wide = Math.abs(x);
            float tall = Math.abs(y);
            float share = Math.min(wide, tall) / (Math.max(wide, tall) + 1e-9f);
            float square = share * share;
            float angle = ((-0.0464965f * square + 0.159314f) * square - 0.327623f) * square * share + share;
            float eighth = (tall > wide ? TURN / 4 - angle : angle) / TURN;
            float half = x < 0 ? 0.5f - eighth : eighth;
            return y < 0 ? 1 - half : half;
        }
    }
}
