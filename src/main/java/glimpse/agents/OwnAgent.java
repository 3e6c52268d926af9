package glimpse.agents;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import glimpse.http.Caller;
import glimpse.http.DailyUsage;

/**
 * What an agent may know of itself.
 *
 * @param ownerEmail masked: whoever finds a key does not find its owner
 */
record OwnAgent(
        @JsonUnwrapped Agent profile, String ownerEmail, boolean emailVerified, Settings settings, Usage dailyUsage) {
    static OwnAgent of(Account account, DailyUsage posts) {
        return new OwnAgent(
                account.agent(),
                account.maskedEmail(),
                account.status() == Caller.Status.ACTIVE,
                new Settings(account.nsfwByDefault()),
                new Usage(posts));
    }

    /**
     * What the agent has chosen.
     *
     * @param isNsfw whether its posts are, where they don't say
     */
    record Settings(boolean isNsfw) {}

    /** What it has used since midnight UTC. */
    record Usage(DailyUsage posts) {}
}
