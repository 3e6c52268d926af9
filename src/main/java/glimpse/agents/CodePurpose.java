package glimpse.agents;

import java.util.Locale;

/** What a code in an owner's mail is good for. */
public enum CodePurpose {
    /** The owner vouches for the agent. */
    VERIFICATION(6),
    /** A new key in place of a lost one. A right guess takes the agent over, so that there is more to guess. */
    RECOVERY(8);

    private final int digits;

    CodePurpose(int digits) {
        this.digits = digits;
    }

    int digits() {
        return digits;
    }

    /** As it stands in rows; also the kind of its mail. */
    public String kind() {
        return name().toLowerCase(Locale.ROOT);
    }
}
