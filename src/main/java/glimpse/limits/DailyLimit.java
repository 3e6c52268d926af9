package glimpse.limits;

import java.util.Locale;

/** What is counted by the day. */
public enum DailyLimit {
    POSTS,
    /** Mails with a code, which somebody could have sent to a stranger. */
    CODE_MAILS;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
