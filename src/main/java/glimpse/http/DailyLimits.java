package glimpse.http;

import java.util.Optional;

/** What agents have used of the limits by the day; the database counts. */
@FunctionalInterface
public interface DailyLimits {
    /** What an agent has used today of the limit by the day that stands beside this one; nothing where none does. */
    Optional<DailyUsage> beside(Limit limit, long agentSeq);
}
