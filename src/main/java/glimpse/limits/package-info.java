/** Daily limits: what an agent has used since midnight UTC. Start at {@link glimpse.limits.DailyUsageDao}. */
@NullMarked
package glimpse.limits;

import org.jspecify.annotations.NullMarked;
