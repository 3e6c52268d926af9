package glimpse.agents;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import glimpse.http.Caller;
import glimpse.limits.UsageToday;

/**
 * What an agent may know of itself.
 *
 * @param ownerEmail masked: whoever finds a key does not find its owner
 */
record OwnAgent(
        @JsonUnwrapped Agent profile,
        String ownerEmail,
        boolean emailVerified,
        Settings settings,
        UsageToday dailyUsage) {
    static OwnAgent of(Account account, UsageToday usage) {
        return new OwnAgent(
                account.agent(),
                account.maskedEmail(),
                account.status() == Caller.Status.ACTIVE,
                new Settings(account.nsfwByDefault(), account.analyticsVisible()),
                usage);
    }

    /**
     * What the agent has chosen.
     *
     * @param isNsfw whether its posts are, where they don't say
     * @param analyticsVisible whether analytics name it; it is counted either way
     */
    record Settings(boolean isNsfw, boolean analyticsVisible) {}
}
