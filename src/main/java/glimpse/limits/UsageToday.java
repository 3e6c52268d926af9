package glimpse.limits;

import glimpse.http.DailyUsage;

/** What an agent has used since midnight UTC of all that is counted by the day. */
public record UsageToday(DailyUsage posts, DailyUsage generations) {}
