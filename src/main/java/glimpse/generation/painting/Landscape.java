package glimpse.generation.painting;

/** Layers of land under a sky, each paler the farther away. */
final class Landscape implements Motif {
    private final Ground ground;

    Landscape(Ground ground) {
        this.ground = ground;
    }

    /** What the land is made of. */
    enum Ground {
        PEAKS,
        HILLS,
        DUNES,
        FOREST,
        LAKE,
        SEA
    }

    @Override
    public void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed) {
        boolean water = ground == Ground.SEA || ground == Ground.LAKE;
        float full = 2 * canvas.halfHeight();
        float horizon = full * (water ? prompt.between(0.02f, 0.16f) : prompt.between(-0.06f, 0.1f));
        Sky sky = new Sky(canvas, palette, water ? horizon : horizon + 0.2f * full, prompt, seed);
        sky.paint(prompt.between(0.05f, 0.5f), prompt.chance(0.5f) ? 160 : 0);
        int layers = ground == Ground.SEA ? prompt.between(1, 2) : ground == Ground.LAKE ? 4 : prompt.between(5, 7);
        int seen = water && layers > 2 ? layers - 1 : layers;
        Ridge[] ridges = new Ridge[seen];
        Ridge.Face[] faces = new Ridge.Face[seen];
        for (int layer = 0; layer < seen; layer++) {
            float near = layers == 1 ? 0 : (float) layer / (layers - 1) * (water ? 0.35f : 1);
            ridges[layer] = new Ridge(canvas, profile(horizon, near, full, prompt, seed));
            faces[layer] = face(palette, sky, ground == Ground.SEA ? near + 0.12f : near);
        }
        for (int layer = seen - 2; layer >= 0; layer--) {
            ridges[layer].behind(ridges[layer + 1]);
        }
        Noise noise = new Noise(seed);
        float lean = sky.lightU > 0 ? 5 : -5;
        Field texture = new Field(canvas, (u, v) -> noise.fractal(u * 7 + lean * v, v * 6, 4));
        for (int layer = 0; layer < seen; layer++) {
            ridges[layer].paint(faces[layer], texture);
        }
        if (water) {
            new Water(canvas, seed).paint(horizon, sky.lightU, palette.tone(1), 0.13f);
        }
        if (ground == Ground.LAKE) {
            shore(canvas, palette, full, seed, texture);
        }
    }

    private Ridge.Profile profile(float horizon, float near, float full, Dice prompt, Dice seed) {
        Noise noise = new Noise(seed);
        float foot = horizon + near * near * 0.42f * full;
        float tall = full * (0.1f + 0.16f * prompt.unit()) * (1.1f - 0.5f * near);
        return switch (ground) {
            case PEAKS -> u -> foot - tall * 1.9f * (noise.ridged(u * (1 + near), 3 * near, 6) - 0.35f);
            case LAKE -> u -> foot - tall * 1.9f * Math.max(0, noise.ridged(u * (1 + near), 3 * near, 6) - 0.3f);
            case SEA -> u -> foot + 0.03f - tall * 0.9f * Noise.clamp(noise.fractal(u * 1.4f, 3, 5) + 0.25f);
            case DUNES -> u -> foot - tall * dune(noise, u * (1.1f + 0.5f * near), near);
            case HILLS -> u -> foot - tall * (0.4f + 0.9f * noise.fractal(u * (1.3f + near), 5 * near, 3));
            case FOREST -> forest(noise, foot, tall, near);
        };
    }

    private Ridge.Face face(Palette palette, Sky sky, float near) {
        float far = 1 - near;
        float tone = Noise.mix(sky.low() - 0.14f, 0.02f, (float) Math.sqrt(near));
        Lab mist = palette.tone(Math.min(sky.low(), tone + 0.38f));
        boolean rocky = ground == Ground.PEAKS || ground == Ground.LAKE;
        float shown = 0.35f + 0.65f * far;
        float folds = (ground == Ground.FOREST ? 0 : ground == Ground.DUNES ? 0.13f : 0.06f) * shown;
        return new Ridge.Face(
                palette.tone(tone),
                mist,
                0.09f + 0.14f * far,
                0.12f + 0.7f * far,
                sky.lightU > 0 ? -folds : folds,
                (rocky ? 0.045f : 0.015f) * shown);
    }

    /** Long on the side that the wind comes from, steep on the other. */
    private static float dune(Noise noise, float u, float near) {
        float bent = 1.5f * (u + 0.3f * noise.at(u * 0.8f, 9 + near));
        int number = Noise.floor(bent);
        float share = bent - number;
        float shape = share < 0.68f ? share / 0.68f : (1 - share) / 0.32f;
        float tall = 0.62f + 0.5f * noise.at(number * 1.7f, 4);
        return 0.1f + tall * shape * (0.45f + 0.55f * shape) + 0.1f * noise.at(u * 2.3f, near);
    }

    private static Ridge.Profile forest(Noise noise, float foot, float tall, float near) {
        float spacing = 0.008f + 0.026f * near;
        return u -> {
            float ground = foot - tall * (0.35f + 0.8f * noise.fractal(u * (1.2f + near), 5 * near, 3));
            int at = Noise.floor(u / spacing);
            float crown = 0;
            for (int tree = at - 1; tree <= at + 1; tree++) {
                float random = noise.at(tree * 3.7f + 0.3f, near * 11);
                float middle = (tree + 0.5f + 0.3f * noise.at(tree * 1.9f, 7.7f)) * spacing;
                float off = Math.abs(u - middle) / (spacing * (0.62f + 0.2f * random));
                if (off < 1) {
                    float tier = Noise.floor(off * 5) / 5f;
                    crown = Math.max(crown, (1 - 0.5f * off - 0.5f * tier) * (1.9f + 1.1f * random));
                }
            }
            return ground - crown * spacing * 1.5f;
        };
    }

    private static void shore(Canvas canvas, Palette palette, float full, Dice seed, Field texture) {
        Noise noise = new Noise(seed);
        float side = seed.chance(0.5f) ? 1 : -1;
        Ridge.Profile trees = forest(noise, canvas.halfHeight() + 0.03f, 0.05f * full, 0.8f);
        Ridge.Profile profile = u -> {
            float bank = Noise.smooth(-0.1f, 0.9f, side * u / canvas.halfWidth());
            return trees.at(u) + (1 - bank) * 0.14f * full - bank * 0.12f * full;
        };
        new Ridge(canvas, profile).paint(Ridge.Face.flat(palette.tone(0.02f), palette.tone(0.1f)), texture);
    }
}
