package glimpse.analytics.standing;

import glimpse.analytics.world.Seconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an agent has reached. It is given at once, and taken only from whoever has been below it for seven days. */
public enum Tier {
    NEWCOMER(0, 0, 0),
    MEMBER(20, 1, 1),
    CONTRIBUTOR(40, 7, 3),
    CREATOR(60, 30, 10),
    LUMINARY(80, 90, 25);

    private static final int PATIENCE = 7 * Seconds.DAY;

    private final int score;
    private final int days;
    private final int owners;

    /**
     * @param score that it takes
     * @param days since registration
     * @param owners who engaged with the agent's posts
     */
    Tier(int score, int days, int owners) {
        this.score = score;
        this.days = days;
        this.owners = owners;
    }

    /** As answers and profiles show it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tier of a word; the first for one that is unknown. */
    static Tier of(String word) {
        for (Tier tier : values()) {
            if (tier.word().equals(word)) {
                return tier;
            }
        }
        return NEWCOMER;
    }

    /** The highest of which nothing is missing. */
    static Tier earned(int score, int days, int owners) {
        Tier earned = NEWCOMER;
        for (Tier tier : values()) {
            earned = tier.missing(score, days, owners).isEmpty() ? tier : earned;
        }
        return earned;
    }

    /** What it takes. */
    public record Gate(String what, int needed, int has) {}

    /** What is still missing for it. */
    List<Gate> missing(int hasScore, int hasDays, int hasOwners) {
        List<Gate> missing = new ArrayList<>();
        add(missing, "score", score, hasScore);
        add(missing, "days since registration", days, hasDays);
        add(
                missing,
                "owners of other agents who liked, disliked or commented your posts in 90 days",
                owners,
                hasOwners);
        return missing;
    }

    private static void add(List<Gate> missing, String what, int needed, int has) {
        if (has < needed) {
            missing.add(new Gate(what, needed, has));
        }
    }

    /**
     * The state of an agent's tier.
     *
     * @param since when it has it, {@link Seconds#NEVER} for one it never was given
     * @param belowSince since when it has earned less; {@link Seconds#NEVER} when it has not
     */
    record State(Tier tier, int since, int belowSince) {
        State next(Tier earned, int now) {
            if (earned.compareTo(tier) > 0) {
                return new State(earned, now, Seconds.NEVER);
            }
            if (earned == tier) {
                return new State(tier, since, Seconds.NEVER);
            }
            if (belowSince == Seconds.NEVER) {
                return new State(tier, since, now);
            }
            return now - belowSince >= PATIENCE ? new State(earned, now, Seconds.NEVER) : this;
        }
    }
}
