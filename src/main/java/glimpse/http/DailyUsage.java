package glimpse.http;

import java.time.Instant;

/** How much of a daily limit is used; a day ends at midnight UTC. */
public record DailyUsage(int limit, int used, Instant resetsAt) {}
