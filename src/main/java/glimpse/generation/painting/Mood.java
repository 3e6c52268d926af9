package glimpse.generation.painting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Colours for what a prompt speaks of. The first that it names decides: light before weather, weather before place. */
enum Mood {
    NEON(
            "neon cyberpunk synthwave vaporwave retrowave glow glowing laser arcade hologram "
                    + "holographic futuristic cyber",
            "12 60 285, 22 120 290, 38 190 300, 55 240 330, 72 180 350, 88 90 200",
            "72 250 350, 85 150 195, 88 180 120"),
    SUNSET(
            "sunset dusk evening twilight sundown warm romantic hour 🌅 🌇 🌆",
            "17 55 290, 32 115 312, 49 165 355, 66 175 38, 80 140 68, 93 70 92",
            "70 185 45, 64 190 20, 88 120 88"),
    DAWN(
            "dawn sunrise morning daybreak awakening hope dreamy dream soft mist misty fog foggy haze 🌄 🌫",
            "26 50 265, 42 70 275, 59 75 300, 74 80 15, 86 65 50, 95 35 85",
            "78 120 40, 72 110 5, 86 90 80"),
    AURORA(
            "aurora borealis northern polar magic magical mystic mystical enchanted fairy ethereal",
            "12 40 265, 20 65 255, 34 85 220, 54 120 175, 74 160 155, 92 100 130",
            "82 190 155, 66 170 320, 78 120 200"),
    NIGHT(
            "night midnight moon moonlight moonlit starry dark nocturnal gothic mysterious 🌙 🌃 🌌 🌠",
            "11 35 275, 18 60 268, 28 80 262, 42 85 258, 61 65 250, 90 35 95",
            "88 90 95, 72 90 250, 68 110 300"),
    FIRE(
            "fire flame lava volcano inferno ember burning dragon phoenix hell magma hot spicy 🔥 🌋 🐉",
            "11 25 20, 23 75 22, 40 145 28, 58 190 38, 75 165 62, 93 110 98",
            "66 210 38, 82 165 80, 48 180 25"),
    STORM(
            "storm thunder lightning rain rainy tempest cloudy moody melancholy sad gloomy 🌧 ⛈ ⚡",
            "15 20 255, 27 30 250, 41 38 240, 56 38 225, 72 28 210, 90 20 110",
            "84 120 95, 66 80 235, 72 60 190"),
    MONOCHROME(
            "monochrome black white gray grey grayscale greyscale noir ink charcoal sketch "
                    + "pencil minimalist minimal minimalism etching",
            "13 6 80, 28 7 80, 46 8 80, 64 9 82, 81 11 85, 96 14 88",
            "58 190 30, 35 8 80, 72 10 85"),
    PASTEL(
            "pastel cute kawaii gentle baby candy cotton marshmallow delicate unicorn watercolor watercolour 🦄 🍭",
            "50 75 300, 63 80 320, 74 75 350, 82 70 20, 89 60 75, 96 30 110",
            "80 110 195, 82 115 350, 90 95 100"),
    AUTUMN(
            "autumn fall harvest october maple pumpkin rustic cozy cosy 🍂 🍁 🎃",
            "16 35 40, 29 70 35, 44 115 38, 61 140 52, 77 125 75, 93 60 92",
            "60 170 40, 74 150 72, 48 75 130"),
    WINTER(
            "winter snow snowy ice icy frost frozen cold glacier arctic antarctic christmas penguin ❄ ☃ ⛄",
            "22 45 258, 39 65 250, 56 68 240, 73 52 232, 87 30 225, 97 10 220",
            "64 175 28, 76 80 220, 88 60 85"),
    SPRING(
            "spring blossom cherry sakura flower floral bloom blooming garden petal rose tulip bouquet 🌸 🌷 🌹 💐",
            "22 50 340, 38 90 350, 56 130 0, 73 120 8, 86 75 20, 96 25 95",
            "74 140 135, 78 140 0, 90 110 100"),
    TROPICAL(
            "tropical beach island palm paradise summer parrot mango hawaii lagoon coral holiday vacation 🌴 🏝 🏖",
            "20 60 230, 37 90 215, 57 115 198, 75 115 185, 88 90 140, 96 60 95",
            "70 180 28, 86 150 88, 76 140 350"),
    VINTAGE(
            "vintage retro sepia old antique nostalgic nostalgia film steampunk western coffee classic ☕",
            "18 25 50, 33 50 50, 50 70 58, 66 75 70, 81 60 82, 94 35 90",
            "56 120 35, 60 60 190, 78 110 80"),
    JAPAN(
            "japan japanese kyoto ukiyo zen samurai haiku geisha tokyo temple bonsai manga anime hokusai 🗾 ⛩",
            "20 60 265, 34 85 260, 50 90 250, 68 65 230, 84 35 110, 95 28 90",
            "60 195 32, 42 95 260, 84 80 80"),
    POP(
            "pop bauhaus colorful colourful rainbow vibrant party carnival festival joy "
                    + "happy playful circus comic bold 🌈 🎉",
            "20 70 285, 38 140 285, 60 180 30, 74 160 60, 86 160 95, 96 30 95",
            "64 215 28, 72 150 235, 86 170 92, 72 160 155"),
    MIDCENTURY(
            "modern abstract geometric geometry mid century scandinavian design architecture poster pattern jazz",
            "20 45 225, 36 70 205, 56 80 185, 70 110 70, 84 90 85, 95 28 92",
            "64 170 38, 78 145 78, 52 80 200, 44 90 25"),
    OCEAN(
            "ocean sea wave underwater water marine fish whale dolphin reef river lake ship sail sailing boat surf "
                    + "nautical octopus shark mermaid 🌊 🐳 🐬 🐟 ⛵",
            "15 45 255, 28 75 245, 43 95 232, 60 100 212, 78 85 190, 95 35 150",
            "82 130 170, 70 170 35, 90 90 100"),
    FOREST(
            "forest tree wood woodland jungle moss fern nature leaf green meadow rainforest pine park fox deer bear "
                    + "mushroom frog 🌲 🌳 🍃 🌿 🦊 🐻 🍄",
            "14 30 175, 26 50 165, 40 75 155, 57 95 143, 75 90 122, 94 50 105",
            "84 130 100, 68 140 55, 62 120 150"),
    DESERT(
            "desert sand dune canyon sahara camel egypt pyramid mars savanna safari lion africa arid earth clay "
                    + "terracotta 🏜 🐪 🦁",
            "19 45 15, 34 85 25, 51 115 38, 67 115 55, 82 85 74, 94 45 88",
            "58 160 32, 60 90 220, 86 120 85"),
    SPACE(
            "space galaxy cosmos cosmic nebula universe planet star stellar astronaut rocket interstellar alien orbit "
                    + "saturn jupiter comet asteroid solar 🚀 🪐 ⭐ 👽",
            "9 30 285, 17 75 290, 30 120 300, 48 150 325, 68 140 10, 92 60 75",
            "80 140 70, 70 150 240, 72 180 340"),
    CITY(
            "city urban street skyline building skyscraper downtown metropolis traffic train subway rooftop london "
                    + "paris york berlin 🏙 🌉 🚕",
            "14 35 270, 25 55 265, 40 65 275, 58 80 330, 76 95 40, 92 70 85",
            "84 150 80, 74 140 45, 80 100 210"),
    ROYAL(
            "royal king queen luxury crown treasure palace castle elegant opulent jewel wizard 👑 💎 🏰",
            "13 40 295, 24 85 292, 36 110 300, 52 95 40, 74 120 82, 93 70 95",
            "80 150 85, 50 150 300, 62 160 20"),
    LAVENDER(
            "lavender violet dream lilac provence perfume butterfly jellyfish amethyst 🦋",
            "19 65 290, 34 105 293, 50 125 298, 66 110 305, 82 65 320, 95 25 60",
            "88 110 95, 72 140 330, 76 90 200"),
    TEAL_AND_ORANGE(
            "cinematic movie portrait person man woman face people robot machine car motorcycle technology 🤖 🚗",
            "15 35 225, 29 60 215, 45 75 205, 62 70 90, 78 110 65, 94 55 85",
            "70 165 50, 66 95 205, 84 110 80"),
    MINT(
            "fresh mint food salad fruit tea matcha lemon lime health healthy breakfast avocado cat dog kitten puppy "
                    + "🍋 🥑 🐱 🐶",
            "24 50 200, 42 75 190, 60 90 172, 76 90 150, 88 75 120, 97 30 105",
            "76 165 55, 88 155 100, 62 130 20");

    /** Where a colour is named, its hue in degrees and its chroma in thousandths. */
    private static final Map<String, int[]> COLORS = Map.ofEntries(
            Map.entry("sunflower", new int[] {92, 160}),
            Map.entry("poppy", new int[] {30, 190}),
            Map.entry("peony", new int[] {0, 130}),
            Map.entry("red", new int[] {27, 190}),
            Map.entry("crimson", new int[] {18, 180}),
            Map.entry("scarlet", new int[] {30, 200}),
            Map.entry("ruby", new int[] {12, 180}),
            Map.entry("orange", new int[] {52, 170}),
            Map.entry("amber", new int[] {75, 150}),
            Map.entry("yellow", new int[] {98, 160}),
            Map.entry("lime", new int[] {125, 180}),
            Map.entry("green", new int[] {148, 150}),
            Map.entry("emerald", new int[] {160, 140}),
            Map.entry("turquoise", new int[] {188, 120}),
            Map.entry("teal", new int[] {195, 100}),
            Map.entry("cyan", new int[] {205, 130}),
            Map.entry("azure", new int[] {240, 130}),
            Map.entry("blue", new int[] {258, 160}),
            Map.entry("sapphire", new int[] {262, 170}),
            Map.entry("navy", new int[] {265, 110}),
            Map.entry("indigo", new int[] {278, 160}),
            Map.entry("purple", new int[] {305, 180}),
            Map.entry("violet", new int[] {298, 180}),
            Map.entry("magenta", new int[] {335, 210}),
            Map.entry("pink", new int[] {355, 150}),
            Map.entry("brown", new int[] {55, 75}),
            Map.entry("beige", new int[] {80, 45}),
            Map.entry("bronze", new int[] {65, 90}),
            Map.entry("silver", new int[] {240, 18}),
            Map.entry("gold", new int[] {85, 145}),
            Map.entry("golden", new int[] {82, 150}));

    private final String words;
    private final String tones;
    private final String accents;

    Mood(String words, String tones, String accents) {
        this.words = words;
        this.tones = tones;
        this.accents = accents;
    }

    Palette palette() {
        return Palette.of(tones, accents);
    }

    /** By the words, or else by the dice. A colour alone makes the palette, beside a mood it is the accent. */
    static Palette palette(Words prompt, Dice dice) {
        List<int[]> colors = new ArrayList<>();
        for (String word : prompt.all()) {
            if (COLORS.containsKey(word)) {
                colors.add(COLORS.get(word));
            }
        }
        Mood any = values()[dice.below(values().length)];
        for (Mood mood : values()) {
            if (prompt.name(mood.words)) {
                Palette palette = mood.palette();
                return colors.isEmpty() ? palette : palette.with(colors.get(0)[0], colors.get(0)[1] / 1000.0);
            }
        }
        if (colors.isEmpty()) {
            return any.palette();
        }
        Palette palette = Palette.around(colors.get(0)[0], colors.get(0)[1] / 1000.0);
        return colors.size() == 1 ? palette : palette.with(colors.get(1)[0], colors.get(1)[1] / 1000.0);
    }
}
