package glimpse.generation.painting;

/** A way to fill a canvas. */
interface Motif {
    /**
     * Paints every pixel.
     *
     * @param prompt falls the same for every picture of one prompt: decides what makes them siblings
     * @param seed decides the rest
     */
    void paint(Canvas canvas, Palette palette, Dice prompt, Dice seed);
}
