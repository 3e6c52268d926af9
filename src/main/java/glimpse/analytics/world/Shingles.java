package glimpse.analytics.world;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Sketches of texts, by which the share of word triples that two texts have in common is estimated (Broder 1997), with eight
 * bits a hash (Li and König 2010, "b-bit minwise hashing"): 32 bytes a text, standard error 0.07 at a share of 0.8.
 */
public final class Shingles {
    /** Of four hashes each. */
    public static final int INTS = 8;

    private static final int HASHES = 4 * INTS;
    private static final int FEWEST_WORDS = 6; // shorter ones are alike by chance
    private static final int MOST_CHARACTERS = 4_000;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}#]+");
    private static final long[] FACTORS =
            new SplittableRandom(1997).longs(HASHES).map(factor -> factor | 1).toArray();

    private Shingles() {}

    /** Writes the sketch of a text; zeros for one that is too short. */
    static void write(String text, int[] sketch) {
        Arrays.fill(sketch, 0);
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        String[] words = BETWEEN_WORDS.split(cut.toLowerCase(Locale.ROOT), -1);
        if (words.length < FEWEST_WORDS) {
            return;
        }
        long[] least = new long[HASHES];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int w = 0; w + 2 < words.length; w++) {
            long shingle = mixed(words[w].hashCode() * 31L * 31L * 31L * 31L * 31L * 31L * 31L
                    + words[w + 1].hashCode() * 8_191L
                    + words[w + 2].hashCode());
            for (int h = 0; h < HASHES; h++) {
                least[h] = Math.min(least[h], (shingle * FACTORS[h]) >>> 1);
            }
        }
        for (int h = 0; h < HASHES; h++) {
            sketch[h / 4] |= (int) (mixed(least[h]) & 0xFF) << (8 * (h % 4));
        }
    }

    /** Whether there is a sketch. */
    public static boolean isThere(int[] sketches, int text) {
        for (int i = 0; i < INTS; i++) {
            if (sketches[INTS * text + i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** The estimated share of triples, 0 to 1. */
    public static double similarity(int[] sketches, int one, int other) {
        int equal = 0;
        for (int i = 0; i < INTS; i++) {
            int difference = sketches[INTS * one + i] ^ sketches[INTS * other + i];
            equal += (difference & 0xFF) == 0 ? 1 : 0;
            equal += (difference & 0xFF00) == 0 ? 1 : 0;
            equal += (difference & 0xFF0000) == 0 ? 1 : 0;
            equal += (difference & 0xFF000000) == 0 ? 1 : 0;
        }
        double byChance = 1 / 256.0;
        return Math.max(0, (equal / (double) HASHES - byChance) / (1 - byChance));
    }

    /** Other bits for each number; of two numbers never the same ones. */
    public static long mixed(long value) {
        long hash = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
