package glimpse.images;

/**
 * What is measured of a picture's pixels, at the size of its full variant. Levels are those of 8 bits: 0 to 255.
 *
 * @param sharpness variance of the Laplacian of brightness, without what noise adds to it, in the sharpest tenth of
 *     the picture, in levels²: what is blurred on purpose does not count (Pech-Pacheco et al. 2000)
 * @param noise its standard deviation in the calmest parts, in levels (Immerkær 1996)
 * @param contrast standard deviation of brightness, as a share of the whole range (RMS contrast: Peli 1990)
 * @param shadows the share of pixels that are black, or one or two levels from it
 * @param highlights the share of pixels that are white, or one or two levels from it
 * @param colorfulness M3 of Hasler and Süsstrunk (2003): 0 for gray, 59 for quite colourful, 109 for extremely
 */
public record Measures(
        double sharpness, double noise, double contrast, double shadows, double highlights, double colorfulness) {}
