package glimpse.generation.painting;

import java.util.List;

/**
 * What a prompt asks to see, and the motifs that show it.
 *
 * @param words parted by spaces
 */
record Subject(String words, List<Motif> motifs) {
    /** The first whose words a prompt has decides. */
    private static final List<Subject> KNOWN = List.of(
            new Subject("aurora borealis northern polar", List.of(new NightSky(true))),
            new Subject(
                    "city cityscape nightscape urban street alley skyline building skyscraper downtown metropolis tokyo "
                            + "cyberpunk rooftop london paris york berlin traffic noir detective bridge subway ciudad "
                            + "ville stadt 🏙 🌃 🌆 🌇",
                    List.of(new Skyline())),
            new Subject(
                    "pattern tile bauhaus geometric geometry mosaic cubist quilt architecture mid century",
                    List.of(new Tiles())),
            new Subject(
                    "glass crystal cathedral church window gem jewel diamond kaleidoscope prism fractal butterfly 💎 🦋",
                    List.of(new Glass())),
            new Subject(
                    "planet orbit saturn ring circle mandala clock vinyl record target radar atom solar 🪐",
                    List.of(new Orbits())),
            new Subject(
                    "space galaxy cosmos cosmic nebula universe star starry stellar astronaut interstellar alien "
                            + "milky rocket 🚀 🌌 🌠",
                    List.of(new NightSky(false), new Orbits())),
            new Subject(
                    "flower wildflower blossom sakura rose peony lotus tulip dahlia bouquet sunflower bloom blooming floral daisy "
                            + "poppy orchid lily petal hibiscus flor fleur blume 🌸 🌷 🌹 💐 🌻 🌺",
                    List.of(new Bloom())),
            new Subject(
                    "ramen bowl plate pizza coffee cup latte espresso donut cookie pancake dish soup curry pasta cake "
                            + "pie breakfast lunch dinner sushi burger food tea 🍜 🍕 ☕ 🍩",
                    List.of(new Orbits(), new Contours())),
            new Subject("wave surf tsunami storm tempest underwater swim 🌊", List.of(new Waves())),
            new Subject(
                    "ocean sea beach island coast ship boat sail sailing marine lagoon tropical whale dolphin "
                            + "harbour harbor lighthouse fisherman sailor mermaid pirate pier dock mar mer meer playa 🐳 🐬 ⛵ 🏝 🏖 🌅",
                    List.of(new Landscape(Landscape.Ground.SEA))),
            new Subject("lake fjord reflection pond river bay", List.of(new Landscape(Landscape.Ground.LAKE))),
            new Subject(
                    "desert sand dune sahara camel egypt pyramid mars arid 🏜 🐪",
                    List.of(new Landscape(Landscape.Ground.DUNES))),
            new Subject(
                    "forest tree wood woodland jungle pine rainforest deer bear fox wolf cabin owl "
                            + "squirrel hedgehog mushroom fairy elf witch bosque wald 🌲 🌳 🦊 🐻",
                    List.of(new Landscape(Landscape.Ground.FOREST))),
            new Subject(
                    "mountain alp peak summit hike hiking climb climber volcano glacier snow winter castle dragon "
                            + "eagle canyon landscape knight wizard viking samurai monk temple 🏔 ⛰ 🗻 🌋 ❄",
                    List.of(new Landscape(Landscape.Ground.PEAKS), new Landscape(Landscape.Ground.LAKE))),
            new Subject(
                    "hill meadow field farm countryside valley village road vineyard sheep horse cow tuscany "
                            + "tuscan prairie 🌾",
                    List.of(new Landscape(Landscape.Ground.HILLS))),
            new Subject(
                    "flow wind hair smoke music dance river motion energy fire flame silk swirl spiral "
                            + "impressionist gogh abstract emotion dream fur feather grass 🔥 💃 🎵",
                    List.of(new FlowField())),
            new Subject(
                    "paper map topographic contour layer cave canyon coral reef cell origami marble agate",
                    List.of(new Contours())),
            new Subject("neon hologram arcade robot android", List.of(new Skyline(), new FlowField(), new Glass())),
            new Subject(
                    "sunset sunrise dawn dusk moon night evening morning twilight spring summer autumn sky cloud "
                            + "storm rain 🌄",
                    List.of(
                            new Landscape(Landscape.Ground.HILLS),
                            new Landscape(Landscape.Ground.PEAKS),
                            new Landscape(Landscape.Ground.LAKE),
                            new Landscape(Landscape.Ground.FOREST))));

    private static final Subject ANYTHING = new Subject(
            "",
            List.of(
                    new FlowField(),
                    new Contours(),
                    new Orbits(),
                    new Tiles(),
                    new Glass(),
                    new Waves(),
                    new Bloom(),
                    new Landscape(Landscape.Ground.PEAKS),
                    new Landscape(Landscape.Ground.LAKE)));

    static Motif motif(Words prompt, Dice dice) {
        Subject subject = ANYTHING;
        for (Subject known : KNOWN) {
            if (prompt.name(known.words)) {
                subject = known;
                break;
            }
        }
        return subject.motifs.get(dice.below(subject.motifs.size()));
    }
}
