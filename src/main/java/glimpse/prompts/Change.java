package glimpse.prompts;

/**
 * What was done to a prompt.
 *
 * @param kind {@code added}, {@code removed}, {@code moved} or {@code kept}
 * @param part what it is about: a part of the prompt, {@code syntax}, {@code contradiction}, {@code repetition}…
 * @param text the words
 * @param why in one sentence
 */
record Change(String kind, String part, String text, String why) {
    private static final int LONGEST = 300; // characters of words shown

    static Change added(String part, String text, String why) {
        return new Change("added", part, text, why);
    }

    static Change removed(String part, String text, String why) {
        return new Change("removed", part, text, why);
    }

    static Change moved(String part, String text, String why) {
        return new Change("moved", part, text, why);
    }

    static Change kept(String part, String text, String why) {
        return new Change("kept", part, text, why);
    }

    boolean isLike(Change other) {
        return kind.equals(other.kind) && part.equals(other.part) && why.equals(other.why);
    }

    /** Both in one: ten words of padding are one change. */
    Change and(Change more) {
        String both = text + ", " + more.text;
        return text.length() >= LONGEST ? this : new Change(kind, part, shortened(both), why);
    }

    Change shortened() {
        return new Change(kind, part, shortened(text), why);
    }

    private static String shortened(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
