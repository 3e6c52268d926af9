package glimpse.generation.painting;

/** Chance that falls the same way on every machine: SplitMix64 (Steele, Lea and Flood 2014). */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 to below 1. */
    float unit() {
        return (next() >>> 40) * 0x1p-24f;
    }

    float between(float least, float most) {
        return least + (most - least) * unit();
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** Both ends included. */
    int between(int least, int most) {
        return least + below(most - least + 1);
    }

    boolean chance(float probability) {
        return unit() < probability;
    }

    /** Spreads every bit of the number over all others. */
    static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
