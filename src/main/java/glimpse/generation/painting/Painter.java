package glimpse.generation.painting;

/**
 * Draws a picture for a prompt. Its words choose palette and motif, the rest of it the composition, and the seed the
 * details. The same on every machine and Java: all of it is arithmetic that the language defines to the bit.
 */
public final class Painter {
    /**
     * A PNG; the same bytes for the same arguments.
     *
     * @param prompt any text; may be empty
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     */
    public byte[] paint(String prompt, long seed, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("A picture has pixels, not " + width + "×" + height);
        }
        Words words = new Words(prompt);
        Dice promptDice = new Dice(words.hash());
        Dice seedDice = new Dice(words.hash() ^ Dice.mix(seed));
        Palette palette = Mood.palette(words, promptDice);
        Motif motif = Subject.motif(words, promptDice);
        Canvas canvas = new Canvas(width, height);
        motif.paint(canvas, palette, promptDice, seedDice);
        return Png.of(width, height, canvas.rows((int) seedDice.next()));
    }
}
