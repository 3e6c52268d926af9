package glimpse.generation.painting;

/** Ribbons that follow a field of directions and never cross (after Tyler Hobbs, "Flow Fields" and "Fidenza"). */
final class FlowField implements Motif {
    private static final int GRID = 640; // cells a unit
    private static final int ATTEMPTS = 5200;
    private static final int LONGEST = 260; // steps
    private static final float STEP = 0.0045f;
    private static final int TURNS = 1024;
    private static final float[] COSINES = new float[TURNS];

    static {
        for (int i = 0; i < TURNS; i++) {
            COSINES[i] = (float) StrictMath.cos(2 * Math.PI * i / TURNS);
        }
    }

    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        new Drawing(canvas, palette, prompt, seed).run();
    }

    private static final class Drawing {
        private final Canvas canvas;
        private final Palette palette;
        private final Dice seed;
        private final Noise noise;
        private final float scale;
        private final float bend;
        private final float heading;
        private final float widest;
        private final boolean dark;
        private final float accented;
        private final int columns;
        private final int rows;
        private final boolean[] taken;
        private final float[] us = new float[2 * LONGEST];
        private final float[] vs = new float[2 * LONGEST];

        Drawing(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
            this.canvas = canvas;
            this.palette = palette;
            this.seed = seed;
            this.noise = new Noise(seed);
            this.scale = prompt.between(0.7f, 1.4f);
            this.bend = prompt.between(0.15f, 0.42f);
            this.heading = prompt.unit() + seed.between(-0.08f, 0.08f);
            this.widest = prompt.between(0.012f, 0.034f);
            this.dark = prompt.chance(0.6f);
            this.accented = prompt.between(0.12f, 0.35f);
            this.columns = (int) (2 * canvas.halfWidth() * GRID) + 3;
            this.rows = (int) (2 * canvas.halfHeight() * GRID) + 3;
            this.taken = new boolean[columns * rows];
        }

        void run() {
            Lab ground = palette.tone(dark ? 0.03f : 0.97f);
            for (int y = 0; y < canvas.height; y++) {
                for (int x = 0; x < canvas.width; x++) {
                    canvas.put(x, y, ground);
                }
            }
            for (int i = 0; i < ATTEMPTS; i++) {
                float share = (float) i / ATTEMPTS;
                float radius = widest
                        * (share < 0.06f ? 1 : share < 0.25f ? 0.5f : share < 0.55f ? 0.25f : 0.14f)
                        * seed.between(0.7f, 1.1f);
                ribbon(
                        canvas.halfWidth() * seed.between(-1f, 1),
                        canvas.halfHeight() * seed.between(-1f, 1),
                        Math.max(radius, 0.0022f));
            }
        }

        private void ribbon(float u, float v, float radius) {
            int middle = LONGEST;
            int from = middle;
            int to = middle;
            us[middle] = u;
            vs[middle] = v;
            if (!isFree(u, v, 0, radius)) {
                return;
            }
            int longest = seed.between(LONGEST / 5, LONGEST - 1);
            while (to - middle < longest && grow(to, to + 1, 1, radius)) {
                to++;
            }
            while (middle - from < longest && grow(from, from - 1, -1, radius)) {
                from--;
            }
            if ((to - from) * STEP > radius * 3) {
                draw(from, to, radius);
            }
        }

        private boolean grow(int from, int to, int sign, float radius) {
            int turn = turn(us[from], vs[from]);
            us[to] = us[from] + sign * STEP * COSINES[turn & TURNS - 1];
            vs[to] = vs[from] + sign * STEP * COSINES[turn - TURNS / 4 & TURNS - 1];
            return isFree(us[to], vs[to], turn, radius);
        }

        private int turn(float u, float v) {
            return (int) ((heading + bend * noise.at(u * scale, v * scale) + 8) * TURNS) & TURNS - 1;
        }

        private boolean isFree(float u, float v, int turn, float radius) {
            float side = radius + 0.003f;
            float acrossU = -COSINES[turn - TURNS / 4 & TURNS - 1] * side;
            float acrossV = COSINES[turn & TURNS - 1] * side;
            return isInside(u, v, radius)
                    && !isTaken(u, v)
                    && !isTaken(u + acrossU, v + acrossV)
                    && !isTaken(u - acrossU, v - acrossV)
                    && !isTaken(u + 0.5f * acrossU, v + 0.5f * acrossV)
                    && !isTaken(u - 0.5f * acrossU, v - 0.5f * acrossV);
        }

        private boolean isInside(float u, float v, float radius) {
            return Math.abs(u) < canvas.halfWidth() + radius && Math.abs(v) < canvas.halfHeight() + radius;
        }

        private boolean isTaken(float u, float v) {
            int column = (int) ((u + canvas.halfWidth()) * GRID) + 1;
            int row = (int) ((v + canvas.halfHeight()) * GRID) + 1;
            return column >= 0 && column < columns && row >= 0 && row < rows && taken[row * columns + column];
        }

        private void draw(int from, int to, float radius) {
            float depth = 0.5f + 0.5f * noise.at(us[to] * 1.3f + 50, vs[to] * 1.3f);
            float share = (dark ? 0.22f : 0.06f) + 0.68f * Noise.clamp(depth + seed.between(-0.16f, 0.16f));
            Lab color = seed.chance(accented) ? palette.accent(seed.below(3)) : palette.tone(share);
            Lab stripe = color.lighter(color.l() > 0.55f ? -0.1f : 0.1f);
            boolean striped = radius > 0.008f && seed.chance(0.3f);
            trace(from, to, radius, radius, color);
            if (striped) {
                trace(from, to, radius, 0.35f * radius, stripe);
            }
            for (int i = from; i < to; i++) {
                mark(us[i], vs[i], radius + 0.001f);
            }
        }

        private void trace(int from, int to, float radius, float painted, Lab color) {
            int stride = Math.max(1, (int) (0.6f * radius / STEP)); // the field bends little over a ribbon's width
            for (int i = from; i < to; i += stride) {
                int next = Math.min(to, i + stride);
                canvas.segment(
                        canvas.x(us[i]),
                        canvas.y(vs[i]),
                        canvas.x(us[next]),
                        canvas.y(vs[next]),
                        painted * canvas.unit,
                        color);
            }
        }

        private void mark(float u, float v, float radius) {
            int reach = (int) (radius * GRID) + 1;
            int column = (int) ((u + canvas.halfWidth()) * GRID) + 1;
            int row = (int) ((v + canvas.halfHeight()) * GRID) + 1;
            for (int y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y++) {
                for (int x = Math.max(0, column - reach); x <= Math.min(columns - 1, column + reach); x++) {
                    if ((x - column) * (x - column) + (y - row) * (y - row) <= reach * reach) {
                        taken[y * columns + x] = true;
                    }
                }
            }
        }
    }
}
