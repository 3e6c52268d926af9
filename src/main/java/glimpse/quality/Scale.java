package glimpse.quality;

/**
 * From a measure to a score of 0 to 100.
 *
 * @param zero the value from which on the score is 0
 * @param hundred the value from which on it is 100; less than {@code zero} where less is better
 * @param logarithmic whether each doubling counts the same
 */
record Scale(double zero, double hundred, boolean logarithmic) {
    int score(double value) {
        double share = (place(value) - place(zero)) / (place(hundred) - place(zero));
        return (int) Math.round(100 * Math.max(0, Math.min(1, share)));
    }

    private double place(double value) {
        return logarithmic ? Math.log(Math.max(value, 1e-9)) : value;
    }
}
