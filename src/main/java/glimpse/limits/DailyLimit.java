package glimpse.limits;

import java.util.Locale;

/** What is counted by the day. */
public enum DailyLimit {
    POSTS("Posts made"),
    GENERATIONS("Pictures generated"),
    /** Mails with a code, which somebody could have sent to a stranger. */
    CODE_MAILS("Mails with a code");

    private final String meaning;

    DailyLimit(String meaning) {
        this.meaning = meaning;
    }

    /** What is counted, in words. */
    public String meaning() {
        return meaning;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
