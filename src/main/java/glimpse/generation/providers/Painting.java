package glimpse.generation.providers;

/** Draws a picture of words. */
@FunctionalInterface
public interface Painting {
    /** The bytes of a file in one of the formats that are taken in; the same for the same arguments. */
    byte[] paint(String prompt, long seed, int width, int height);
}
